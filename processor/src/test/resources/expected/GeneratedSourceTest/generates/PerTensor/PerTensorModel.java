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
 * The network that {@link PerTensor} declares: 708 parameters, 4,464 multiply-accumulates an example.
 *
 * <pre>
 * image   Input                      [8, 8, 3]
 * conv    Conv2D + BatchNorm + Relu  [6, 6, 4]
 * flat    Flatten                    [144]
 * logits  Dense                      [4]
 * </pre>
 *
 * <p>Quantized for {@link dev.detent.annotations.scheme.TflitePerTensor}: TFLite int8 per tensor.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class PerTensorModel extends DetentModel<Dataset> {
  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);

  /**
   * conv, flat.
   */
  private static final ActivationRange CONV = ActivationRange.learned("conv", 8).nonNegative();

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("PerTensor")
      .input("image", 8, 8, 3)
      .layer("conv", "Conv2D + BatchNorm + Relu", 128, 3888, 6, 6, 4)
      .layer("flat", "Flatten", 0, 0, 144)
      .layer("logits", "Dense", 580, 576, 4)
      .output("logits", 4)
      .build();

  private PerTensorModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static PerTensorModel create(long seed) {
    return new PerTensorModel(seed);
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

    // conv: Conv2D + BatchNorm + Relu, [8, 8, 3] -> [6, 6, 4]
    //   kernel [3, 3, 3, 4], int8 per tensor; output int8 in range CONV
    LayerTensor conv = g.conv2d("conv", image)
        .kernel(3, 3, 3, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(CONV);

    // flat: Flatten, [6, 6, 4] -> [144]
    //   output int8 in range CONV
    LayerTensor flat = g.reshape("flat", conv, 144);

    // logits: Dense, [144] -> [4]
    //   kernel [144, 4], int8 per tensor; output int8 in range LOGITS
    LayerTensor logits = g.dense("logits", flat)
        .kernel(144, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGITS);

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 3).output(IMAGE);

    // conv: CONV_2D with RELU; the batch norm is in its weights
    PlanTensor conv = p.conv2d("conv", image)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(CONV, 6, 6, 4);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", conv).output(CONV, 144);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", flat).output(LOGITS, 4);

    p.output("logits", logits);
  }
}
