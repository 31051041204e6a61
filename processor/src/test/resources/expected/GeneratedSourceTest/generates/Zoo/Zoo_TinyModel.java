package zoo;

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
 * The network that {@link Zoo.Tiny} declares: 15 parameters, 12 multiply-accumulates an example.
 *
 * <pre>
 * values  Input  [4]
 * logits  Dense  [3]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
public final class Zoo_TinyModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Zoo.Tiny")
      .input("values", 4)
      .layer("logits", "Dense", 15, 12, 3)
      .output("logits", 3)
      .build();

  private Zoo_TinyModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  public static Zoo_TinyModel create(long seed) {
    return new Zoo_TinyModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param values 4 values, [4]
   * @return logits: 3 values, [3]
   */
  public float[] predict(float[] values) {
    return run(values)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // values: Input, [4], int8
    Tensor values = n.input("values").output(ActivationRange.learned("values", 8), 4);

    // logits: Dense, [4] -> [3], int8
    Tensor logits = n.fullyConnected("logits", values)
        .kernel(4, 3)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 3);

    n.output("logits", logits);
  }
}
