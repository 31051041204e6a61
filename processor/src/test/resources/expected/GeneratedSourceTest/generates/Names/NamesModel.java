package zoo;

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
 * The network that {@link Names} declares: 138 parameters, 712 multiply-accumulates an example.
 *
 * <pre>
 * g                   Input          [4, 4, 2]
 * X                   Input          [4, 4, 2]
 * p                   Add            [4, 4, 2]
 * x                   Conv2D         [4, 4, 2]
 * SPEC                Conv2D         [4, 4, 2]
 * seed                Conv2D         [4, 4, 2]
 * convA               Conv2D         [4, 4, 2]
 * conv_a              Conv2D         [4, 4, 2]
 * conv_aQuantize      Conv2D         [4, 4, 2]
 * Padding             Conv2D + Relu  [4, 4, 2]
 * Activation          Conv2D + Relu  [4, 4, 2]
 * Initializer         Conv2D         [4, 4, 2]
 * WeightQuantization  Conv2D         [4, 4, 2]
 * LayerTensor         Flatten        [32]
 * size                Dense          [2]
 * getClass            Dense          [2]
 * values              Dense          [2]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class NamesModel extends DetentModel<NamesModel.Data> {
  /**
   * g.
   */
  private static final ActivationRange G = ActivationRange.learned("g", 8);

  /**
   * X.
   */
  private static final ActivationRange X = ActivationRange.learned("X", 8);

  /**
   * p.
   */
  private static final ActivationRange P = ActivationRange.learned("p", 8);

  /**
   * x.
   */
  private static final ActivationRange X_ = ActivationRange.learned("x", 8);

  /**
   * SPEC.
   */
  private static final ActivationRange SPEC_ = ActivationRange.learned("SPEC", 8);

  /**
   * seed.
   */
  private static final ActivationRange SEED = ActivationRange.learned("seed", 8);

  /**
   * convA.
   */
  private static final ActivationRange CONV_A = ActivationRange.learned("convA", 8);

  /**
   * conv_a/quantize.
   */
  private static final ActivationRange CONV_A_QUANTIZE = ActivationRange.learned("conv_a/quantize", 8);

  /**
   * conv_aQuantize.
   */
  private static final ActivationRange CONV_A_QUANTIZE_ = ActivationRange.learned("conv_aQuantize", 8);

  /**
   * Padding.
   */
  private static final ActivationRange PADDING = ActivationRange.learned("Padding", 8).nonNegative();

  /**
   * Activation.
   */
  private static final ActivationRange ACTIVATION = ActivationRange.learned("Activation", 8).nonNegative();

  /**
   * Initializer.
   */
  private static final ActivationRange INITIALIZER = ActivationRange.learned("Initializer", 8);

  /**
   * WeightQuantization, LayerTensor.
   */
  private static final ActivationRange WEIGHT_QUANTIZATION = ActivationRange.learned("WeightQuantization", 8);

  /**
   * size.
   */
  private static final ActivationRange SIZE = ActivationRange.learned("size", 8);

  /**
   * getClass.
   */
  private static final ActivationRange GET_CLASS = ActivationRange.learned("getClass", 8);

  /**
   * values.
   */
  private static final ActivationRange VALUES = ActivationRange.learned("values", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("Names")
      .input("g", 4, 4, 2)
      .input("X", 4, 4, 2)
      .layer("p", "Add", 0, 0, 4, 4, 2)
      .layer("x", "Conv2D", 6, 64, 4, 4, 2)
      .layer("SPEC", "Conv2D", 6, 64, 4, 4, 2)
      .layer("seed", "Conv2D", 6, 64, 4, 4, 2)
      .layer("convA", "Conv2D", 6, 64, 4, 4, 2)
      .layer("conv_a", "Conv2D", 6, 64, 4, 4, 2)
      .layer("conv_aQuantize", "Conv2D", 6, 64, 4, 4, 2)
      .layer("Padding", "Conv2D + Relu", 6, 64, 4, 4, 2)
      .layer("Activation", "Conv2D + Relu", 6, 64, 4, 4, 2)
      .layer("Initializer", "Conv2D", 6, 64, 4, 4, 2)
      .layer("WeightQuantization", "Conv2D", 6, 64, 4, 4, 2)
      .layer("LayerTensor", "Flatten", 0, 0, 32)
      .layer("size", "Dense", 66, 64, 2)
      .layer("getClass", "Dense", 6, 4, 2)
      .layer("values", "Dense", 6, 4, 2)
      .output("size", 2)
      .output("getClass", 2)
      .output("values", 2)
      .build();

  private NamesModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static NamesModel create(long seed) {
    return new NamesModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param g_ 32 values, [4, 4, 2]
   * @param x 32 values, [4, 4, 2]
   * @return the values of each output
   */
  Outputs predict(float[] g_, float[] x) {
    return new Outputs(run(g_, x));
  }

  @Override
  protected void graph(GraphBuilder g) {
    // g: Input, [4, 4, 2]
    //   output int8 in range G
    LayerTensor g_ = g.input("g", 4, 4, 2).output(G);

    // X: Input, [4, 4, 2]
    //   output int8 in range X
    LayerTensor x = g.input("X", 4, 4, 2).output(X);

    // p: Add, [4, 4, 2] -> [4, 4, 2]
    //   output int8 in range P
    LayerTensor p_ = g.add("p", g_, x).output(P);

    // x: Conv2D, [4, 4, 2] -> [4, 4, 2]
    //   kernel [1, 1, 2, 2], int8 per channel; output int8 in range X_
    LayerTensor x_ = g.conv2d("x", p_)
        .kernel(1, 1, 2, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(X_);

    // SPEC: Conv2D, [4, 4, 2] -> [4, 4, 2]
    //   kernel [1, 1, 2, 2], int8 per channel; output int8 in range SPEC_
    LayerTensor sPEC = g.conv2d("SPEC", x_)
        .kernel(1, 1, 2, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(SPEC_);

    // seed: Conv2D, [4, 4, 2] -> [4, 4, 2]
    //   kernel [1, 1, 2, 2], int8 per channel; output int8 in range SEED
    LayerTensor seed = g.conv2d("seed", sPEC)
        .kernel(1, 1, 2, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(SEED);

    // convA: Conv2D, [4, 4, 2] -> [4, 4, 2]
    //   kernel [1, 1, 2, 2], int8 per channel; output int8 in range CONV_A
    LayerTensor convA = g.conv2d("convA", seed)
        .kernel(1, 1, 2, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(CONV_A);

    // convA/dequantize: DEQUANTIZE, [4, 4, 2] -> [4, 4, 2]
    //   output float
    LayerTensor convADequantize = g.dequantize("convA/dequantize", convA);

    // conv_a: Conv2D, [4, 4, 2] -> [4, 4, 2]
    //   kernel [1, 1, 2, 2], float; output float
    LayerTensor conv_a = g.conv2d("conv_a", convADequantize)
        .kernel(1, 1, 2, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .output();

    // conv_a/quantize: QUANTIZE, [4, 4, 2] -> [4, 4, 2]
    //   output int8 in range CONV_A_QUANTIZE
    LayerTensor conv_aQuantize = g.quantize("conv_a/quantize", conv_a, CONV_A_QUANTIZE);

    // conv_aQuantize: Conv2D, [4, 4, 2] -> [4, 4, 2]
    //   kernel [1, 1, 2, 2], int8 per channel; output int8 in range CONV_A_QUANTIZE_
    LayerTensor conv_aQuantize_ = g.conv2d("conv_aQuantize", conv_aQuantize)
        .kernel(1, 1, 2, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(CONV_A_QUANTIZE_);

    // Padding: Conv2D + Relu, [4, 4, 2] -> [4, 4, 2]
    //   kernel [1, 1, 2, 2], int8 per channel; output int8 in range PADDING
    LayerTensor padding = g.conv2d("Padding", conv_aQuantize_)
        .kernel(1, 1, 2, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(PADDING);

    // Activation: Conv2D + Relu, [4, 4, 2] -> [4, 4, 2]
    //   kernel [1, 1, 2, 2], int8 per channel; output int8 in range ACTIVATION
    LayerTensor activation = g.conv2d("Activation", padding)
        .kernel(1, 1, 2, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ACTIVATION);

    // Initializer: Conv2D, [4, 4, 2] -> [4, 4, 2]
    //   kernel [1, 1, 2, 2], int8 per channel; output int8 in range INITIALIZER
    LayerTensor initializer = g.conv2d("Initializer", activation)
        .kernel(1, 1, 2, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(INITIALIZER);

    // WeightQuantization: Conv2D, [4, 4, 2] -> [4, 4, 2]
    //   kernel [1, 1, 2, 2], int8 per channel; output int8 in range WEIGHT_QUANTIZATION
    LayerTensor weightQuantization = g.conv2d("WeightQuantization", initializer)
        .kernel(1, 1, 2, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(WEIGHT_QUANTIZATION);

    // LayerTensor: Flatten, [4, 4, 2] -> [32]
    //   output int8 in range WEIGHT_QUANTIZATION
    LayerTensor layerTensor = g.reshape("LayerTensor", weightQuantization, 32);

    // size: Dense, [32] -> [2]
    //   kernel [32, 2], int8 per tensor; output int8 in range SIZE
    LayerTensor size = g.dense("size", layerTensor)
        .kernel(32, 2)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(SIZE);

    // getClass: Dense, [2] -> [2]
    //   kernel [2, 2], int8 per tensor; output int8 in range GET_CLASS
    LayerTensor getClass = g.dense("getClass", size)
        .kernel(2, 2)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(GET_CLASS);

    // values: Dense, [2] -> [2]
    //   kernel [2, 2], int8 per tensor; output int8 in range VALUES
    LayerTensor values = g.dense("values", getClass)
        .kernel(2, 2)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(VALUES);

    g.output("size", size);
    g.output("getClass", getClass);
    g.output("values", values);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // g: input
    PlanTensor g_ = p.input("g", 4, 4, 2).output(G);

    // X: input
    PlanTensor x = p.input("X", 4, 4, 2).output(X);

    // p: ADD
    PlanTensor p_ = p.add("p", g_, x).output(P, 4, 4, 2);

    // x: CONV_2D
    PlanTensor x_ = p.conv2d("x", p_)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(X_, 4, 4, 2);

    // SPEC: CONV_2D
    PlanTensor sPEC = p.conv2d("SPEC", x_)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(SPEC_, 4, 4, 2);

    // seed: CONV_2D
    PlanTensor seed = p.conv2d("seed", sPEC)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(SEED, 4, 4, 2);

    // convA: CONV_2D
    PlanTensor convA = p.conv2d("convA", seed)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(CONV_A, 4, 4, 2);

    // convA/dequantize: DEQUANTIZE
    PlanTensor convADequantize = p.dequantize("convA/dequantize", convA).floatOutput(4, 4, 2);

    // conv_a: CONV_2D
    PlanTensor conv_a = p.conv2d("conv_a", convADequantize)
        .strides(1, 1)
        .padding(Padding.VALID)
        .floatOutput(4, 4, 2);

    // conv_a/quantize: QUANTIZE
    PlanTensor conv_aQuantize = p.quantize("conv_a/quantize", conv_a).output(CONV_A_QUANTIZE, 4, 4, 2);

    // conv_aQuantize: CONV_2D
    PlanTensor conv_aQuantize_ = p.conv2d("conv_aQuantize", conv_aQuantize)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(CONV_A_QUANTIZE_, 4, 4, 2);

    // Padding: CONV_2D with RELU
    PlanTensor padding = p.conv2d("Padding", conv_aQuantize_)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(PADDING, 4, 4, 2);

    // Activation: CONV_2D with RELU
    PlanTensor activation = p.conv2d("Activation", padding)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(ACTIVATION, 4, 4, 2);

    // Initializer: CONV_2D
    PlanTensor initializer = p.conv2d("Initializer", activation)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(INITIALIZER, 4, 4, 2);

    // WeightQuantization: CONV_2D
    PlanTensor weightQuantization = p.conv2d("WeightQuantization", initializer)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(WEIGHT_QUANTIZATION, 4, 4, 2);

    // LayerTensor: RESHAPE
    PlanTensor layerTensor = p.reshape("LayerTensor", weightQuantization).output(WEIGHT_QUANTIZATION, 32);

    // size: FULLY_CONNECTED
    PlanTensor size = p.fullyConnected("size", layerTensor).output(SIZE, 2);

    // getClass: FULLY_CONNECTED
    PlanTensor getClass = p.fullyConnected("getClass", size).output(GET_CLASS, 2);

    // values: FULLY_CONNECTED
    PlanTensor values = p.fullyConnected("values", getClass).output(VALUES, 2);

    p.output("size", size);
    p.output("getClass", getClass);
    p.output("values", values);
  }

  /**
   * Examples for this model: as many of each input and of each output.
   */
  public static final class Data extends ModelExamples<Data> {
    /**
     * Ties inputs and outputs together.
     *
     * @param g for 'g', [4, 4, 2]
     * @param X for 'X', [4, 4, 2]
     * @param size for 'size', [2]
     * @param getClass for 'getClass', [2]
     * @param values for 'values', [2]
     * @throws dev.detent.runtime.data.DataException if their numbers differ
     */
    public Data(Features g, Features X, Targets size, Targets getClass, Targets values) {
      super(List.of(g, X), List.of(size, getClass, values));
    }

    @Override
    public Data with(List<Features> inputs, List<Targets> targets) {
      return new Data(inputs.get(0), inputs.get(1), targets.get(0), targets.get(1), targets.get(2));
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
     * Returns 'size': 2 values, [2].
     */
    public float[] size() {
      return values[0];
    }

    /**
     * Returns 'getClass': 2 values, [2].
     */
    public float[] getClass_() {
      return values[1];
    }

    /**
     * Returns 'values': 2 values, [2].
     */
    public float[] values() {
      return values[2];
    }
  }
}
