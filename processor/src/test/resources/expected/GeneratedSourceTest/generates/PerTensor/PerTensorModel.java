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
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 3], int8
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 8, 8, 3);

    // conv: Conv2D + BatchNorm + Relu, [8, 8, 3] -> [6, 6, 4], int8 in one range with flat
    Tensor conv = n.conv2d("conv", image)
        .kernel(3, 3, 3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("conv", 8).nonNegative(), 6, 6, 4);

    // flat: Flatten, [6, 6, 4] -> [144], int8 in the range of conv
    Tensor flat = n.reshape("flat", conv).output(144);

    // logits: Dense, [144] -> [4], int8
    Tensor logits = n.fullyConnected("logits", flat)
        .kernel(144, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 4);

    n.output("logits", logits);
  }
}
