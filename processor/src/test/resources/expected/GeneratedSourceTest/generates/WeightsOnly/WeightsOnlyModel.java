import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
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
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 3], float
    Tensor image = n.input("image").output(8, 8, 3);

    // conv: Conv2D + BatchNorm + Relu, [8, 8, 3] -> [6, 6, 4], float
    Tensor conv = n.conv2d("conv", image)
        .kernel(3, 3, 3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(6, 6, 4);

    // flat: Flatten, [6, 6, 4] -> [144], float
    Tensor flat = n.reshape("flat", conv).output(144);

    // flat/quantize: QUANTIZE, [144] -> [144], int8
    Tensor flatQuantize = n.quantize("flat/quantize", flat)
        .output(ActivationRange.learned("flat/quantize", 8).nonNegative(), 144);

    // quantized: Dense + Relu, [144] -> [8], int8
    //   as asked by @QuantizeConfig
    Tensor quantized = n.fullyConnected("quantized", flatQuantize)
        .kernel(144, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("quantized", 8).nonNegative(), 8);

    // quantized/dequantize: DEQUANTIZE, [8] -> [8], float
    Tensor quantizedDequantize = n.dequantize("quantized/dequantize", quantized).output(8);

    // logits: Dense, [8] -> [4], float
    Tensor logits = n.fullyConnected("logits", quantizedDequantize)
        .kernel(8, 4)
        .bias(Initializer.ZEROS)
        .output(4);

    n.output("logits", logits);
  }
}
