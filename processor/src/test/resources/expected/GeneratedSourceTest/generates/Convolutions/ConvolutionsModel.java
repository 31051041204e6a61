import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Convolutions} declares: 651 parameters, 74,175 multiply-accumulates an example.
 *
 * <pre>
 * image      Input                                [16, 12, 4]
 * grouped    Conv2D + Relu                        [16, 12, 8]
 * separable  SeparableConv2D + BatchNorm + Relu6  [8, 12, 6]
 * dropped    SpatialDropout2D                     [8, 12, 6]
 * enlarged   Conv2DTranspose + BatchNorm + Relu   [18, 24, 5]
 * pixels     Dense                                [18, 24, 5]
 * folded     BatchNorm                            [18, 24, 5]
 * padded     ZeroPad2D                            [20, 26, 5]
 * alone      BatchNorm + Relu                     [20, 26, 5]
 * most       GlobalMaxPool2D                      [1, 1, 5]
 * flat       Flatten                              [5]
 * logits     Dense                                [3]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class ConvolutionsModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Convolutions")
      .input("image", 16, 12, 4)
      .layer("grouped", "Conv2D + Relu", 152, 27_648, 16, 12, 8)
      .layer("separable", "SeparableConv2D + BatchNorm + Relu6", 216, 18_432, 8, 12, 6)
      .layer("dropped", "SpatialDropout2D", 0, 0, 8, 12, 6)
      .layer("enlarged", "Conv2DTranspose + BatchNorm + Relu", 200, 17_280, 18, 24, 5)
      .layer("pixels", "Dense", 30, 10_800, 18, 24, 5)
      .layer("folded", "BatchNorm", 20, 0, 18, 24, 5)
      .layer("padded", "ZeroPad2D", 0, 0, 20, 26, 5)
      .layer("alone", "BatchNorm + Relu", 15, 0, 20, 26, 5)
      .layer("most", "GlobalMaxPool2D", 0, 0, 1, 1, 5)
      .layer("flat", "Flatten", 0, 0, 5)
      .layer("logits", "Dense", 18, 15, 3)
      .output("logits", 3)
      .build();

  private ConvolutionsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static ConvolutionsModel create(long seed) {
    return new ConvolutionsModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 768 values, [16, 12, 4]
   * @return logits: 3 values, [3]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [16, 12, 4], int8
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 16, 12, 4);

    // grouped: Conv2D + Relu, [16, 12, 4] -> [16, 12, 8], int8
    Tensor grouped = n.conv2d("grouped", image)
        .kernel(3, 3, 2, 8)
        .padding(Padding.SAME)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("grouped", 8).nonNegative(), 16, 12, 8);

    // separable/depthwise: DepthwiseConv2D, [16, 12, 8] -> [8, 12, 16], int8
    Tensor separableDepthwise = n.depthwiseConv2d("separable/depthwise", grouped)
        .kernel(3, 2, 8, 2)
        .strides(2, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.HE_NORMAL)
        .kernelL1(1e-6)
        .kernelL2(1e-4)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("separable/depthwise", 8), 8, 12, 16);

    // separable: Conv2D + BatchNorm + Relu6, [8, 12, 16] -> [8, 12, 6], int8 in one range with
    //     dropped
    Tensor separable = n.conv2d("separable", separableDepthwise)
        .kernel(1, 1, 16, 6)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.HE_UNIFORM)
        .kernelL1(1e-7)
        .kernelL2(1e-5)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU6)
        .output(ActivationRange.learned("separable", 8).nonNegative().atMost(6), 8, 12, 6);

    // dropped: SpatialDropout2D, [8, 12, 6] -> [8, 12, 6], int8 in the range of separable
    Tensor dropped = n.spatialDropout("dropped", separable, 0.1);

    // enlarged: Conv2DTranspose + BatchNorm + Relu, [8, 12, 6] -> [18, 24, 5], int8
    Tensor enlarged = n.transposeConv("enlarged", dropped)
        .kernel(3, 2, 5, 6)
        .strides(2, 2)
        .kernelInitializer(Initializer.LECUN_NORMAL)
        .kernelL1(0.02)
        .bias(Initializer.ONES)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001, true, false)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("enlarged", 8).nonNegative(), 18, 24, 5);

    // pixels: Dense + BatchNorm, [18, 24, 5] -> [18, 24, 5], int8 in one range with folded and
    //     padded
    Tensor pixels = n.fullyConnected("pixels", enlarged)
        .kernel(5, 5)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .batchNorm(0.9, 0.001)
        .output(ActivationRange.learned("pixels", 8), 18, 24, 5);

    // folded: BatchNorm, [18, 24, 5] -> [18, 24, 5], int8 in the range of pixels
    Tensor folded = n.alias("folded", pixels);

    // padded: ZeroPad2D, [18, 24, 5] -> [20, 26, 5], int8 in the range of pixels
    Tensor padded = n.zeroPad2d("padded", folded, 1, 1, 1, 1).output(20, 26, 5);

    // alone/scaled: MUL of BatchNorm, [20, 26, 5] -> [20, 26, 5], int8
    Tensor aloneScaled = n.batchNormScale("alone/scaled", padded)
        .layer("alone")
        .batchNorm(0.99, 0.001, false, true)
        .output(ActivationRange.learned("alone/scaled", 8), 20, 26, 5);

    // alone: BatchNorm + Relu, [20, 26, 5] -> [20, 26, 5], int8 in one range with most and flat
    Tensor alone = n.batchNormShift("alone", aloneScaled)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("alone", 8).nonNegative(), 20, 26, 5);

    // most: GlobalMaxPool2D, [20, 26, 5] -> [1, 1, 5], int8 in the range of alone
    Tensor most = n.reduceMax("most", alone).axes(1, 2).keepDims().output(alone.range(), 1, 1, 5);

    // flat: Flatten, [1, 1, 5] -> [5], int8 in the range of alone
    Tensor flat = n.reshape("flat", most).output(5);

    // logits: Dense, [5] -> [3], int8
    Tensor logits = n.fullyConnected("logits", flat)
        .kernel(5, 3)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 3);

    n.output("logits", logits);
  }
}
