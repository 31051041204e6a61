import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import javax.annotation.processing.Generated;

/**
 * The network that {@link EveryLayer} declares: 1,048 parameters, 173,196 multiply-accumulates an example.
 *
 * <pre>
 * image          Input                               [32, 24, 3]
 * conv           Conv2D + BatchNorm + Relu6          [16, 24, 8]
 * depthwise      DepthwiseConv2D + BatchNorm + Relu  [12, 20, 16]
 * padded         ZeroPad2D                           [13, 25, 16]
 * largest        MaxPool2D + Relu                    [7, 13, 16]
 * average        AveragePool2D + Relu6               [3, 13, 16]
 * dropped        Dropout                             [3, 13, 16]
 * reshaped       Reshape                             [13, 3, 16]
 * mean           GlobalAveragePool2D                 [1, 1, 16]
 * flat           Flatten                             [16]
 * hidden         Dense + BatchNorm                   [12]
 * positive       Relu                                [12]
 * more           Dense                               [12]
 * bounded        Relu6                               [12]
 * logits         Dense                               [5]
 * probabilities  Softmax                             [5]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class EveryLayerModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("EveryLayer")
      .input("image", 32, 24, 3)
      .layer("conv", "Conv2D + BatchNorm + Relu6", 400, 138_240, 16, 24, 8)
      .layer("depthwise", "DepthwiseConv2D + BatchNorm + Relu", 192, 34_560, 12, 20, 16)
      .layer("padded", "ZeroPad2D", 0, 0, 13, 25, 16)
      .layer("largest", "MaxPool2D + Relu", 0, 0, 7, 13, 16)
      .layer("average", "AveragePool2D + Relu6", 0, 0, 3, 13, 16)
      .layer("dropped", "Dropout", 0, 0, 3, 13, 16)
      .layer("reshaped", "Reshape", 0, 0, 13, 3, 16)
      .layer("mean", "GlobalAveragePool2D", 0, 0, 1, 1, 16)
      .layer("flat", "Flatten", 0, 0, 16)
      .layer("hidden", "Dense + BatchNorm", 240, 192, 12)
      .layer("positive", "Relu", 0, 0, 12)
      .layer("more", "Dense", 156, 144, 12)
      .layer("bounded", "Relu6", 0, 0, 12)
      .layer("logits", "Dense", 60, 60, 5)
      .layer("probabilities", "Softmax", 0, 0, 5)
      .output("probabilities", 5)
      .build();

  private EveryLayerModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static EveryLayerModel create(long seed) {
    return new EveryLayerModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 2,304 values, [32, 24, 3]
   * @return probabilities: 5 values, [5]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [32, 24, 3], int8
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 32, 24, 3);

    // conv: Conv2D + BatchNorm + Relu6, [32, 24, 3] -> [16, 24, 8], int8
    Tensor conv = n.conv2d("conv", image)
        .kernel(3, 5, 3, 8)
        .strides(2, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.HE_NORMAL)
        .kernelL2(1e-4)
        .bias(Initializer.ONES)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.9, 1e-5)
        .activation(Activation.RELU6)
        .output(ActivationRange.learned("conv", 8).nonNegative().atMost(6), 16, 24, 8);

    // depthwise: DepthwiseConv2D + BatchNorm + Relu, [16, 24, 8] -> [12, 20, 16], int8 in one range
    //     with padded and 4 more
    Tensor depthwise = n.depthwiseConv2d("depthwise", conv)
        .kernel(3, 3, 8, 2)
        .dilations(2, 2)
        .kernelInitializer(Initializer.LECUN_UNIFORM)
        .kernelL2(0.5)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001, false, true)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("depthwise", 8).nonNegative(), 12, 20, 16);

    // padded: ZeroPad2D, [12, 20, 16] -> [13, 25, 16], int8 in the range of depthwise
    Tensor padded = n.zeroPad2d("padded", depthwise, 1, 0, 2, 3).output(13, 25, 16);

    // largest: MaxPool2D + Relu, [13, 25, 16] -> [7, 13, 16], int8 in the range of depthwise
    Tensor largest = n.maxPool2d("largest", padded)
        .poolSize(3, 3)
        .strides(2, 2)
        .padding(Padding.SAME)
        .activation(Activation.RELU)
        .output(depthwise.range(), 7, 13, 16);

    // average: AveragePool2D + Relu6, [7, 13, 16] -> [3, 13, 16], int8 in the range of depthwise
    Tensor average = n.averagePool2d("average", largest)
        .poolSize(2, 1)
        .activation(Activation.RELU6)
        .output(depthwise.range(), 3, 13, 16);

    // dropped: Dropout, [3, 13, 16] -> [3, 13, 16], int8 in the range of depthwise
    Tensor dropped = n.dropout("dropped", average, 0.25);

    // reshaped: Reshape, [3, 13, 16] -> [13, 3, 16], int8 in the range of depthwise
    Tensor reshaped = n.reshape("reshaped", dropped).output(13, 3, 16);

    // mean: GlobalAveragePool2D, [13, 3, 16] -> [1, 1, 16], int8 in one range with flat
    Tensor mean = n.mean("mean", reshaped)
        .axes(1, 2)
        .keepDims()
        .output(ActivationRange.learned("mean", 8).nonNegative().atMost(6), 1, 1, 16);

    // flat: Flatten, [1, 1, 16] -> [16], int8 in the range of mean
    Tensor flat = n.reshape("flat", mean).output(16);

    // hidden: Dense + BatchNorm, [16] -> [12], int8
    Tensor hidden = n.fullyConnected("hidden", flat)
        .kernel(16, 12)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .batchNorm(0.99, 0.001, true, false)
        .output(ActivationRange.learned("hidden", 8), 12);

    // positive: Relu, [12] -> [12], int8
    Tensor positive = n.unary("positive", UnaryKind.RELU, hidden)
        .output(ActivationRange.learned("positive", 8).nonNegative(), 12);

    // more: Dense, [12] -> [12], int8
    Tensor more = n.fullyConnected("more", positive)
        .kernel(12, 12)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("more", 8), 12);

    // bounded: Relu6, [12] -> [12], int8
    Tensor bounded = n.unary("bounded", UnaryKind.RELU6, more)
        .output(ActivationRange.learned("bounded", 8).nonNegative().atMost(6), 12);

    // logits: Dense, [12] -> [5], int8
    Tensor logits = n.fullyConnected("logits", bounded)
        .kernel(12, 5)
        .kernelL1(0.002)
        .kernelL2(0.001)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 5);

    // probabilities: Softmax, [5] -> [5], int8
    Tensor probabilities = n.softmax("probabilities", logits)
        .output(ActivationRange.fixed("probabilities", 8, 1.0 / 256, -128), 5);

    n.output("probabilities", probabilities);
  }
}
