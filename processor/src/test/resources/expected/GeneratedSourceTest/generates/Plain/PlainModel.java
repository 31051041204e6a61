import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
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
  protected void graph(GraphBuilder g) {
    // image: Input, [8, 8, 1]
    //   output float
    LayerTensor image = g.input("image", 8, 8, 1).output();

    // conv: Conv2D + BatchNorm + Relu, [8, 8, 1] -> [6, 6, 4]
    //   kernel [3, 3, 1, 4], float; output float
    LayerTensor conv = g.conv2d("conv", image)
        .kernel(3, 3, 1, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output();

    // pool: AveragePool2D, [6, 6, 4] -> [3, 3, 4]
    //   output float
    LayerTensor pool = g.averagePool2d("pool", conv)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output();

    // flat: Flatten, [3, 3, 4] -> [36]
    //   output float
    LayerTensor flat = g.reshape("flat", pool, 36);

    // logits: Dense, [36] -> [3]
    //   kernel [36, 3], float; output float
    LayerTensor logits = g.dense("logits", flat)
        .kernel(36, 3)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .output();

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 1).output();

    // conv: CONV_2D with RELU; the batch norm is in its weights
    PlanTensor conv = p.conv2d("conv", image)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .floatOutput(6, 6, 4);

    // pool: AVERAGE_POOL_2D
    PlanTensor pool = p.averagePool2d("pool", conv)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .floatOutput(3, 3, 4);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", pool).floatOutput(36);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", flat).floatOutput(3);

    p.output("logits", logits);
  }
}
