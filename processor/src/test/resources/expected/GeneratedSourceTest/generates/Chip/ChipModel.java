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
 * The network that {@link Chip} declares: 148 parameters, 3,904 multiply-accumulates an example.
 *
 * <pre>
 * image          Input                      [8, 8, 3]
 * conv           Conv2D + BatchNorm + Relu  [6, 6, 4]
 * pool           MaxPool2D                  [3, 3, 4]
 * mean           GlobalAveragePool2D        [4]
 * logits         Dense                      [4]
 * probabilities  Softmax                    [4]
 * </pre>
 *
 * <p>Quantized for {@link FixedPoint}: fixed point "A1", which is simulated and cannot be exported.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class ChipModel extends DetentModel<Dataset> {
  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8).symmetric()
      .powerOfTwo();

  /**
   * conv, pool/moved.
   */
  private static final ActivationRange CONV = ActivationRange.learned("conv", 8).symmetric()
      .powerOfTwo();

  /**
   * pool, mean.
   */
  private static final ActivationRange POOL = ActivationRange.learned("pool", 8).symmetric()
      .powerOfTwo();

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8).symmetric()
      .powerOfTwo();

  /**
   * logits/quantize.
   */
  private static final ActivationRange LOGITS_QUANTIZE = ActivationRange.learned("logits/quantize", 6)
      .powerOfTwo();

  /**
   * probabilities.
   */
  private static final ActivationRange PROBABILITIES = ActivationRange.fixed("probabilities", 6, 1.0 / 64, 0);

  private static final ModelSpec SPEC = ModelSpec.builder("Chip")
      .simulatedOnly("fixed point \"A1\"")
      .input("image", 8, 8, 3)
      .layer("conv", "Conv2D + BatchNorm + Relu", 128, 3888, 6, 6, 4)
      .layer("pool", "MaxPool2D", 0, 0, 3, 3, 4)
      .layer("mean", "GlobalAveragePool2D", 0, 0, 4)
      .layer("logits", "Dense", 20, 16, 4)
      .layer("probabilities", "Softmax", 0, 0, 4)
      .output("probabilities", 4)
      .build();

  private ChipModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static ChipModel create(long seed) {
    return new ChipModel(seed);
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
    //   output int8 symmetric scaled by a power of two in range IMAGE
    LayerTensor image = g.input("image", 8, 8, 3).output(IMAGE);

    // conv: Conv2D + BatchNorm + Relu, [8, 8, 3] -> [6, 6, 4]
    //   kernel [3, 3, 3, 4], int8 per tensor of full range scaled by powers of two, bias int16; output int8 symmetric scaled by a power of two in range CONV
    LayerTensor conv = g.conv2d("conv", image)
        .kernel(3, 3, 3, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8).fullRange().powerOfTwo())
        .biasBits(16)
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(CONV);

    // pool/moved: MaxPool2D, [6, 6, 4] -> [3, 3, 4]
    //   output int8 symmetric scaled by a power of two in range CONV
    LayerTensor poolMoved = g.maxPool2d("pool/moved", conv)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(CONV);

    // pool: QUANTIZE, [3, 3, 4] -> [3, 3, 4]
    //   output int8 symmetric scaled by a power of two in range POOL
    LayerTensor pool = g.quantize("pool", poolMoved, POOL);

    // mean: GlobalAveragePool2D, [3, 3, 4] -> [4]
    //   output int8 symmetric scaled by a power of two in range POOL
    LayerTensor mean = g.globalAveragePool2d("mean", pool)
        .keepDims(false)
        .output(POOL);

    // logits: Dense, [4] -> [4]
    //   kernel [4, 4], int4 per tensor of full range scaled by powers of two, bias int16; output int8 symmetric scaled by a power of two in range LOGITS
    //   as asked by @QuantizeConfig(weights=@Weights(bits=4))
    LayerTensor logits = g.dense("logits", mean)
        .kernel(4, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(4).fullRange().powerOfTwo())
        .biasBits(16)
        .output(LOGITS);

    // logits/quantize: QUANTIZE, [4] -> [4]
    //   output int6 scaled by a power of two in range LOGITS_QUANTIZE
    LayerTensor logitsQuantize = g.quantize("logits/quantize", logits, LOGITS_QUANTIZE);

    // probabilities: Softmax, [4] -> [4]
    //   output int6 in range PROBABILITIES
    LayerTensor probabilities = g.softmax("probabilities", logitsQuantize).output(PROBABILITIES);

    g.output("probabilities", probabilities);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 3).output(IMAGE);

    // conv: CONV_2D with RELU; the batch norm is in its weights
    PlanTensor conv = p.conv2d("conv", image)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(CONV, 6, 6, 4);

    // pool/moved: MAX_POOL_2D
    PlanTensor poolMoved = p.maxPool2d("pool/moved", conv)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(CONV, 3, 3, 4);

    // pool: QUANTIZE
    PlanTensor pool = p.quantize("pool", poolMoved).output(POOL, 3, 3, 4);

    // mean: MEAN
    PlanTensor mean = p.mean("mean", pool)
        .axes(1, 2)
        .keepDims(false)
        .output(POOL, 4);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", mean).output(LOGITS, 4);

    // logits/quantize: QUANTIZE
    PlanTensor logitsQuantize = p.quantize("logits/quantize", logits).output(LOGITS_QUANTIZE, 4);

    // probabilities: SOFTMAX
    PlanTensor probabilities = p.softmax("probabilities", logitsQuantize).output(PROBABILITIES, 4);

    p.output("probabilities", probabilities);
  }
}
