import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
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
  protected void network(NetworkBuilder n) {
    // image: Input, [4, 4, 2], int8
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 4, 4, 2);

    // left: Conv2D + Relu, [4, 4, 2] -> [4, 4, 3], int8 in one range with dropped and 4 more
    Tensor left = n.conv2d("left", image)
        .kernel(3, 3, 2, 3)
        .padding(Padding.SAME)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("left", 8), 4, 4, 3);

    // dropped: Dropout, [4, 4, 3] -> [4, 4, 3], int8 in the range of left
    Tensor dropped = n.dropout("dropped", left, 0.1);

    // right: Conv2D, [4, 4, 2] -> [4, 4, 2], int8 in the range of left
    Tensor right = n.conv2d("right", image)
        .kernel(3, 3, 2, 2)
        .padding(Padding.SAME)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(left.range(), 4, 4, 2);

    // both: Concat, [4, 4, 3] and [4, 4, 2] -> [4, 4, 5], int8 in the range of left
    Tensor both = n.concatenation("both", 3, dropped, right).output(left.range(), 4, 4, 5);

    // pool: MaxPool2D, [4, 4, 5] -> [2, 2, 5], int8 in the range of left
    Tensor pool = n.maxPool2d("pool", both).poolSize(2, 2).output(left.range(), 2, 2, 5);

    // onlyRight: Conv2D, [4, 4, 2] -> [4, 4, 2], int8 in one range with flat
    Tensor onlyRight = n.conv2d("onlyRight", right)
        .kernel(1, 1, 2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("onlyRight", 8), 4, 4, 2);

    // flat: Flatten, [4, 4, 2] -> [32], int8 in the range of onlyRight
    Tensor flat = n.reshape("flat", onlyRight).output(32);

    // logits: Dense, [32] -> [3], int8
    Tensor logits = n.fullyConnected("logits", flat)
        .kernel(32, 3)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 3);

    // poolFlat: Flatten, [2, 2, 5] -> [20], int8 in the range of left
    Tensor poolFlat = n.reshape("poolFlat", pool).output(20);

    // others: Dense, [20] -> [2], int8
    Tensor others = n.fullyConnected("others", poolFlat)
        .kernel(20, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("others", 8), 2);

    n.output("image", image);
    n.output("left", left);
    n.output("dropped", dropped);
    n.output("pool", pool);
    n.output("logits", logits);
    n.output("others", others);
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
