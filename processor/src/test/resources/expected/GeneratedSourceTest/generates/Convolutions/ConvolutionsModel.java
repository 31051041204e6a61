import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
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
  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);

  /**
   * grouped.
   */
  private static final ActivationRange GROUPED = ActivationRange.learned("grouped", 8).nonNegative();

  /**
   * separable/depthwise.
   */
  private static final ActivationRange SEPARABLE_DEPTHWISE = ActivationRange.learned("separable/depthwise", 8);

  /**
   * separable, dropped.
   */
  private static final ActivationRange SEPARABLE = ActivationRange.learned("separable", 8).nonNegative().atMost(6);

  /**
   * enlarged.
   */
  private static final ActivationRange ENLARGED = ActivationRange.learned("enlarged", 8).nonNegative();

  /**
   * pixels, folded, padded.
   */
  private static final ActivationRange PIXELS = ActivationRange.learned("pixels", 8);

  /**
   * alone/scaled.
   */
  private static final ActivationRange ALONE_SCALED = ActivationRange.learned("alone/scaled", 8);

  /**
   * alone, most, flat.
   */
  private static final ActivationRange ALONE = ActivationRange.learned("alone", 8).nonNegative();

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

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
  protected void graph(GraphBuilder g) {
    // image: Input, [16, 12, 4]
    //   output int8 in range IMAGE
    LayerTensor image = g.input("image", 16, 12, 4).output(IMAGE);

    // grouped: Conv2D + Relu, [16, 12, 4] -> [16, 12, 8]
    //   kernel [3, 3, 2, 8], int8 per channel; output int8 in range GROUPED
    LayerTensor grouped = g.conv2d("grouped", image)
        .kernel(3, 3, 2, 8)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(GROUPED);

    // separable/depthwise: DepthwiseConv2D, [16, 12, 8] -> [8, 12, 16]
    //   kernel [3, 2, 8, 2], int8 per channel; output int8 in range SEPARABLE_DEPTHWISE
    LayerTensor separableDepthwise = g.depthwiseConv2d("separable/depthwise", grouped)
        .kernel(3, 2, 8, 2)
        .strides(2, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.HE_NORMAL)
        .kernelL2(1e-4)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(SEPARABLE_DEPTHWISE);

    // separable: Conv2D + BatchNorm + Relu6, [8, 12, 16] -> [8, 12, 6]
    //   kernel [1, 1, 16, 6], int8 per channel; output int8 in range SEPARABLE
    LayerTensor separable = g.conv2d("separable", separableDepthwise)
        .kernel(1, 1, 16, 6)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.HE_UNIFORM)
        .kernelL2(1e-5)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU6)
        .output(SEPARABLE);

    // dropped: SpatialDropout2D, [8, 12, 6] -> [8, 12, 6]
    //   output int8 in range SEPARABLE
    LayerTensor dropped = g.spatialDropout("dropped", separable, 0.1);

    // enlarged: Conv2DTranspose + BatchNorm + Relu, [8, 12, 6] -> [18, 24, 5]
    //   kernel [3, 2, 5, 6], int8 per channel; output int8 in range ENLARGED
    LayerTensor enlarged = g.conv2dTranspose("enlarged", dropped)
        .kernel(3, 2, 5, 6)
        .strides(2, 2)
        .padding(Padding.VALID)
        .outputSize(18, 24)
        .kernelInitializer(Initializer.LECUN_NORMAL)
        .kernelL2(0.01)
        .bias(Initializer.ONES)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001, true, false)
        .activation(Activation.RELU)
        .output(ENLARGED);

    // pixels: Dense + BatchNorm, [18, 24, 5] -> [18, 24, 5]
    //   kernel [5, 5], int8 per tensor; output int8 in range PIXELS
    LayerTensor pixels = g.dense("pixels", enlarged)
        .kernel(5, 5)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .batchNorm(0.9, 0.001)
        .output(PIXELS);

    // folded: BatchNorm, [18, 24, 5] -> [18, 24, 5]
    //   output int8 in range PIXELS
    LayerTensor folded = g.alias("folded", pixels);

    // padded: ZeroPad2D, [18, 24, 5] -> [20, 26, 5]
    //   output int8 in range PIXELS
    LayerTensor padded = g.zeroPad2d("padded", folded, 1, 1, 1, 1);

    // alone/scaled: MUL of BatchNorm, [20, 26, 5] -> [20, 26, 5]
    //   output int8 in range ALONE_SCALED
    LayerTensor aloneScaled = g.batchNormScale("alone/scaled", padded)
        .layer("alone")
        .batchNorm(0.99, 0.001, false, true)
        .output(ALONE_SCALED);

    // alone: BatchNorm + Relu, [20, 26, 5] -> [20, 26, 5]
    //   output int8 in range ALONE
    LayerTensor alone = g.batchNormShift("alone", aloneScaled)
        .activation(Activation.RELU)
        .output(ALONE);

    // most: GlobalMaxPool2D, [20, 26, 5] -> [1, 1, 5]
    //   output int8 in range ALONE
    LayerTensor most = g.globalMaxPool("most", alone, true);

    // flat: Flatten, [1, 1, 5] -> [5]
    //   output int8 in range ALONE
    LayerTensor flat = g.reshape("flat", most, 5);

    // logits: Dense, [5] -> [3]
    //   kernel [5, 3], int8 per tensor; output int8 in range LOGITS
    LayerTensor logits = g.dense("logits", flat)
        .kernel(5, 3)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGITS);

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 16, 12, 4).output(IMAGE);

    // grouped: CONV_2D with RELU
    PlanTensor grouped = p.conv2d("grouped", image)
        .strides(1, 1)
        .padding(Padding.SAME)
        .activation(Activation.RELU)
        .output(GROUPED, 16, 12, 8);

    // separable/depthwise: DEPTHWISE_CONV_2D
    PlanTensor separableDepthwise = p.depthwiseConv2d("separable/depthwise", grouped)
        .strides(2, 1)
        .padding(Padding.SAME)
        .depthMultiplier(2)
        .output(SEPARABLE_DEPTHWISE, 8, 12, 16);

    // separable: CONV_2D with RELU6; the batch norm is in its weights
    PlanTensor separable = p.conv2d("separable", separableDepthwise)
        .strides(1, 1)
        .padding(Padding.SAME)
        .activation(Activation.RELU6)
        .output(SEPARABLE, 8, 12, 6);

    // dropped: its input: the deployed model drops nothing
    PlanTensor dropped = p.alias("dropped", separable);

    // enlarged: TRANSPOSE_CONV with RELU; the batch norm is in its weights
    PlanTensor enlarged = p.transposeConv("enlarged", dropped)
        .strides(2, 2)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(ENLARGED, 18, 24, 5);

    // pixels: FULLY_CONNECTED; the batch norm is in its weights
    PlanTensor pixels = p.fullyConnected("pixels", enlarged).output(PIXELS, 18, 24, 5);

    // folded: its input: the batch norm is in the weights above
    PlanTensor folded = p.alias("folded", pixels);

    // padded: PAD
    PlanTensor padded = p.pad("padded", folded)
        .paddings(1, 1, 1, 1)
        .output(PIXELS, 20, 26, 5);

    // alone/scaled: MUL
    PlanTensor aloneScaled = p.batchNormScale("alone/scaled", padded).output(ALONE_SCALED, 20, 26, 5);

    // alone: ADD with RELU
    PlanTensor alone = p.batchNormShift("alone", aloneScaled)
        .activation(Activation.RELU)
        .output(ALONE, 20, 26, 5);

    // most: REDUCE_MAX
    PlanTensor most = p.reduceMax("most", alone)
        .axes(1, 2)
        .keepDims(true)
        .output(ALONE, 1, 1, 5);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", most).output(ALONE, 5);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", flat).output(LOGITS, 3);

    p.output("logits", logits);
  }
}
