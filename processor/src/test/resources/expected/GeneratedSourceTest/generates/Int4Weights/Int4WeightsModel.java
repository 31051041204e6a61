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
 * The network that {@link Int4Weights} declares: 744 parameters, 5,264 multiply-accumulates an example.
 *
 * <pre>
 * image      Input                                [8, 8, 3]
 * first      Conv2D + Relu                        [6, 6, 4]
 * depthwise  DepthwiseConv2D + BatchNorm + Relu6  [4, 4, 4]
 * pointwise  Conv2D + Relu                        [4, 4, 4]
 * flat       Flatten                              [64]
 * hidden     Dense + Relu                         [8]
 * logits     Dense                                [4]
 * </pre>
 *
 * <p>Quantized for {@link dev.detent.annotations.scheme.TfliteInt4Weights}: TFLite int4 weights.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Int4WeightsModel extends DetentModel<Dataset> {
  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);

  /**
   * first.
   */
  private static final ActivationRange FIRST = ActivationRange.learned("first", 8).nonNegative();

  /**
   * depthwise.
   */
  private static final ActivationRange DEPTHWISE = ActivationRange.learned("depthwise", 8).nonNegative().atMost(6);

  /**
   * pointwise, flat.
   */
  private static final ActivationRange POINTWISE = ActivationRange.learned("pointwise", 8).nonNegative();

  /**
   * hidden.
   */
  private static final ActivationRange HIDDEN = ActivationRange.learned("hidden", 8).nonNegative();

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("Int4Weights")
      .input("image", 8, 8, 3)
      .layer("first", "Conv2D + Relu", 112, 3888, 6, 6, 4)
      .layer("depthwise", "DepthwiseConv2D + BatchNorm + Relu6", 56, 576, 4, 4, 4)
      .layer("pointwise", "Conv2D + Relu", 20, 256, 4, 4, 4)
      .layer("flat", "Flatten", 0, 0, 64)
      .layer("hidden", "Dense + Relu", 520, 512, 8)
      .layer("logits", "Dense", 36, 32, 4)
      .output("logits", 4)
      .build();

  private Int4WeightsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Int4WeightsModel create(long seed) {
    return new Int4WeightsModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 192 values, [8, 8, 3]
   * @return logits: 4 values, [4]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void graph(GraphBuilder g) {
    // image: Input, [8, 8, 3]
    //   output int8 in range IMAGE
    LayerTensor image = g.input("image", 8, 8, 3).output(IMAGE);

    // first: Conv2D + Relu, [8, 8, 3] -> [6, 6, 4]
    //   kernel [3, 3, 3, 4], int8 per channel; output int8 in range FIRST
    //   as asked by @QuantizeConfig(bits=8)
    LayerTensor first = g.conv2d("first", image)
        .kernel(3, 3, 3, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(FIRST);

    // depthwise: DepthwiseConv2D + BatchNorm + Relu6, [6, 6, 4] -> [4, 4, 4]
    //   kernel [3, 3, 4, 1], int4 per channel; output int8 in range DEPTHWISE
    LayerTensor depthwise = g.depthwiseConv2d("depthwise", first)
        .kernel(3, 3, 4, 1)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(4))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU6)
        .output(DEPTHWISE);

    // pointwise: Conv2D + Relu, [4, 4, 4] -> [4, 4, 4]
    //   kernel [1, 1, 4, 4], int4 per channel; output int8 in range POINTWISE
    LayerTensor pointwise = g.conv2d("pointwise", depthwise)
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(4))
        .activation(Activation.RELU)
        .output(POINTWISE);

    // flat: Flatten, [4, 4, 4] -> [64]
    //   output int8 in range POINTWISE
    LayerTensor flat = g.reshape("flat", pointwise, 64);

    // hidden: Dense + Relu, [64] -> [8]
    //   kernel [64, 8], int4 per tensor; output int8 in range HIDDEN
    LayerTensor hidden = g.dense("hidden", flat)
        .kernel(64, 8)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(4))
        .activation(Activation.RELU)
        .output(HIDDEN);

    // logits: Dense, [8] -> [4]
    //   kernel [8, 4], int8 per channel; output int8 in range LOGITS
    //   as asked by @QuantizeConfig(weights=@Weights(bits=8))
    LayerTensor logits = g.dense("logits", hidden)
        .kernel(8, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(LOGITS);

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 3).output(IMAGE);

    // first: CONV_2D with RELU
    PlanTensor first = p.conv2d("first", image)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(FIRST, 6, 6, 4);

    // depthwise: DEPTHWISE_CONV_2D with RELU6; the batch norm is in its weights
    PlanTensor depthwise = p.depthwiseConv2d("depthwise", first)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU6)
        .output(DEPTHWISE, 4, 4, 4);

    // pointwise: CONV_2D with RELU
    PlanTensor pointwise = p.conv2d("pointwise", depthwise)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(POINTWISE, 4, 4, 4);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", pointwise).output(POINTWISE, 64);

    // hidden: FULLY_CONNECTED with RELU
    PlanTensor hidden = p.fullyConnected("hidden", flat)
        .activation(Activation.RELU)
        .output(HIDDEN, 8);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", hidden).output(LOGITS, 4);

    p.output("logits", logits);
  }
}
