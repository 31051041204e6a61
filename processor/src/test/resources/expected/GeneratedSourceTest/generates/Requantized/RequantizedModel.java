import dev.detent.annotations.Initializer;
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
 * The network that {@link Requantized} declares: 48 parameters, 40 multiply-accumulates an example.
 *
 * <pre>
 * values         Input    [6]
 * logits         Dense    [4]
 * probabilities  Softmax  [4]
 * symmetric      Dense    [4]
 * merged         Concat   [12]
 * again          Concat   [16]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class RequantizedModel extends DetentModel<Dataset> {
  /**
   * values.
   */
  private static final ActivationRange VALUES = ActivationRange.learned("values", 8);

  /**
   * logits, probabilities/quantize, symmetric/quantize, merged, again.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  /**
   * probabilities.
   */
  private static final ActivationRange PROBABILITIES = ActivationRange.fixed("probabilities", 8, 1.0 / 256, -128);

  /**
   * symmetric.
   */
  private static final ActivationRange SYMMETRIC = ActivationRange.learned("symmetric", 8).symmetric();

  private static final ModelSpec SPEC = ModelSpec.builder("Requantized")
      .input("values", 6)
      .layer("logits", "Dense", 28, 24, 4)
      .layer("probabilities", "Softmax", 0, 0, 4)
      .layer("symmetric", "Dense", 20, 16, 4)
      .layer("merged", "Concat", 0, 0, 12)
      .layer("again", "Concat", 0, 0, 16)
      .output("again", 16)
      .build();

  private RequantizedModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static RequantizedModel create(long seed) {
    return new RequantizedModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param values 6 values, [6]
   * @return again: 16 values, [16]
   */
  float[] predict(float[] values) {
    return run(values)[0];
  }

  @Override
  protected void graph(GraphBuilder g) {
    // values: Input, [6]
    //   output int8 in range VALUES
    LayerTensor values = g.input("values", 6).output(VALUES);

    // logits: Dense, [6] -> [4]
    //   kernel [6, 4], int8 per tensor; output int8 in range LOGITS
    LayerTensor logits = g.dense("logits", values)
        .kernel(6, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGITS);

    // probabilities: Softmax, [4] -> [4]
    //   output int8 in range PROBABILITIES
    LayerTensor probabilities = g.softmax("probabilities", logits).output(PROBABILITIES);

    // symmetric: Dense, [4] -> [4]
    //   kernel [4, 4], int8 per tensor; output int8 symmetric in range SYMMETRIC
    //   as asked by @QuantizeConfig(activations=@Activations(symmetric=true))
    LayerTensor symmetric = g.dense("symmetric", probabilities)
        .kernel(4, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(SYMMETRIC);

    // probabilities/quantize: QUANTIZE, [4] -> [4]
    //   output int8 in range LOGITS
    LayerTensor probabilitiesQuantize = g.quantize("probabilities/quantize", probabilities, LOGITS);

    // symmetric/quantize: QUANTIZE, [4] -> [4]
    //   output int8 in range LOGITS
    LayerTensor symmetricQuantize = g.quantize("symmetric/quantize", symmetric, LOGITS);

    // merged: Concat, [4] -> [12]
    //   output int8 in range LOGITS
    LayerTensor merged = g.concat("merged", 1, logits, probabilitiesQuantize, symmetricQuantize).output(LOGITS);

    // again: Concat, [4] and [12] -> [16]
    //   output int8 in range LOGITS
    LayerTensor again = g.concat("again", 1, probabilitiesQuantize, merged).output(LOGITS);

    g.output("again", again);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // values: input
    PlanTensor values = p.input("values", 6).output(VALUES);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", values).output(LOGITS, 4);

    // probabilities: SOFTMAX
    PlanTensor probabilities = p.softmax("probabilities", logits).output(PROBABILITIES, 4);

    // symmetric: FULLY_CONNECTED
    PlanTensor symmetric = p.fullyConnected("symmetric", probabilities).output(SYMMETRIC, 4);

    // probabilities/quantize: QUANTIZE
    PlanTensor probabilitiesQuantize = p.quantize("probabilities/quantize", probabilities).output(LOGITS, 4);

    // symmetric/quantize: QUANTIZE
    PlanTensor symmetricQuantize = p.quantize("symmetric/quantize", symmetric).output(LOGITS, 4);

    // merged: CONCATENATION
    PlanTensor merged = p.concatenation("merged", 1, logits, probabilitiesQuantize, symmetricQuantize).output(LOGITS, 12);

    // again: CONCATENATION
    PlanTensor again = p.concatenation("again", 1, probabilitiesQuantize, merged).output(LOGITS, 16);

    p.output("again", again);
  }
}
