import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.ModelExamples;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
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
  /**
   * left, noisy, leftConv/row.
   */
  private static final ActivationRange LEFT = ActivationRange.learned("left", 8);

  /**
   * leftConv.
   */
  private static final ActivationRange LEFT_CONV = ActivationRange.learned("leftConv", 8).nonNegative();

  /**
   * leftSeparable/depthwise.
   */
  private static final ActivationRange LEFT_SEPARABLE_DEPTHWISE = ActivationRange.learned("leftSeparable/depthwise", 8);

  /**
   * leftSeparable.
   */
  private static final ActivationRange LEFT_SEPARABLE = ActivationRange.learned("leftSeparable", 8);

  /**
   * leftSum, leftPool.
   */
  private static final ActivationRange LEFT_SUM = ActivationRange.learned("leftSum", 8).nonNegative();

  /**
   * leftMean, rightNorm, rightPool, rightMost, both.
   */
  private static final ActivationRange LEFT_MEAN = ActivationRange.learned("leftMean", 8).nonNegative();

  /**
   * right, rightConv/row.
   */
  private static final ActivationRange RIGHT = ActivationRange.learned("right", 8);

  /**
   * rightConv.
   */
  private static final ActivationRange RIGHT_CONV = ActivationRange.learned("rightConv", 8).nonNegative();

  /**
   * rightSeparable/depthwise.
   */
  private static final ActivationRange RIGHT_SEPARABLE_DEPTHWISE = ActivationRange.learned("rightSeparable/depthwise", 8);

  /**
   * rightSeparable, dropped.
   */
  private static final ActivationRange RIGHT_SEPARABLE = ActivationRange.learned("rightSeparable", 8);

  /**
   * rightNorm/scaled.
   */
  private static final ActivationRange RIGHT_NORM_SCALED = ActivationRange.learned("rightNorm/scaled", 8);

  /**
   * same.
   */
  private static final ActivationRange SAME = ActivationRange.learned("same", 8);

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
  protected void graph(GraphBuilder g) {
    // left: Input, [32, 3]
    //   output int8 in range LEFT
    LayerTensor left = g.input("left", 32, 3).output(LEFT);

    // noisy: GaussianNoise, [32, 3] -> [32, 3]
    //   output int8 in range LEFT
    LayerTensor noisy = g.gaussianNoise("noisy", left, 0.1);

    // leftConv/row: Reshape, [32, 3] -> [1, 32, 3]
    //   output int8 in range LEFT
    LayerTensor leftConvRow = g.reshape("leftConv/row", noisy, 1, 32, 3);

    // leftConv: Conv2D + BatchNorm + Relu, [1, 32, 3] -> [1, 15, 4]
    //   kernel [1, 3, 3, 4], int8 per channel; output int8 in range LEFT_CONV
    LayerTensor leftConv = g.conv2d("leftConv", leftConvRow)
        .kernel(1, 3, 3, 4)
        .strides(1, 2)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .kernelL2(1e-4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(LEFT_CONV);

    // leftSeparable/depthwise: DepthwiseConv2D, [1, 15, 4] -> [1, 15, 4]
    //   kernel [1, 3, 4, 1], int8 per channel; output int8 in range LEFT_SEPARABLE_DEPTHWISE
    LayerTensor leftSeparableDepthwise = g.depthwiseConv2d("leftSeparable/depthwise", leftConv)
        .kernel(1, 3, 4, 1)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(LEFT_SEPARABLE_DEPTHWISE);

    // leftSeparable: Conv2D, [1, 15, 4] -> [1, 15, 4]
    //   kernel [1, 1, 4, 4], int8 per channel; output int8 in range LEFT_SEPARABLE
    LayerTensor leftSeparable = g.conv2d("leftSeparable", leftSeparableDepthwise)
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(LEFT_SEPARABLE);

    // leftSum: Add + Relu, [1, 15, 4] -> [1, 15, 4]
    //   output int8 in range LEFT_SUM
    LayerTensor leftSum = g.add("leftSum", leftConv, leftSeparable)
        .activation(Activation.RELU)
        .output(LEFT_SUM);

    // leftPool: MaxPool2D, [1, 15, 4] -> [1, 7, 4]
    //   output int8 in range LEFT_SUM
    LayerTensor leftPool = g.maxPool2d("leftPool", leftSum)
        .poolSize(1, 2)
        .strides(1, 2)
        .padding(Padding.VALID)
        .output(LEFT_SUM);

    // leftMean: GlobalAveragePool1D, [1, 7, 4] -> [4]
    //   output int8 in range LEFT_MEAN
    LayerTensor leftMean = g.globalAveragePool2d("leftMean", leftPool)
        .keepDims(false)
        .output(LEFT_MEAN);

    // right: Input, [32, 3]
    //   output int8 in range RIGHT
    LayerTensor right = g.input("right", 32, 3).output(RIGHT);

    // rightConv/row: Reshape, [32, 3] -> [1, 32, 3]
    //   output int8 in range RIGHT
    LayerTensor rightConvRow = g.reshape("rightConv/row", right, 1, 32, 3);

    // rightConv: Conv2D + BatchNorm + Relu, [1, 32, 3] -> [1, 15, 4]
    //   kernel [1, 3, 3, 4], int8 per channel; output int8 in range RIGHT_CONV
    LayerTensor rightConv = g.conv2d("rightConv", rightConvRow)
        .weights("leftConv")
        .kernel(1, 3, 3, 4)
        .strides(1, 2)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(RIGHT_CONV);

    // rightSeparable/depthwise: DepthwiseConv2D, [1, 15, 4] -> [1, 15, 4]
    //   kernel [1, 3, 4, 1], int8 per channel; output int8 in range RIGHT_SEPARABLE_DEPTHWISE
    LayerTensor rightSeparableDepthwise = g.depthwiseConv2d("rightSeparable/depthwise", rightConv)
        .weights("leftSeparable/depthwise")
        .kernel(1, 3, 4, 1)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(RIGHT_SEPARABLE_DEPTHWISE);

    // rightSeparable: Conv2D, [1, 15, 4] -> [1, 15, 4]
    //   kernel [1, 1, 4, 4], int8 per channel; output int8 in range RIGHT_SEPARABLE
    LayerTensor rightSeparable = g.conv2d("rightSeparable", rightSeparableDepthwise)
        .weights("leftSeparable")
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(RIGHT_SEPARABLE);

    // dropped: SpatialDropout1D, [1, 15, 4] -> [1, 15, 4]
    //   output int8 in range RIGHT_SEPARABLE
    LayerTensor dropped = g.spatialDropout("dropped", rightSeparable, 0.2);

    // rightNorm/scaled: MUL of BatchNorm, [1, 15, 4] -> [1, 15, 4]
    //   output int8 in range RIGHT_NORM_SCALED
    LayerTensor rightNormScaled = g.batchNormScale("rightNorm/scaled", dropped)
        .layer("rightNorm")
        .batchNorm(0.99, 0.001)
        .output(RIGHT_NORM_SCALED);

    // rightNorm: BatchNorm + Relu, [1, 15, 4] -> [1, 15, 4]
    //   output int8 in range LEFT_MEAN
    LayerTensor rightNorm = g.batchNormShift("rightNorm", rightNormScaled)
        .activation(Activation.RELU)
        .output(LEFT_MEAN);

    // rightPool: AveragePool2D, [1, 15, 4] -> [1, 15, 4]
    //   output int8 in range LEFT_MEAN
    LayerTensor rightPool = g.averagePool2d("rightPool", rightNorm)
        .poolSize(1, 3)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(LEFT_MEAN);

    // rightMost: GlobalMaxPool1D, [1, 15, 4] -> [4]
    //   output int8 in range LEFT_MEAN
    LayerTensor rightMost = g.globalMaxPool("rightMost", rightPool, false);

    // both: Concat, [4] -> [8]
    //   output int8 in range LEFT_MEAN
    LayerTensor both = g.concat("both", 1, leftMean, rightMost).output(LEFT_MEAN);

    // same: Dense, [8] -> [2]
    //   kernel [8, 2], int8 per tensor; output int8 in range SAME
    LayerTensor same = g.dense("same", both)
        .kernel(8, 2)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(SAME);

    g.output("same", same);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // left: input
    PlanTensor left = p.input("left", 32, 3).output(LEFT);

    // noisy: its input: the deployed model has no noise
    PlanTensor noisy = p.alias("noisy", left);

    // leftConv/row: RESHAPE
    PlanTensor leftConvRow = p.reshape("leftConv/row", noisy).output(LEFT, 1, 32, 3);

    // leftConv: CONV_2D with RELU; the batch norm is in its weights
    PlanTensor leftConv = p.conv2d("leftConv", leftConvRow)
        .strides(1, 2)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(LEFT_CONV, 1, 15, 4);

    // leftSeparable/depthwise: DEPTHWISE_CONV_2D
    PlanTensor leftSeparableDepthwise = p.depthwiseConv2d("leftSeparable/depthwise", leftConv)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(LEFT_SEPARABLE_DEPTHWISE, 1, 15, 4);

    // leftSeparable: CONV_2D
    PlanTensor leftSeparable = p.conv2d("leftSeparable", leftSeparableDepthwise)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(LEFT_SEPARABLE, 1, 15, 4);

    // leftSum: ADD with RELU
    PlanTensor leftSum = p.add("leftSum", leftConv, leftSeparable)
        .activation(Activation.RELU)
        .output(LEFT_SUM, 1, 15, 4);

    // leftPool: MAX_POOL_2D
    PlanTensor leftPool = p.maxPool2d("leftPool", leftSum)
        .poolSize(1, 2)
        .strides(1, 2)
        .padding(Padding.VALID)
        .output(LEFT_SUM, 1, 7, 4);

    // leftMean: MEAN
    PlanTensor leftMean = p.mean("leftMean", leftPool)
        .axes(1, 2)
        .keepDims(false)
        .output(LEFT_MEAN, 4);

    // right: input
    PlanTensor right = p.input("right", 32, 3).output(RIGHT);

    // rightConv/row: RESHAPE
    PlanTensor rightConvRow = p.reshape("rightConv/row", right).output(RIGHT, 1, 32, 3);

    // rightConv: CONV_2D with RELU; the batch norm is in its weights
    PlanTensor rightConv = p.conv2d("rightConv", rightConvRow)
        .strides(1, 2)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(RIGHT_CONV, 1, 15, 4);

    // rightSeparable/depthwise: DEPTHWISE_CONV_2D
    PlanTensor rightSeparableDepthwise = p.depthwiseConv2d("rightSeparable/depthwise", rightConv)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(RIGHT_SEPARABLE_DEPTHWISE, 1, 15, 4);

    // rightSeparable: CONV_2D
    PlanTensor rightSeparable = p.conv2d("rightSeparable", rightSeparableDepthwise)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(RIGHT_SEPARABLE, 1, 15, 4);

    // dropped: its input: the deployed model drops nothing
    PlanTensor dropped = p.alias("dropped", rightSeparable);

    // rightNorm/scaled: MUL
    PlanTensor rightNormScaled = p.batchNormScale("rightNorm/scaled", dropped).output(RIGHT_NORM_SCALED, 1, 15, 4);

    // rightNorm: ADD with RELU
    PlanTensor rightNorm = p.batchNormShift("rightNorm", rightNormScaled)
        .activation(Activation.RELU)
        .output(LEFT_MEAN, 1, 15, 4);

    // rightPool: AVERAGE_POOL_2D
    PlanTensor rightPool = p.averagePool2d("rightPool", rightNorm)
        .poolSize(1, 3)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(LEFT_MEAN, 1, 15, 4);

    // rightMost: REDUCE_MAX
    PlanTensor rightMost = p.reduceMax("rightMost", rightPool)
        .axes(1, 2)
        .keepDims(false)
        .output(LEFT_MEAN, 4);

    // both: CONCATENATION
    PlanTensor both = p.concatenation("both", 1, leftMean, rightMost).output(LEFT_MEAN, 8);

    // same: FULLY_CONNECTED
    PlanTensor same = p.fullyConnected("same", both).output(SAME, 2);

    p.output("same", same);
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
