import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.codegen.ModelExamples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Conflicts} declares: 70 parameters, 60 multiply-accumulates an example.
 *
 * <pre>
 * x              Input    [6]
 * scores         Dense    [5]
 * probabilities  Softmax  [5]
 * others         Dense    [5]
 * beside         Concat   [15]
 * larger         Maximum  [5]
 * all            Concat   [20]
 * second         Softmax  [5]
 * bothFixed      Concat   [10]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class ConflictsModel extends DetentModel<ConflictsModel.Data> {
  private static final ModelSpec SPEC = ModelSpec.builder("Conflicts")
      .input("x", 6)
      .layer("scores", "Dense", 35, 30, 5)
      .layer("probabilities", "Softmax", 0, 0, 5)
      .layer("others", "Dense", 35, 30, 5)
      .layer("beside", "Concat", 0, 0, 15)
      .layer("larger", "Maximum", 0, 0, 5)
      .layer("all", "Concat", 0, 0, 20)
      .layer("second", "Softmax", 0, 0, 5)
      .layer("bothFixed", "Concat", 0, 0, 10)
      .output("all", 20)
      .output("bothFixed", 10)
      .build();

  private ConflictsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static ConflictsModel create(long seed) {
    return new ConflictsModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param x 6 values, [6]
   * @return the values of each output
   */
  Outputs predict(float[] x) {
    return new Outputs(run(x));
  }

  @Override
  protected void network(NetworkBuilder n) {
    // x: Input, [6], int8
    Tensor x = n.input("x").output(ActivationRange.learned("x", 8), 6);

    // scores: Dense, [6] -> [5], int8
    Tensor scores = n.fullyConnected("scores", x)
        .kernel(6, 5)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("scores", 8), 5);

    // probabilities: Softmax, [5] -> [5], int8 in one range with second and bothFixed
    Tensor probabilities = n.softmax("probabilities", scores)
        .output(ActivationRange.fixed("probabilities", 8, 1.0 / 256, -128), 5);

    // others: Dense, [6] -> [5], int8 in one range with probabilities/quantize and 3 more
    Tensor others = n.fullyConnected("others", x)
        .kernel(6, 5)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("others", 8), 5);

    // probabilities/quantize: QUANTIZE, [5] -> [5], int8 in the range of others
    Tensor probabilitiesQuantize = n.quantize("probabilities/quantize", probabilities)
        .output(others.range(), 5);

    // beside: Concat, [5] -> [15], int8 in the range of others
    Tensor beside = n.concatenation("beside", 1, probabilitiesQuantize, others, probabilitiesQuantize)
        .output(others.range(), 15);

    // larger: Maximum, [5] -> [5], int8 in the range of others
    Tensor larger = n.maximum("larger", others, probabilitiesQuantize).output(others.range(), 5);

    // all: Concat, [15] and [5] -> [20], int8 in the range of others
    Tensor all = n.concatenation("all", 1, beside, larger).output(others.range(), 20);

    // second: Softmax, [5] -> [5], int8 in the range of probabilities
    Tensor second = n.softmax("second", others).output(probabilities.range(), 5);

    // bothFixed: Concat, [5] -> [10], int8 in the range of probabilities
    Tensor bothFixed = n.concatenation("bothFixed", 1, probabilities, second)
        .output(probabilities.range(), 10);

    n.output("all", all);
    n.output("bothFixed", bothFixed);
  }

  /**
   * Examples for this model: as many of each input and of each output.
   */
  public static final class Data extends ModelExamples<Data> {
    /**
     * Ties inputs and outputs together.
     *
     * @param x for 'x', [6]
     * @param all for 'all', [20]
     * @param bothFixed for 'bothFixed', [10]
     * @throws dev.detent.runtime.data.DataException if their numbers differ
     */
    public Data(Features x, Targets all, Targets bothFixed) {
      super(List.of(x), List.of(all, bothFixed));
    }

    @Override
    public Data with(List<Features> inputs, List<Targets> targets) {
      return new Data(inputs.get(0), targets.get(0), targets.get(1));
    }
  }

  /**
   * The values of each output for one example.
   */
  public static final class Outputs {
    private final float[][] values;

    private Outputs(float[][] values) {
      this.values = values;
    }

    /**
     * Returns 'all': 20 values, [20].
     */
    public float[] all() {
      return values[0];
    }

    /**
     * Returns 'bothFixed': 10 values, [10].
     */
    public float[] bothFixed() {
      return values[1];
    }
  }
}
