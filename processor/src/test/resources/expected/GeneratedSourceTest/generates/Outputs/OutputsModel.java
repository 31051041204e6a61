import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
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
 * The network that {@link Outputs} declares: 242 parameters, 1,640 multiply-accumulates an example.
 *
 * <pre>
 * image      Input          [4, 4, 2]
 * left       Conv2D + Relu  [4, 4, 3]
 * dropped    Dropout        [4, 4, 3]
 * right      Conv2D         [4, 4, 2]
 * both       Concat         [4, 4, 5]
 * pool       MaxPool2D      [2, 2, 5]
 * onlyRight  Conv2D         [4, 4, 2]
 * flat       Flatten        [32]
 * logits     Dense          [3]
 * poolFlat   Flatten        [20]
 * others     Dense          [2]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class OutputsModel extends DetentModel<OutputsModel.Data> {
  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);

  /**
   * left, dropped, right, both, pool, poolFlat.
   */
  private static final ActivationRange LEFT = ActivationRange.learned("left", 8);

  /**
   * onlyRight, flat.
   */
  private static final ActivationRange ONLY_RIGHT = ActivationRange.learned("onlyRight", 8);

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  /**
   * others.
   */
  private static final ActivationRange OTHERS = ActivationRange.learned("others", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("Outputs")
      .input("image", 4, 4, 2)
      .layer("left", "Conv2D + Relu", 57, 864, 4, 4, 3)
      .layer("dropped", "Dropout", 0, 0, 4, 4, 3)
      .layer("right", "Conv2D", 38, 576, 4, 4, 2)
      .layer("both", "Concat", 0, 0, 4, 4, 5)
      .layer("pool", "MaxPool2D", 0, 0, 2, 2, 5)
      .layer("onlyRight", "Conv2D", 6, 64, 4, 4, 2)
      .layer("flat", "Flatten", 0, 0, 32)
      .layer("logits", "Dense", 99, 96, 3)
      .layer("poolFlat", "Flatten", 0, 0, 20)
      .layer("others", "Dense", 42, 40, 2)
      .output("image", 4, 4, 2)
      .output("left", 4, 4, 3)
      .output("dropped", 4, 4, 3)
      .output("pool", 2, 2, 5)
      .output("logits", 3)
      .output("others", 2)
      .build();

  private OutputsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static OutputsModel create(long seed) {
    return new OutputsModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 32 values, [4, 4, 2]
   * @return the values of each output
   */
  Outputs predict(float[] image) {
    return new Outputs(run(image));
  }

  @Override
  protected void graph(GraphBuilder g) {
    // image: Input, [4, 4, 2]
    //   output int8 in range IMAGE
    LayerTensor image = g.input("image", 4, 4, 2).output(IMAGE);

    // left: Conv2D + Relu, [4, 4, 2] -> [4, 4, 3]
    //   kernel [3, 3, 2, 3], int8 per channel; output int8 in range LEFT
    LayerTensor left = g.conv2d("left", image)
        .kernel(3, 3, 2, 3)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(LEFT);

    // dropped: Dropout, [4, 4, 3] -> [4, 4, 3]
    //   output int8 in range LEFT
    LayerTensor dropped = g.dropout("dropped", left, 0.1);

    // right: Conv2D, [4, 4, 2] -> [4, 4, 2]
    //   kernel [3, 3, 2, 2], int8 per channel; output int8 in range LEFT
    LayerTensor right = g.conv2d("right", image)
        .kernel(3, 3, 2, 2)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(LEFT);

    // both: Concat, [4, 4, 3] and [4, 4, 2] -> [4, 4, 5]
    //   output int8 in range LEFT
    LayerTensor both = g.concat("both", 3, dropped, right).output(LEFT);

    // pool: MaxPool2D, [4, 4, 5] -> [2, 2, 5]
    //   output int8 in range LEFT
    LayerTensor pool = g.maxPool2d("pool", both)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(LEFT);

    // onlyRight: Conv2D, [4, 4, 2] -> [4, 4, 2]
    //   kernel [1, 1, 2, 2], int8 per channel; output int8 in range ONLY_RIGHT
    LayerTensor onlyRight = g.conv2d("onlyRight", right)
        .kernel(1, 1, 2, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ONLY_RIGHT);

    // flat: Flatten, [4, 4, 2] -> [32]
    //   output int8 in range ONLY_RIGHT
    LayerTensor flat = g.reshape("flat", onlyRight, 32);

    // logits: Dense, [32] -> [3]
    //   kernel [32, 3], int8 per tensor; output int8 in range LOGITS
    LayerTensor logits = g.dense("logits", flat)
        .kernel(32, 3)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGITS);

    // poolFlat: Flatten, [2, 2, 5] -> [20]
    //   output int8 in range LEFT
    LayerTensor poolFlat = g.reshape("poolFlat", pool, 20);

    // others: Dense, [20] -> [2]
    //   kernel [20, 2], int8 per tensor; output int8 in range OTHERS
    LayerTensor others = g.dense("others", poolFlat)
        .kernel(20, 2)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(OTHERS);

    g.output("image", image);
    g.output("left", left);
    g.output("dropped", dropped);
    g.output("pool", pool);
    g.output("logits", logits);
    g.output("others", others);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 4, 4, 2).output(IMAGE);

    // left: CONV_2D with RELU
    PlanTensor left = p.conv2d("left", image)
        .strides(1, 1)
        .padding(Padding.SAME)
        .activation(Activation.RELU)
        .output(LEFT, 4, 4, 3);

    // dropped: its input: the deployed model drops nothing
    PlanTensor dropped = p.alias("dropped", left);

    // right: CONV_2D
    PlanTensor right = p.conv2d("right", image)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(LEFT, 4, 4, 2);

    // both: CONCATENATION
    PlanTensor both = p.concatenation("both", 3, dropped, right).output(LEFT, 4, 4, 5);

    // pool: MAX_POOL_2D
    PlanTensor pool = p.maxPool2d("pool", both)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(LEFT, 2, 2, 5);

    // onlyRight: CONV_2D
    PlanTensor onlyRight = p.conv2d("onlyRight", right)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(ONLY_RIGHT, 4, 4, 2);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", onlyRight).output(ONLY_RIGHT, 32);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", flat).output(LOGITS, 3);

    // poolFlat: RESHAPE
    PlanTensor poolFlat = p.reshape("poolFlat", pool).output(LEFT, 20);

    // others: FULLY_CONNECTED
    PlanTensor others = p.fullyConnected("others", poolFlat).output(OTHERS, 2);

    p.output("image", image);
    p.output("left", left);
    p.output("dropped", dropped);
    p.output("pool", pool);
    p.output("logits", logits);
    p.output("others", others);
  }

  /**
   * Examples for this model: as many of each input and of each output.
   */
  public static final class Data extends ModelExamples<Data> {
    /**
     * Ties inputs and outputs together.
     *
     * @param image for 'image', [4, 4, 2]
     * @param image_ for 'image', [4, 4, 2]
     * @param left for 'left', [4, 4, 3]
     * @param dropped for 'dropped', [4, 4, 3]
     * @param pool for 'pool', [2, 2, 5]
     * @param logits for 'logits', [3]
     * @param others for 'others', [2]
     * @throws dev.detent.runtime.data.DataException if their numbers differ
     */
    public Data(Features image, Targets image_, Targets left, Targets dropped, Targets pool,
        Targets logits, Targets others) {
      super(List.of(image), List.of(image_, left, dropped, pool, logits, others));
    }

    @Override
    public Data with(List<Features> inputs, List<Targets> targets) {
      return new Data(inputs.get(0), targets.get(0), targets.get(1), targets.get(2), targets.get(3), targets.get(4), targets.get(5));
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
     * Returns 'image': 32 values, [4, 4, 2].
     */
    public float[] image() {
      return values[0];
    }

    /**
     * Returns 'left': 48 values, [4, 4, 3].
     */
    public float[] left() {
      return values[1];
    }

    /**
     * Returns 'dropped': 48 values, [4, 4, 3].
     */
    public float[] dropped() {
      return values[2];
    }

    /**
     * Returns 'pool': 20 values, [2, 2, 5].
     */
    public float[] pool() {
      return values[3];
    }

    /**
     * Returns 'logits': 3 values, [3].
     */
    public float[] logits() {
      return values[4];
    }

    /**
     * Returns 'others': 2 values, [2].
     */
    public float[] others() {
      return values[5];
    }
  }
}
