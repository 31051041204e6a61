import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Plain} declares: 167 parameters, 1,404 multiply-accumulates an example.
 *
 * <pre>
 * image   Input                      [8, 8, 1]
 * conv    Conv2D + BatchNorm + Relu  [6, 6, 4]
 * pool    AveragePool2D              [3, 3, 4]
 * flat    Flatten                    [36]
 * logits  Dense                      [3]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class PlainModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Plain")
      .input("image", 8, 8, 1)
      .layer("conv", "Conv2D + BatchNorm + Relu", 56, 1296, 6, 6, 4)
      .layer("pool", "AveragePool2D", 0, 0, 3, 3, 4)
      .layer("flat", "Flatten", 0, 0, 36)
      .layer("logits", "Dense", 111, 108, 3)
      .output("logits", 3)
      .build();

  private PlainModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static PlainModel create(long seed) {
    return new PlainModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 64 values, [8, 8, 1]
   * @return logits: 3 values, [3]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 1], float
    Tensor image = n.input("image").output(8, 8, 1);

    // conv: Conv2D + BatchNorm + Relu, [8, 8, 1] -> [6, 6, 4], float
    Tensor conv = n.conv2d("conv", image)
        .kernel(3, 3, 1, 4)
        .bias(Initializer.ZEROS)
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(6, 6, 4);

    // pool: AveragePool2D, [6, 6, 4] -> [3, 3, 4], float
    Tensor pool = n.averagePool2d("pool", conv).poolSize(2, 2).output(3, 3, 4);

    // flat: Flatten, [3, 3, 4] -> [36], float
    Tensor flat = n.reshape("flat", pool).output(36);

    // logits: Dense, [36] -> [3], float
    Tensor logits = n.fullyConnected("logits", flat)
        .kernel(36, 3)
        .bias(Initializer.ZEROS)
        .output(3);

    n.output("logits", logits);
  }
}
