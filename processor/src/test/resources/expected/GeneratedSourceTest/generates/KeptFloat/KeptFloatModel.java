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
 * The network that {@link KeptFloat} declares: 466 parameters, 7,648 multiply-accumulates an example.
 *
 * <pre>
 * image          Input          [8, 8, 4]
 * conv           Conv2D         [6, 6, 4]
 * middle         Conv2D + Relu  [4, 4, 4]
 * pool           MaxPool2D      [2, 2, 4]
 * flat           Flatten        [16]
 * logits         Dense          [10]
 * probabilities  Softmax        [10]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class KeptFloatModel extends DetentModel<Dataset> {
  /**
   * conv/quantize.
   */
  private static final ActivationRange CONV_QUANTIZE = ActivationRange.learned("conv/quantize", 8);

  /**
   * middle.
   */
  private static final ActivationRange MIDDLE = ActivationRange.learned("middle", 8).nonNegative();

  /**
   * pool/quantize, flat.
   */
  private static final ActivationRange POOL_QUANTIZE = ActivationRange.learned("pool/quantize", 8).nonNegative();

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("KeptFloat")
      .input("image", 8, 8, 4)
      .layer("conv", "Conv2D", 148, 5184, 6, 6, 4)
      .layer("middle", "Conv2D + Relu", 148, 2304, 4, 4, 4)
      .layer("pool", "MaxPool2D", 0, 0, 2, 2, 4)
      .layer("flat", "Flatten", 0, 0, 16)
      .layer("logits", "Dense", 170, 160, 10)
      .layer("probabilities", "Softmax", 0, 0, 10)
      .output("probabilities", 10)
      .build();

  private KeptFloatModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static KeptFloatModel create(long seed) {
    return new KeptFloatModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 256 values, [8, 8, 4]
   * @return probabilities: 10 values, [10]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void graph(GraphBuilder g) {
    // image: Input, [8, 8, 4]
    //   output float
    LayerTensor image = g.input("image", 8, 8, 4).output();

    // conv: Conv2D, [8, 8, 4] -> [6, 6, 4]
    //   kernel [3, 3, 4, 4], float; output float
    LayerTensor conv = g.conv2d("conv", image)
        .kernel(3, 3, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .output();

    // conv/quantize: QUANTIZE, [6, 6, 4] -> [6, 6, 4]
    //   output int8 in range CONV_QUANTIZE
    LayerTensor convQuantize = g.quantize("conv/quantize", conv, CONV_QUANTIZE);

    // middle: Conv2D + Relu, [6, 6, 4] -> [4, 4, 4]
    //   kernel [3, 3, 4, 4], int8 per channel; output int8 in range MIDDLE
    LayerTensor middle = g.conv2d("middle", convQuantize)
        .kernel(3, 3, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(MIDDLE);

    // middle/dequantize: DEQUANTIZE, [4, 4, 4] -> [4, 4, 4]
    //   output float
    LayerTensor middleDequantize = g.dequantize("middle/dequantize", middle);

    // pool: MaxPool2D, [4, 4, 4] -> [2, 2, 4]
    //   output float
    LayerTensor pool = g.maxPool2d("pool", middleDequantize)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output();

    // pool/quantize: QUANTIZE, [2, 2, 4] -> [2, 2, 4]
    //   output int8 in range POOL_QUANTIZE
    LayerTensor poolQuantize = g.quantize("pool/quantize", pool, POOL_QUANTIZE);

    // flat: Flatten, [2, 2, 4] -> [16]
    //   output int8 in range POOL_QUANTIZE
    LayerTensor flat = g.reshape("flat", poolQuantize, 16);

    // logits: Dense, [16] -> [10]
    //   kernel [16, 10], int8 per tensor; output int8 in range LOGITS
    LayerTensor logits = g.dense("logits", flat)
        .kernel(16, 10)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGITS);

    // logits/dequantize: DEQUANTIZE, [10] -> [10]
    //   output float
    LayerTensor logitsDequantize = g.dequantize("logits/dequantize", logits);

    // probabilities: Softmax, [10] -> [10]
    //   output float
    LayerTensor probabilities = g.softmax("probabilities", logitsDequantize).output();

    g.output("probabilities", probabilities);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 4).output();

    // conv: CONV_2D
    PlanTensor conv = p.conv2d("conv", image)
        .strides(1, 1)
        .padding(Padding.VALID)
        .floatOutput(6, 6, 4);

    // conv/quantize: QUANTIZE
    PlanTensor convQuantize = p.quantize("conv/quantize", conv).output(CONV_QUANTIZE, 6, 6, 4);

    // middle: CONV_2D with RELU
    PlanTensor middle = p.conv2d("middle", convQuantize)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(MIDDLE, 4, 4, 4);

    // middle/dequantize: DEQUANTIZE
    PlanTensor middleDequantize = p.dequantize("middle/dequantize", middle).floatOutput(4, 4, 4);

    // pool: MAX_POOL_2D
    PlanTensor pool = p.maxPool2d("pool", middleDequantize)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .floatOutput(2, 2, 4);

    // pool/quantize: QUANTIZE
    PlanTensor poolQuantize = p.quantize("pool/quantize", pool).output(POOL_QUANTIZE, 2, 2, 4);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", poolQuantize).output(POOL_QUANTIZE, 16);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", flat).output(LOGITS, 10);

    // logits/dequantize: DEQUANTIZE
    PlanTensor logitsDequantize = p.dequantize("logits/dequantize", logits).floatOutput(10);

    // probabilities: SOFTMAX
    PlanTensor probabilities = p.softmax("probabilities", logitsDequantize).floatOutput(10);

    p.output("probabilities", probabilities);
  }
}
