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
 * The network that {@link WeightsOnly} declares: 1,324 parameters, 5,072 multiply-accumulates an example.
 *
 * <pre>
 * image      Input                      [8, 8, 3]
 * conv       Conv2D + BatchNorm + Relu  [6, 6, 4]
 * flat       Flatten                    [144]
 * quantized  Dense + Relu               [8]
 * logits     Dense                      [4]
 * </pre>
 *
 * <p>Where a field says nothing else, as asked by {@code @QuantizeConfig(activations=@Activations(quantizer=None.class))}.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class WeightsOnlyModel extends DetentModel<Dataset> {
  /**
   * flat/quantize.
   */
  private static final ActivationRange FLAT_QUANTIZE = ActivationRange.learned("flat/quantize", 8).nonNegative();

  /**
   * quantized.
   */
  private static final ActivationRange QUANTIZED = ActivationRange.learned("quantized", 8).nonNegative();

  private static final ModelSpec SPEC = ModelSpec.builder("WeightsOnly")
      .input("image", 8, 8, 3)
      .layer("conv", "Conv2D + BatchNorm + Relu", 128, 3888, 6, 6, 4)
      .layer("flat", "Flatten", 0, 0, 144)
      .layer("quantized", "Dense + Relu", 1160, 1152, 8)
      .layer("logits", "Dense", 36, 32, 4)
      .output("logits", 4)
      .build();

  private WeightsOnlyModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static WeightsOnlyModel create(long seed) {
    return new WeightsOnlyModel(seed);
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
    //   output float
    LayerTensor image = g.input("image", 8, 8, 3).output();

    // conv: Conv2D + BatchNorm + Relu, [8, 8, 3] -> [6, 6, 4]
    //   kernel [3, 3, 3, 4], int8 per channel; output float
    LayerTensor conv = g.conv2d("conv", image)
        .kernel(3, 3, 3, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output();

    // flat: Flatten, [6, 6, 4] -> [144]
    //   output float
    LayerTensor flat = g.reshape("flat", conv, 144);

    // flat/quantize: QUANTIZE, [144] -> [144]
    //   output int8 in range FLAT_QUANTIZE
    LayerTensor flatQuantize = g.quantize("flat/quantize", flat, FLAT_QUANTIZE);

    // quantized: Dense + Relu, [144] -> [8]
    //   kernel [144, 8], int8 per tensor; output int8 in range QUANTIZED
    //   as asked by @QuantizeConfig
    LayerTensor quantized = g.dense("quantized", flatQuantize)
        .kernel(144, 8)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .activation(Activation.RELU)
        .output(QUANTIZED);

    // quantized/dequantize: DEQUANTIZE, [8] -> [8]
    //   output float
    LayerTensor quantizedDequantize = g.dequantize("quantized/dequantize", quantized);

    // logits: Dense, [8] -> [4]
    //   kernel [8, 4], float; output float
    LayerTensor logits = g.dense("logits", quantizedDequantize)
        .kernel(8, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .output();

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 3).output();

    // conv: CONV_2D with RELU; the batch norm is in its weights
    PlanTensor conv = p.conv2d("conv", image)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .floatOutput(6, 6, 4);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", conv).floatOutput(144);

    // flat/quantize: QUANTIZE
    PlanTensor flatQuantize = p.quantize("flat/quantize", flat).output(FLAT_QUANTIZE, 144);

    // quantized: FULLY_CONNECTED with RELU
    PlanTensor quantized = p.fullyConnected("quantized", flatQuantize)
        .activation(Activation.RELU)
        .output(QUANTIZED, 8);

    // quantized/dequantize: DEQUANTIZE
    PlanTensor quantizedDequantize = p.dequantize("quantized/dequantize", quantized).floatOutput(8);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", quantizedDequantize).floatOutput(4);

    p.output("logits", logits);
  }
}
