package zoo;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Zoo.Inner.Tiny} declares: 15 parameters, 12 multiply-accumulates an example.
 *
 * <pre>
 * values  Input  [4]
 * logits  Dense  [3]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Zoo_Inner_TinyModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Zoo.Inner.Tiny")
      .input("values", 4)
      .layer("logits", "Dense", 15, 12, 3)
      .output("logits", 3)
      .build();

  private Zoo_Inner_TinyModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Zoo_Inner_TinyModel create(long seed) {
    return new Zoo_Inner_TinyModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param values 4 values, [4]
   * @return logits: 3 values, [3]
   */
  float[] predict(float[] values) {
    return run(values)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // values: Input, [4], float
    Tensor values = n.input("values").output(4);

    // logits: Dense, [4] -> [3], float
    Tensor logits = n.fullyConnected("logits", values)
        .kernel(4, 3)
        .bias(Initializer.ZEROS)
        .output(3);

    n.output("logits", logits);
  }
}
