package zoo;

import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.codegen.ModelExamples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Detent} declares: 0 parameters, 0 multiply-accumulates an example.
 *
 * <pre>
 * inputs   Input  [2]
 * targets  Input  [2]
 * outputs  Add    [2]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class DetentModel extends dev.detent.runtime.DetentModel<DetentModel.Data> {
  private static final ModelSpec SPEC = ModelSpec.builder("Detent")
      .input("inputs", 2)
      .input("targets", 2)
      .layer("outputs", "Add", 0, 0, 2)
      .output("outputs", 2)
      .build();

  private DetentModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static DetentModel create(long seed) {
    return new DetentModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param inputs 2 values, [2]
   * @param targets 2 values, [2]
   * @return outputs: 2 values, [2]
   */
  float[] predict(float[] inputs, float[] targets) {
    return run(inputs, targets)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // inputs: Input, [2], float
    Tensor inputs = n.input("inputs").output(2);

    // targets: Input, [2], float
    Tensor targets = n.input("targets").output(2);

    // outputs: Add, [2] -> [2], float
    Tensor outputs = n.add("outputs", inputs, targets).output(2);

    n.output("outputs", outputs);
  }

  /**
   * Examples for this model: as many of each input and of each output.
   */
  public static final class Data extends ModelExamples<Data> {
    /**
     * Ties inputs and outputs together.
     *
     * @param inputs for 'inputs', [2]
     * @param targets for 'targets', [2]
     * @param outputs for 'outputs', [2]
     * @throws dev.detent.runtime.data.DataException if their numbers differ
     */
    public Data(Features inputs, Features targets, Targets outputs) {
      super(List.of(inputs, targets), List.of(outputs));
    }

    @Override
    public Data with(List<Features> inputs, List<Targets> targets) {
      return new Data(inputs.get(0), inputs.get(1), targets.get(0));
    }
  }
}
