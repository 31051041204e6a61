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
 * The network that {@link Answers} declares: 112 parameters, 3,888 multiply-accumulates an example.
 *
 * <pre>
 * image   Input                [8, 8, 3]
 * pixels  Conv2D               [6, 6, 4]
 * map     ArgMax               [6, 6]
 * rows    ArgMax               [6, 4]
 * logits  GlobalAveragePool2D  [4]
 * digit   ArgMax               []
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class AnswersModel extends DetentModel<AnswersModel.Data> {
  private static final ModelSpec SPEC = ModelSpec.builder("Answers")
      .input("image", 8, 8, 3)
      .layer("pixels", "Conv2D", 112, 3888, 6, 6, 4)
      .layer("map", "ArgMax", 0, 0, 6, 6)
      .layer("rows", "ArgMax", 0, 0, 6, 4)
      .layer("logits", "GlobalAveragePool2D", 0, 0, 4)
      .layer("digit", "ArgMax", 0, 0)
      .output("map", 6, 6)
      .output("rows", 6, 4)
      .output("digit")
      .build();

  private AnswersModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static AnswersModel create(long seed) {
    return new AnswersModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 192 values, [8, 8, 3]
   * @return the values of each output
   */
  Outputs predict(float[] image) {
    return new Outputs(run(image));
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 3], int8
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 8, 8, 3);

    // pixels: Conv2D, [8, 8, 3] -> [6, 6, 4], int8
    Tensor pixels = n.conv2d("pixels", image)
        .kernel(3, 3, 3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("pixels", 8), 6, 6, 4);

    // map: ArgMax, [6, 6, 4] -> [6, 6], int32
    Tensor map = n.argMax("map", pixels, 3).output(6, 6);

    // pixels/dequantize: DEQUANTIZE, [6, 6, 4] -> [6, 6, 4], float
    Tensor pixelsDequantize = n.dequantize("pixels/dequantize", pixels).output(6, 6, 4);

    // rows: ArgMax, [6, 6, 4] -> [6, 4], int32
    Tensor rows = n.argMax("rows", pixelsDequantize, 1).output(6, 4);

    // logits: GlobalAveragePool2D, [6, 6, 4] -> [4], int8
    Tensor logits = n.mean("logits", pixels)
        .axes(1, 2)
        .output(ActivationRange.learned("logits", 8), 4);

    // digit: ArgMax, [4] -> [], int32
    Tensor digit = n.argMax("digit", logits, 1).output();

    n.output("map", map);
    n.output("rows", rows);
    n.output("digit", digit);
  }

  /**
   * Examples for this model: as many of each input and of each output.
   */
  public static final class Data extends ModelExamples<Data> {
    /**
     * Ties inputs and outputs together.
     *
     * @param image for 'image', [8, 8, 3]
     * @param map for 'map', classes of [6, 6, 4]
     * @param rows for 'rows', classes of [6, 6, 4]
     * @param digit for 'digit', classes of [4]
     * @throws dev.detent.runtime.data.DataException if their numbers differ
     */
    public Data(Features image, Targets map, Targets rows, Targets digit) {
      super(List.of(image), List.of(map, rows, digit));
    }

    @Override
    public Data with(List<Features> inputs, List<Targets> targets) {
      return new Data(inputs.get(0), targets.get(0), targets.get(1), targets.get(2));
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
     * Returns 'map': 36 values, [6, 6].
     */
    public float[] map() {
      return values[0];
    }

    /**
     * Returns 'rows': 24 values, [6, 4].
     */
    public float[] rows() {
      return values[1];
    }

    /**
     * Returns 'digit': 1 values, [].
     */
    public float[] digit() {
      return values[2];
    }
  }
}
