package zoo;

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
 * The network that {@link Zoo.Tiny} declares: 15 parameters, 12 multiply-accumulates an example.
 *
 * <pre>
 * values  Input  [4]
 * logits  Dense  [3]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
public final class Zoo_TinyModel extends DetentModel<Dataset> {
  /**
   * values.
   */
  private static final ActivationRange VALUES = ActivationRange.learned("values", 8);

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

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
  protected void graph(GraphBuilder g) {
    // values: Input, [4]
    //   output int8 in range VALUES
    LayerTensor values = g.input("values", 4).output(VALUES);

    // logits: Dense, [4] -> [3]
    //   kernel [4, 3], int8 per tensor; output int8 in range LOGITS
    LayerTensor logits = g.dense("logits", values)
        .kernel(4, 3)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGITS);

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // values: input
    PlanTensor values = p.input("values", 4).output(VALUES);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", values).output(LOGITS, 3);

    p.output("logits", logits);
  }
}
