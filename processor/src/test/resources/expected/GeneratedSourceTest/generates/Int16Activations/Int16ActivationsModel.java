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
 * The network that {@link Int16Activations} declares: 328 parameters, 6,256 multiply-accumulates an example.
 *
 * <pre>
 * image          Input          [8, 8, 3]
 * conv           Conv2D + Relu  [6, 6, 4]
 * narrow         Conv2D + Relu  [4, 4, 4]
 * pool           MaxPool2D      [2, 2, 4]
 * flat           Flatten        [16]
 * logits         Dense          [4]
 * probabilities  Softmax        [4]
 * </pre>
 *
 * <p>Quantized for {@link dev.detent.annotations.scheme.TfliteInt16x8}: TFLite int16 activations.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Int16ActivationsModel extends DetentModel<Dataset> {
  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 16).symmetric();

  /**
   * conv.
   */
  private static final ActivationRange CONV = ActivationRange.learned("conv", 16).symmetric();

  /**
   * conv/quantize.
   */
  private static final ActivationRange CONV_QUANTIZE = ActivationRange.learned("conv/quantize", 8).nonNegative();

  /**
   * narrow, pool, flat.
   */
  private static final ActivationRange NARROW = ActivationRange.learned("narrow", 8).nonNegative();

  /**
   * flat/quantize.
   */
  private static final ActivationRange FLAT_QUANTIZE = ActivationRange.learned("flat/quantize", 16).symmetric();

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 16).symmetric();

  /**
   * probabilities.
   */
  private static final ActivationRange PROBABILITIES = ActivationRange.fixed("probabilities", 16, 1.0 / 32768, 0);

  private static final ModelSpec SPEC = ModelSpec.builder("Int16Activations")
      .input("image", 8, 8, 3)
      .layer("conv", "Conv2D + Relu", 112, 3888, 6, 6, 4)
      .layer("narrow", "Conv2D + Relu", 148, 2304, 4, 4, 4)
      .layer("pool", "MaxPool2D", 0, 0, 2, 2, 4)
      .layer("flat", "Flatten", 0, 0, 16)
      .layer("logits", "Dense", 68, 64, 4)
      .layer("probabilities", "Softmax", 0, 0, 4)
      .output("probabilities", 4)
      .build();

  private Int16ActivationsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Int16ActivationsModel create(long seed) {
    return new Int16ActivationsModel(seed);
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
    //   output int16 symmetric in range IMAGE
    LayerTensor image = g.input("image", 8, 8, 3).output(IMAGE);

    // conv: Conv2D + Relu, [8, 8, 3] -> [6, 6, 4]
    //   kernel [3, 3, 3, 4], int8 per channel; output int16 symmetric in range CONV
    LayerTensor conv = g.conv2d("conv", image)
        .kernel(3, 3, 3, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(CONV);

    // conv/quantize: QUANTIZE, [6, 6, 4] -> [6, 6, 4]
    //   output int8 in range CONV_QUANTIZE
    LayerTensor convQuantize = g.quantize("conv/quantize", conv, CONV_QUANTIZE);

    // narrow: Conv2D + Relu, [6, 6, 4] -> [4, 4, 4]
    //   kernel [3, 3, 4, 4], int8 per channel; output int8 in range NARROW
    //   as asked by @QuantizeConfig(bits=8)
    LayerTensor narrow = g.conv2d("narrow", convQuantize)
        .kernel(3, 3, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(NARROW);

    // pool: MaxPool2D, [4, 4, 4] -> [2, 2, 4]
    //   output int8 in range NARROW
    LayerTensor pool = g.maxPool2d("pool", narrow)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(NARROW);

    // flat: Flatten, [2, 2, 4] -> [16]
    //   output int8 in range NARROW
    LayerTensor flat = g.reshape("flat", pool, 16);

    // flat/quantize: QUANTIZE, [16] -> [16]
    //   output int16 symmetric in range FLAT_QUANTIZE
    LayerTensor flatQuantize = g.quantize("flat/quantize", flat, FLAT_QUANTIZE);

    // logits: Dense, [16] -> [4]
    //   kernel [16, 4], int8 per channel; output int16 symmetric in range LOGITS
    LayerTensor logits = g.dense("logits", flatQuantize)
        .kernel(16, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(LOGITS);

    // probabilities: Softmax, [4] -> [4]
    //   output int16 in range PROBABILITIES
    LayerTensor probabilities = g.softmax("probabilities", logits).output(PROBABILITIES);

    g.output("probabilities", probabilities);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 3).output(IMAGE);

    // conv: CONV_2D with RELU
    PlanTensor conv = p.conv2d("conv", image)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(CONV, 6, 6, 4);

    // conv/quantize: QUANTIZE
    PlanTensor convQuantize = p.quantize("conv/quantize", conv).output(CONV_QUANTIZE, 6, 6, 4);

    // narrow: CONV_2D with RELU
    PlanTensor narrow = p.conv2d("narrow", convQuantize)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(NARROW, 4, 4, 4);

    // pool: MAX_POOL_2D
    PlanTensor pool = p.maxPool2d("pool", narrow)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(NARROW, 2, 2, 4);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", pool).output(NARROW, 16);

    // flat/quantize: QUANTIZE
    PlanTensor flatQuantize = p.quantize("flat/quantize", flat).output(FLAT_QUANTIZE, 16);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", flatQuantize).output(LOGITS, 4);

    // probabilities: SOFTMAX
    PlanTensor probabilities = p.softmax("probabilities", logits).output(PROBABILITIES, 4);

    p.output("probabilities", probabilities);
  }
}
