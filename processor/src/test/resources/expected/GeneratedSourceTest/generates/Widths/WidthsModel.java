import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
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
 * The network that {@link Widths} declares: 368 parameters, 6,768 multiply-accumulates an example.
 *
 * <pre>
 * image          Input          [8, 8, 3]
 * first          Conv2D + Relu  [6, 6, 4]
 * two            Conv2D + Relu  [4, 4, 4]
 * three          Conv2D         [4, 4, 4]
 * five           Conv2D         [4, 4, 4]
 * sum            Add            [4, 4, 4]
 * pool           MaxPool2D      [2, 2, 4]
 * flat           Flatten        [16]
 * logits         Dense          [4]
 * probabilities  Softmax        [4]
 * </pre>
 *
 * <p>Quantized for {@link dev.detent.annotations.scheme.AnyWidth}: any width.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class WidthsModel extends DetentModel<Dataset> {
  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);

  /**
   * first.
   */
  private static final ActivationRange FIRST = ActivationRange.learned("first", 8).nonNegative();

  /**
   * first/quantize.
   */
  private static final ActivationRange FIRST_QUANTIZE = ActivationRange.learned("first/quantize", 2).nonNegative();

  /**
   * two.
   */
  private static final ActivationRange TWO = ActivationRange.learned("two", 2).nonNegative();

  /**
   * two/quantize.
   */
  private static final ActivationRange TWO_QUANTIZE = ActivationRange.learned("two/quantize", 5).nonNegative();

  /**
   * three.
   */
  private static final ActivationRange THREE = ActivationRange.learned("three", 5);

  /**
   * five.
   */
  private static final ActivationRange FIVE = ActivationRange.learned("five", 5);

  /**
   * three/quantize.
   */
  private static final ActivationRange THREE_QUANTIZE = ActivationRange.learned("three/quantize", 16).symmetric();

  /**
   * five/quantize.
   */
  private static final ActivationRange FIVE_QUANTIZE = ActivationRange.learned("five/quantize", 16).symmetric();

  /**
   * sum, pool, flat.
   */
  private static final ActivationRange SUM = ActivationRange.learned("sum", 16).symmetric();

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 16).symmetric();

  /**
   * logits/quantize.
   */
  private static final ActivationRange LOGITS_QUANTIZE = ActivationRange.learned("logits/quantize", 4);

  /**
   * probabilities.
   */
  private static final ActivationRange PROBABILITIES = ActivationRange.fixed("probabilities", 4, 1.0 / 16, -8);

  private static final ModelSpec SPEC = ModelSpec.builder("Widths")
      .input("image", 8, 8, 3)
      .layer("first", "Conv2D + Relu", 112, 3888, 6, 6, 4)
      .layer("two", "Conv2D + Relu", 148, 2304, 4, 4, 4)
      .layer("three", "Conv2D", 20, 256, 4, 4, 4)
      .layer("five", "Conv2D", 20, 256, 4, 4, 4)
      .layer("sum", "Add", 0, 0, 4, 4, 4)
      .layer("pool", "MaxPool2D", 0, 0, 2, 2, 4)
      .layer("flat", "Flatten", 0, 0, 16)
      .layer("logits", "Dense", 68, 64, 4)
      .layer("probabilities", "Softmax", 0, 0, 4)
      .output("probabilities", 4)
      .build();

  private WidthsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static WidthsModel create(long seed) {
    return new WidthsModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 192 values, [8, 8, 3]
   * @return probabilities: 4 values, [4]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void graph(GraphBuilder g) {
    // image: Input, [8, 8, 3]
    //   output int8 in range IMAGE
    LayerTensor image = g.input("image", 8, 8, 3).output(IMAGE);

    // first: Conv2D + Relu, [8, 8, 3] -> [6, 6, 4]
    //   kernel [3, 3, 3, 4], int8 per channel; output int8 in range FIRST
    LayerTensor first = g.conv2d("first", image)
        .kernel(3, 3, 3, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(FIRST);

    // first/quantize: QUANTIZE, [6, 6, 4] -> [6, 6, 4]
    //   output int2 in range FIRST_QUANTIZE
    LayerTensor firstQuantize = g.quantize("first/quantize", first, FIRST_QUANTIZE);

    // two: Conv2D + Relu, [6, 6, 4] -> [4, 4, 4]
    //   kernel [3, 3, 4, 4], int2 per channel; output int2 in range TWO
    //   as asked by @QuantizeConfig(bits=2)
    LayerTensor two = g.conv2d("two", firstQuantize)
        .kernel(3, 3, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(2))
        .activation(Activation.RELU)
        .output(TWO);

    // two/quantize: QUANTIZE, [4, 4, 4] -> [4, 4, 4]
    //   output int5 in range TWO_QUANTIZE
    LayerTensor twoQuantize = g.quantize("two/quantize", two, TWO_QUANTIZE);

    // three: Conv2D, [4, 4, 4] -> [4, 4, 4]
    //   kernel [1, 1, 4, 4], int3 per channel of full range; output int5 in range THREE
    //   as asked by @QuantizeConfig(weights=@Weights(bits=3, narrowRange=false), activations=@Activations(bits=5))
    LayerTensor three = g.conv2d("three", twoQuantize)
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(3).fullRange())
        .output(THREE);

    // five: Conv2D, [4, 4, 4] -> [4, 4, 4]
    //   kernel [1, 1, 4, 4], int5 per channel; output int5 in range FIVE
    //   as asked by @QuantizeConfig(bits=5)
    LayerTensor five = g.conv2d("five", twoQuantize)
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(5))
        .output(FIVE);

    // three/quantize: QUANTIZE, [4, 4, 4] -> [4, 4, 4]
    //   output int16 symmetric in range THREE_QUANTIZE
    LayerTensor threeQuantize = g.quantize("three/quantize", three, THREE_QUANTIZE);

    // five/quantize: QUANTIZE, [4, 4, 4] -> [4, 4, 4]
    //   output int16 symmetric in range FIVE_QUANTIZE
    LayerTensor fiveQuantize = g.quantize("five/quantize", five, FIVE_QUANTIZE);

    // sum: Add, [4, 4, 4] -> [4, 4, 4]
    //   output int16 symmetric in range SUM
    //   as asked by @QuantizeConfig(bits=16)
    LayerTensor sum = g.add("sum", threeQuantize, fiveQuantize).output(SUM);

    // pool: MaxPool2D, [4, 4, 4] -> [2, 2, 4]
    //   output int16 symmetric in range SUM
    LayerTensor pool = g.maxPool2d("pool", sum)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(SUM);

    // flat: Flatten, [2, 2, 4] -> [16]
    //   output int16 symmetric in range SUM
    LayerTensor flat = g.reshape("flat", pool, 16);

    // logits: Dense, [16] -> [4]
    //   kernel [16, 4], int16 per channel; output int16 symmetric in range LOGITS
    //   as asked by @QuantizeConfig(bits=16)
    LayerTensor logits = g.dense("logits", flat)
        .kernel(16, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(16))
        .output(LOGITS);

    // logits/quantize: QUANTIZE, [4] -> [4]
    //   output int4 in range LOGITS_QUANTIZE
    LayerTensor logitsQuantize = g.quantize("logits/quantize", logits, LOGITS_QUANTIZE);

    // probabilities: Softmax, [4] -> [4]
    //   output int4 in range PROBABILITIES
    //   as asked by @QuantizeConfig(bits=4)
    LayerTensor probabilities = g.softmax("probabilities", logitsQuantize).output(PROBABILITIES);

    g.output("probabilities", probabilities);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 3).output(IMAGE);

    // first: CONV_2D with RELU
    PlanTensor first = p.conv2d("first", image)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(FIRST, 6, 6, 4);

    // first/quantize: QUANTIZE
    PlanTensor firstQuantize = p.quantize("first/quantize", first).output(FIRST_QUANTIZE, 6, 6, 4);

    // two: CONV_2D with RELU
    PlanTensor two = p.conv2d("two", firstQuantize)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(TWO, 4, 4, 4);

    // two/quantize: QUANTIZE
    PlanTensor twoQuantize = p.quantize("two/quantize", two).output(TWO_QUANTIZE, 4, 4, 4);

    // three: CONV_2D
    PlanTensor three = p.conv2d("three", twoQuantize)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(THREE, 4, 4, 4);

    // five: CONV_2D
    PlanTensor five = p.conv2d("five", twoQuantize)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(FIVE, 4, 4, 4);

    // three/quantize: QUANTIZE
    PlanTensor threeQuantize = p.quantize("three/quantize", three).output(THREE_QUANTIZE, 4, 4, 4);

    // five/quantize: QUANTIZE
    PlanTensor fiveQuantize = p.quantize("five/quantize", five).output(FIVE_QUANTIZE, 4, 4, 4);

    // sum: ADD
    PlanTensor sum = p.add("sum", threeQuantize, fiveQuantize).output(SUM, 4, 4, 4);

    // pool: MAX_POOL_2D
    PlanTensor pool = p.maxPool2d("pool", sum)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(SUM, 2, 2, 4);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", pool).output(SUM, 16);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", flat).output(LOGITS, 4);

    // logits/quantize: QUANTIZE
    PlanTensor logitsQuantize = p.quantize("logits/quantize", logits).output(LOGITS_QUANTIZE, 4);

    // probabilities: SOFTMAX
    PlanTensor probabilities = p.softmax("probabilities", logitsQuantize).output(PROBABILITIES, 4);

    p.output("probabilities", probabilities);
  }
}
