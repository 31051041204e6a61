package zoo;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
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
  protected void graph(GraphBuilder g) {
    // values: Input, [4]
    //   output float
    LayerTensor values = g.input("values", 4).output();

    // logits: Dense, [4] -> [3]
    //   kernel [4, 3], float; output float
    LayerTensor logits = g.dense("logits", values)
        .kernel(4, 3)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .output();

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // values: input
    PlanTensor values = p.input("values", 4).output();

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", values).floatOutput(3);

    p.output("logits", logits);
  }
}
