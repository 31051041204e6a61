import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.codegen.ModelExamples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Sequences} declares: 122 parameters, 1,936 multiply-accumulates an example.
 *
 * <pre>
 * left            Input                      [32, 3]
 * noisy           GaussianNoise              [32, 3]
 * leftConv        Conv1D + BatchNorm + Relu  [15, 4]
 * leftSeparable   SeparableConv1D            [15, 4]
 * leftSum         Add + Relu                 [15, 4]
 * leftPool        MaxPool1D                  [7, 4]
 * leftMean        GlobalAveragePool1D        [4]
 * right           Input                      [32, 3]
 * rightConv       Conv1D + BatchNorm + Relu  [15, 4]
 * rightSeparable  SeparableConv1D            [15, 4]
 * dropped         SpatialDropout1D           [15, 4]
 * rightNorm       BatchNorm + Relu           [15, 4]
 * rightPool       AveragePool1D              [15, 4]
 * rightMost       GlobalMaxPool1D            [4]
 * both            Concat                     [8]
 * same            Dense                      [2]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class SequencesModel extends DetentModel<SequencesModel.Data> {
  private static final ModelSpec SPEC = ModelSpec.builder("Sequences")
      .input("left", 32, 3)
      .input("right", 32, 3)
      .layer("noisy", "GaussianNoise", 0, 0, 32, 3)
      .layer("leftConv", "Conv1D + BatchNorm + Relu", 56, 540, 15, 4)
      .layer("leftSeparable", "SeparableConv1D", 32, 420, 15, 4)
      .layer("leftSum", "Add + Relu", 0, 0, 15, 4)
      .layer("leftPool", "MaxPool1D", 0, 0, 7, 4)
      .layer("leftMean", "GlobalAveragePool1D", 0, 0, 4)
      .layer("rightConv", "Conv1D + BatchNorm + Relu", 0, 540, 15, 4)
      .layer("rightSeparable", "SeparableConv1D", 0, 420, 15, 4)
      .layer("dropped", "SpatialDropout1D", 0, 0, 15, 4)
      .layer("rightNorm", "BatchNorm + Relu", 16, 0, 15, 4)
      .layer("rightPool", "AveragePool1D", 0, 0, 15, 4)
      .layer("rightMost", "GlobalMaxPool1D", 0, 0, 4)
      .layer("both", "Concat", 0, 0, 8)
      .layer("same", "Dense", 18, 16, 2)
      .output("same", 2)
      .build();

  private SequencesModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static SequencesModel create(long seed) {
    return new SequencesModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param left 96 values, [32, 3]
   * @param right 96 values, [32, 3]
   * @return same: 2 values, [2]
   */
  float[] predict(float[] left, float[] right) {
    return run(left, right)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // left: Input, [32, 3], int8 in one range with noisy and leftConv/row
    Tensor left = n.input("left").output(ActivationRange.learned("left", 8), 32, 3);

    // noisy: GaussianNoise, [32, 3] -> [32, 3], int8 in the range of left
    Tensor noisy = n.gaussianNoise("noisy", left, 0.1);

    // leftConv/row: Reshape, [32, 3] -> [1, 32, 3], int8 in the range of left
    Tensor leftConvRow = n.reshape("leftConv/row", noisy).output(1, 32, 3);

    // leftConv: Conv2D + BatchNorm + Relu, [1, 32, 3] -> [1, 15, 4], int8
    Tensor leftConv = n.conv2d("leftConv", leftConvRow)
        .kernel(1, 3, 3, 4)
        .strides(1, 2)
        .kernelL2(1e-4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("leftConv", 8).nonNegative(), 1, 15, 4);

    // leftSeparable/depthwise: DepthwiseConv2D, [1, 15, 4] -> [1, 15, 4], int8
    Tensor leftSeparableDepthwise = n.depthwiseConv2d("leftSeparable/depthwise", leftConv)
        .kernel(1, 3, 4, 1)
        .padding(Padding.SAME)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("leftSeparable/depthwise", 8), 1, 15, 4);

    // leftSeparable: Conv2D, [1, 15, 4] -> [1, 15, 4], int8
    Tensor leftSeparable = n.conv2d("leftSeparable", leftSeparableDepthwise)
        .kernel(1, 1, 4, 4)
        .padding(Padding.SAME)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("leftSeparable", 8), 1, 15, 4);

    // leftSum: Add + Relu, [1, 15, 4] -> [1, 15, 4], int8 in one range with leftPool
    Tensor leftSum = n.add("leftSum", leftConv, leftSeparable)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("leftSum", 8).nonNegative(), 1, 15, 4);

    // leftPool: MaxPool2D, [1, 15, 4] -> [1, 7, 4], int8 in the range of leftSum
    Tensor leftPool = n.maxPool2d("leftPool", leftSum)
        .poolSize(1, 2)
        .output(leftSum.range(), 1, 7, 4);

    // leftMean: GlobalAveragePool1D, [1, 7, 4] -> [4], int8 in one range with rightNorm and 3 more
    Tensor leftMean = n.mean("leftMean", leftPool)
        .axes(1, 2)
        .output(ActivationRange.learned("leftMean", 8).nonNegative(), 4);

    // right: Input, [32, 3], int8 in one range with rightConv/row
    Tensor right = n.input("right").output(ActivationRange.learned("right", 8), 32, 3);

    // rightConv/row: Reshape, [32, 3] -> [1, 32, 3], int8 in the range of right
    Tensor rightConvRow = n.reshape("rightConv/row", right).output(1, 32, 3);

    // rightConv: Conv2D + BatchNorm + Relu, [1, 32, 3] -> [1, 15, 4], int8
    Tensor rightConv = n.conv2d("rightConv", rightConvRow)
        .weights("leftConv")
        .kernel(1, 3, 3, 4)
        .strides(1, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("rightConv", 8).nonNegative(), 1, 15, 4);

    // rightSeparable/depthwise: DepthwiseConv2D, [1, 15, 4] -> [1, 15, 4], int8
    Tensor rightSeparableDepthwise = n.depthwiseConv2d("rightSeparable/depthwise", rightConv)
        .weights("leftSeparable/depthwise")
        .kernel(1, 3, 4, 1)
        .padding(Padding.SAME)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("rightSeparable/depthwise", 8), 1, 15, 4);

    // rightSeparable: Conv2D, [1, 15, 4] -> [1, 15, 4], int8 in one range with dropped
    Tensor rightSeparable = n.conv2d("rightSeparable", rightSeparableDepthwise)
        .weights("leftSeparable")
        .kernel(1, 1, 4, 4)
        .padding(Padding.SAME)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("rightSeparable", 8), 1, 15, 4);

    // dropped: SpatialDropout1D, [1, 15, 4] -> [1, 15, 4], int8 in the range of rightSeparable
    Tensor dropped = n.spatialDropout("dropped", rightSeparable, 0.2);

    // rightNorm/scaled: MUL of BatchNorm, [1, 15, 4] -> [1, 15, 4], int8
    Tensor rightNormScaled = n.batchNormScale("rightNorm/scaled", dropped)
        .layer("rightNorm")
        .batchNorm(0.99, 0.001)
        .output(ActivationRange.learned("rightNorm/scaled", 8), 1, 15, 4);

    // rightNorm: BatchNorm + Relu, [1, 15, 4] -> [1, 15, 4], int8 in the range of leftMean
    Tensor rightNorm = n.batchNormShift("rightNorm", rightNormScaled)
        .activation(Activation.RELU)
        .output(leftMean.range(), 1, 15, 4);

    // rightPool: AveragePool2D, [1, 15, 4] -> [1, 15, 4], int8 in the range of leftMean
    Tensor rightPool = n.averagePool2d("rightPool", rightNorm)
        .poolSize(1, 3)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(leftMean.range(), 1, 15, 4);

    // rightMost: GlobalMaxPool1D, [1, 15, 4] -> [4], int8 in the range of leftMean
    Tensor rightMost = n.reduceMax("rightMost", rightPool).axes(1, 2).output(leftMean.range(), 4);

    // both: Concat, [4] -> [8], int8 in the range of leftMean
    Tensor both = n.concatenation("both", 1, leftMean, rightMost).output(leftMean.range(), 8);

    // same: Dense, [8] -> [2], int8
    Tensor same = n.fullyConnected("same", both)
        .kernel(8, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("same", 8), 2);

    n.output("same", same);
  }

  /**
   * Examples for this model: as many of each input and of each output.
   */
  public static final class Data extends ModelExamples<Data> {
    /**
     * Ties inputs and outputs together.
     *
     * @param left for 'left', [32, 3]
     * @param right for 'right', [32, 3]
     * @param same for 'same', [2]
     * @throws dev.detent.runtime.data.DataException if their numbers differ
     */
    public Data(Features left, Features right, Targets same) {
      super(List.of(left, right), List.of(same));
    }

    @Override
    public Data with(List<Features> inputs, List<Targets> targets) {
      return new Data(inputs.get(0), inputs.get(1), targets.get(0));
    }
  }
}
