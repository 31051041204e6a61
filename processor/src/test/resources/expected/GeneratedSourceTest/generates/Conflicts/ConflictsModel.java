import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.ModelExamples;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
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
  /**
   * x.
   */
  private static final ActivationRange X = ActivationRange.learned("x", 8);

  /**
   * scores.
   */
  private static final ActivationRange SCORES = ActivationRange.learned("scores", 8);

  /**
   * probabilities, second, bothFixed.
   */
  private static final ActivationRange PROBABILITIES = ActivationRange.fixed("probabilities", 8, 1.0 / 256, -128);

  /**
   * others, probabilities/quantize, beside, larger, all.
   */
  private static final ActivationRange OTHERS = ActivationRange.learned("others", 8);

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
  protected void graph(GraphBuilder g) {
    // x: Input, [6]
    //   output int8 in range X
    LayerTensor x = g.input("x", 6).output(X);

    // scores: Dense, [6] -> [5]
    //   kernel [6, 5], int8 per tensor; output int8 in range SCORES
    LayerTensor scores = g.dense("scores", x)
        .kernel(6, 5)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(SCORES);

    // probabilities: Softmax, [5] -> [5]
    //   output int8 in range PROBABILITIES
    LayerTensor probabilities = g.softmax("probabilities", scores).output(PROBABILITIES);

    // others: Dense, [6] -> [5]
    //   kernel [6, 5], int8 per tensor; output int8 in range OTHERS
    LayerTensor others = g.dense("others", x)
        .kernel(6, 5)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(OTHERS);

    // probabilities/quantize: QUANTIZE, [5] -> [5]
    //   output int8 in range OTHERS
    LayerTensor probabilitiesQuantize = g.quantize("probabilities/quantize", probabilities, OTHERS);

    // beside: Concat, [5] -> [15]
    //   output int8 in range OTHERS
    LayerTensor beside = g.concat("beside", 1, probabilitiesQuantize, others, probabilitiesQuantize).output(OTHERS);

    // larger: Maximum, [5] -> [5]
    //   output int8 in range OTHERS
    LayerTensor larger = g.maximum("larger", others, probabilitiesQuantize).output(OTHERS);

    // all: Concat, [15] and [5] -> [20]
    //   output int8 in range OTHERS
    LayerTensor all = g.concat("all", 1, beside, larger).output(OTHERS);

    // second: Softmax, [5] -> [5]
    //   output int8 in range PROBABILITIES
    LayerTensor second = g.softmax("second", others).output(PROBABILITIES);

    // bothFixed: Concat, [5] -> [10]
    //   output int8 in range PROBABILITIES
    LayerTensor bothFixed = g.concat("bothFixed", 1, probabilities, second).output(PROBABILITIES);

    g.output("all", all);
    g.output("bothFixed", bothFixed);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // x: input
    PlanTensor x = p.input("x", 6).output(X);

    // scores: FULLY_CONNECTED
    PlanTensor scores = p.fullyConnected("scores", x).output(SCORES, 5);

    // probabilities: SOFTMAX
    PlanTensor probabilities = p.softmax("probabilities", scores).output(PROBABILITIES, 5);

    // others: FULLY_CONNECTED
    PlanTensor others = p.fullyConnected("others", x).output(OTHERS, 5);

    // probabilities/quantize: QUANTIZE
    PlanTensor probabilitiesQuantize = p.quantize("probabilities/quantize", probabilities).output(OTHERS, 5);

    // beside: CONCATENATION
    PlanTensor beside = p.concatenation("beside", 1, probabilitiesQuantize, others, probabilitiesQuantize).output(OTHERS, 15);

    // larger: MAXIMUM
    PlanTensor larger = p.maximum("larger", others, probabilitiesQuantize).output(OTHERS, 5);

    // all: CONCATENATION
    PlanTensor all = p.concatenation("all", 1, beside, larger).output(OTHERS, 20);

    // second: SOFTMAX
    PlanTensor second = p.softmax("second", others).output(PROBABILITIES, 5);

    // bothFixed: CONCATENATION
    PlanTensor bothFixed = p.concatenation("bothFixed", 1, probabilities, second).output(PROBABILITIES, 10);

    p.output("all", all);
    p.output("bothFixed", bothFixed);
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
