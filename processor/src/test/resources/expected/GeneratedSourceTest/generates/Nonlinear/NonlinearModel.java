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
 * The network that {@link Nonlinear} declares: 920 parameters, 7,200 multiply-accumulates an example.
 *
 * <pre>
 * image          Input                               [8, 8, 3]
 * six            Conv2D + Relu                       [6, 6, 4]
 * one            Conv2D + HardTanh                   [6, 6, 4]
 * hardSwish      Conv2D + BatchNorm + HardSwish      [6, 6, 4]
 * splitSwish     DepthwiseConv2D + HardSwish         [6, 6, 4]
 * bound          DepthwiseConv2D + BatchNorm + Relu  [6, 6, 4]
 * ceiling        DepthwiseConv2D + Relu              [6, 6, 4]
 * slope          Conv2D + Relu                       [6, 6, 4]
 * prelu          Conv2D + BatchNorm + PRelu          [6, 6, 4]
 * sigmoid        MaxPool2D + Sigmoid                 [3, 3, 4]
 * swish          Add + Swish                         [3, 3, 4]
 * merged         Concat + Relu                       [3, 3, 8]
 * hardTanh       HardTanh                            [3, 3, 8]
 * leakyRelu      LeakyRelu                           [3, 3, 8]
 * alphas         PRelu                               [3, 3, 8]
 * elu            Elu                                 [3, 3, 8]
 * hardSigmoid    HardSigmoid                         [3, 3, 8]
 * tanh           Tanh                                [3, 3, 8]
 * exponential    Exponential                         [3, 3, 8]
 * gelu           Gelu                                [3, 3, 8]
 * inFloat        Gelu                                [3, 3, 8]
 * unit           Flatten + L2Normalize               [72]
 * logarithms     Dense + LogSoftmax                  [4]
 * probabilities  Dense + Softmax                     [4]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class NonlinearModel extends DetentModel<NonlinearModel.Data> {
  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);

  /**
   * six.
   */
  private static final ActivationRange SIX = ActivationRange.learned("six", 8).nonNegative().atMost(6);

  /**
   * one.
   */
  private static final ActivationRange ONE = ActivationRange.learned("one", 8).atMost(1);

  /**
   * hardSwish/conv2d.
   */
  private static final ActivationRange HARD_SWISH_CONV2D = ActivationRange.learned("hardSwish/conv2d", 8);

  /**
   * hardSwish.
   */
  private static final ActivationRange HARD_SWISH = ActivationRange.learned("hardSwish", 8);

  /**
   * splitSwish/depthwiseConv2d.
   */
  private static final ActivationRange SPLIT_SWISH_DEPTHWISE_CONV2D = ActivationRange.learned("splitSwish/depthwiseConv2d", 8);

  /**
   * splitSwish/gate/sum.
   */
  private static final ActivationRange SPLIT_SWISH_GATE_SUM = ActivationRange.fixed("splitSwish/gate/sum", 8, 0.023622047244094488, -128);

  /**
   * splitSwish/gate.
   */
  private static final ActivationRange SPLIT_SWISH_GATE = ActivationRange.fixed("splitSwish/gate", 8, 1.0 / 254, -128);

  /**
   * splitSwish.
   */
  private static final ActivationRange SPLIT_SWISH = ActivationRange.learned("splitSwish", 8);

  /**
   * bound/depthwiseConv2d, bound.
   */
  private static final ActivationRange BOUND_DEPTHWISE_CONV2D = ActivationRange.learned("bound/depthwiseConv2d", 8).nonNegative().atMost(3.5);

  /**
   * ceiling/depthwiseConv2d, ceiling.
   */
  private static final ActivationRange CEILING_DEPTHWISE_CONV2D = ActivationRange.learned("ceiling/depthwiseConv2d", 8).nonNegative().atMost(2.5);

  /**
   * slope/conv2d.
   */
  private static final ActivationRange SLOPE_CONV2D = ActivationRange.learned("slope/conv2d", 8);

  /**
   * slope/relu, slope.
   */
  private static final ActivationRange SLOPE_RELU = ActivationRange.learned("slope/relu", 8).atMost(20);

  /**
   * prelu/conv2d.
   */
  private static final ActivationRange PRELU_CONV2D = ActivationRange.learned("prelu/conv2d", 8);

  /**
   * prelu, sigmoid/maxPool2d.
   */
  private static final ActivationRange PRELU = ActivationRange.learned("prelu", 8);

  /**
   * sigmoid.
   */
  private static final ActivationRange SIGMOID = ActivationRange.fixed("sigmoid", 8, 1.0 / 256, -128);

  /**
   * swish/add.
   */
  private static final ActivationRange SWISH_ADD = ActivationRange.learned("swish/add", 8).nonNegative();

  /**
   * swish/sigmoid.
   */
  private static final ActivationRange SWISH_SIGMOID = ActivationRange.fixed("swish/sigmoid", 8, 1.0 / 256, -128);

  /**
   * swish, sigmoid/quantize, merged/concat.
   */
  private static final ActivationRange SWISH = ActivationRange.learned("swish", 8);

  /**
   * merged.
   */
  private static final ActivationRange MERGED = ActivationRange.learned("merged", 8).nonNegative();

  /**
   * hardTanh.
   */
  private static final ActivationRange HARD_TANH = ActivationRange.learned("hardTanh", 8).atMost(1);

  /**
   * leakyRelu.
   */
  private static final ActivationRange LEAKY_RELU = ActivationRange.learned("leakyRelu", 8);

  /**
   * alphas.
   */
  private static final ActivationRange ALPHAS = ActivationRange.learned("alphas", 8);

  /**
   * elu.
   */
  private static final ActivationRange ELU = ActivationRange.learned("elu", 8);

  /**
   * hardSigmoid/sum.
   */
  private static final ActivationRange HARD_SIGMOID_SUM = ActivationRange.fixed("hardSigmoid/sum", 8, 0.023622047244094488, -128);

  /**
   * hardSigmoid.
   */
  private static final ActivationRange HARD_SIGMOID = ActivationRange.fixed("hardSigmoid", 8, 1.0 / 254, -128);

  /**
   * tanh.
   */
  private static final ActivationRange TANH = ActivationRange.fixed("tanh", 8, 1.0 / 128, 0);

  /**
   * exponential.
   */
  private static final ActivationRange EXPONENTIAL = ActivationRange.learned("exponential", 8).nonNegative();

  /**
   * gelu.
   */
  private static final ActivationRange GELU = ActivationRange.learned("gelu", 8);

  /**
   * inFloat/quantize, unit/flatten.
   */
  private static final ActivationRange IN_FLOAT_QUANTIZE = ActivationRange.learned("inFloat/quantize", 8);

  /**
   * unit.
   */
  private static final ActivationRange UNIT = ActivationRange.fixed("unit", 8, 1.0 / 128, 0);

  /**
   * logarithms/dense.
   */
  private static final ActivationRange LOGARITHMS_DENSE = ActivationRange.learned("logarithms/dense", 8);

  /**
   * logarithms.
   */
  private static final ActivationRange LOGARITHMS = ActivationRange.fixed("logarithms", 8, 1.0 / 16, 127);

  /**
   * probabilities/dense.
   */
  private static final ActivationRange PROBABILITIES_DENSE = ActivationRange.learned("probabilities/dense", 8);

  /**
   * probabilities.
   */
  private static final ActivationRange PROBABILITIES = ActivationRange.fixed("probabilities", 8, 1.0 / 256, -128);

  private static final ModelSpec SPEC = ModelSpec.builder("Nonlinear")
      .input("image", 8, 8, 3)
      .layer("six", "Conv2D + Relu", 112, 3888, 6, 6, 4)
      .layer("one", "Conv2D + HardTanh", 20, 576, 6, 6, 4)
      .layer("hardSwish", "Conv2D + BatchNorm + HardSwish", 36, 576, 6, 6, 4)
      .layer("splitSwish", "DepthwiseConv2D + HardSwish", 8, 144, 6, 6, 4)
      .layer("bound", "DepthwiseConv2D + BatchNorm + Relu", 20, 144, 6, 6, 4)
      .layer("ceiling", "DepthwiseConv2D + Relu", 8, 144, 6, 6, 4)
      .layer("slope", "Conv2D + Relu", 20, 576, 6, 6, 4)
      .layer("prelu", "Conv2D + BatchNorm + PRelu", 40, 576, 6, 6, 4)
      .layer("sigmoid", "MaxPool2D + Sigmoid", 0, 0, 3, 3, 4)
      .layer("swish", "Add + Swish", 0, 0, 3, 3, 4)
      .layer("merged", "Concat + Relu", 0, 0, 3, 3, 8)
      .layer("hardTanh", "HardTanh", 0, 0, 3, 3, 8)
      .layer("leakyRelu", "LeakyRelu", 0, 0, 3, 3, 8)
      .layer("alphas", "PRelu", 72, 0, 3, 3, 8)
      .layer("elu", "Elu", 0, 0, 3, 3, 8)
      .layer("hardSigmoid", "HardSigmoid", 0, 0, 3, 3, 8)
      .layer("tanh", "Tanh", 0, 0, 3, 3, 8)
      .layer("exponential", "Exponential", 0, 0, 3, 3, 8)
      .layer("gelu", "Gelu", 0, 0, 3, 3, 8)
      .layer("inFloat", "Gelu", 0, 0, 3, 3, 8)
      .layer("unit", "Flatten + L2Normalize", 0, 0, 72)
      .layer("logarithms", "Dense + LogSoftmax", 292, 288, 4)
      .layer("probabilities", "Dense + Softmax", 292, 288, 4)
      .output("logarithms", 4)
      .output("probabilities", 4)
      .build();

  private NonlinearModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static NonlinearModel create(long seed) {
    return new NonlinearModel(seed);
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
  protected void graph(GraphBuilder g) {
    // image: Input, [8, 8, 3]
    //   output int8 in range IMAGE
    LayerTensor image = g.input("image", 8, 8, 3).output(IMAGE);

    // six: Conv2D + Relu, [8, 8, 3] -> [6, 6, 4]
    //   kernel [3, 3, 3, 4], int8 per channel; output int8 in range SIX
    LayerTensor six = g.conv2d("six", image)
        .kernel(3, 3, 3, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU6)
        .output(SIX);

    // one: Conv2D + HardTanh, [6, 6, 4] -> [6, 6, 4]
    //   kernel [1, 1, 4, 4], int8 per channel; output int8 in range ONE
    LayerTensor one = g.conv2d("one", six)
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU_N1_TO_1)
        .output(ONE);

    // hardSwish/conv2d: CONV_2D of Conv2D + BatchNorm + HardSwish, [6, 6, 4] -> [6, 6, 4]
    //   kernel [1, 1, 4, 4], int8 per channel; output int8 in range HARD_SWISH_CONV2D
    LayerTensor hardSwishConv2d = g.conv2d("hardSwish/conv2d", one)
        .weights("hardSwish")
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .output(HARD_SWISH_CONV2D);

    // hardSwish: HardSwish, [6, 6, 4] -> [6, 6, 4]
    //   output int8 in range HARD_SWISH
    LayerTensor hardSwish = g.hardSwish("hardSwish", hardSwishConv2d).output(HARD_SWISH);

    // splitSwish/depthwiseConv2d: DEPTHWISE_CONV_2D of DepthwiseConv2D + HardSwish, [6, 6, 4] -> [6, 6, 4]
    //   kernel [1, 1, 4, 1], int8 per channel; output int8 in range SPLIT_SWISH_DEPTHWISE_CONV2D
    LayerTensor splitSwishDepthwiseConv2d = g.depthwiseConv2d("splitSwish/depthwiseConv2d", hardSwish)
        .weights("splitSwish")
        .kernel(1, 1, 4, 1)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(SPLIT_SWISH_DEPTHWISE_CONV2D);

    // splitSwish/gate/sum: ADD of HardSwish, [6, 6, 4] -> [6, 6, 4]
    //   output int8 in range SPLIT_SWISH_GATE_SUM
    LayerTensor splitSwishGateSum = g.addConstant("splitSwish/gate/sum", splitSwishDepthwiseConv2d, 3)
        .activation(Activation.RELU6)
        .output(SPLIT_SWISH_GATE_SUM);

    // splitSwish/gate: MUL of HardSwish, [6, 6, 4] -> [6, 6, 4]
    //   output int8 in range SPLIT_SWISH_GATE
    LayerTensor splitSwishGate = g.multiplyConstant("splitSwish/gate", splitSwishGateSum, 1.0 / 6).output(SPLIT_SWISH_GATE);

    // splitSwish: HardSwish, [6, 6, 4] -> [6, 6, 4]
    //   output int8 in range SPLIT_SWISH
    LayerTensor splitSwish = g.multiply("splitSwish", splitSwishDepthwiseConv2d, splitSwishGate).output(SPLIT_SWISH);

    // bound/depthwiseConv2d: DEPTHWISE_CONV_2D of DepthwiseConv2D + BatchNorm + Relu, [6, 6, 4] -> [6, 6, 4]
    //   kernel [1, 1, 4, 1], int8 per channel; output int8 in range BOUND_DEPTHWISE_CONV2D
    LayerTensor boundDepthwiseConv2d = g.depthwiseConv2d("bound/depthwiseConv2d", splitSwish)
        .weights("bound")
        .kernel(1, 1, 4, 1)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001, false, true)
        .activation(Activation.RELU)
        .output(BOUND_DEPTHWISE_CONV2D);

    // bound: Relu, [6, 6, 4] -> [6, 6, 4]
    //   output int8 in range BOUND_DEPTHWISE_CONV2D
    LayerTensor bound = g.minimum("bound", boundDepthwiseConv2d, 3.5).output(BOUND_DEPTHWISE_CONV2D);

    // ceiling/depthwiseConv2d: DEPTHWISE_CONV_2D of DepthwiseConv2D + Relu, [6, 6, 4] -> [6, 6, 4]
    //   kernel [1, 1, 4, 1], int8 per channel; output int8 in range CEILING_DEPTHWISE_CONV2D
    LayerTensor ceilingDepthwiseConv2d = g.depthwiseConv2d("ceiling/depthwiseConv2d", bound)
        .weights("ceiling")
        .kernel(1, 1, 4, 1)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(CEILING_DEPTHWISE_CONV2D);

    // ceiling: Relu, [6, 6, 4] -> [6, 6, 4]
    //   output int8 in range CEILING_DEPTHWISE_CONV2D
    LayerTensor ceiling = g.minimum("ceiling", ceilingDepthwiseConv2d, 2.5).output(CEILING_DEPTHWISE_CONV2D);

    // slope/conv2d: CONV_2D of Conv2D + Relu, [6, 6, 4] -> [6, 6, 4]
    //   kernel [1, 1, 4, 4], int8 per channel; output int8 in range SLOPE_CONV2D
    LayerTensor slopeConv2d = g.conv2d("slope/conv2d", ceiling)
        .weights("slope")
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(SLOPE_CONV2D);

    // slope/relu: LEAKY_RELU of Relu, [6, 6, 4] -> [6, 6, 4]
    //   output int8 in range SLOPE_RELU
    LayerTensor slopeRelu = g.leakyRelu("slope/relu", slopeConv2d, 0.1).output(SLOPE_RELU);

    // slope: Relu, [6, 6, 4] -> [6, 6, 4]
    //   output int8 in range SLOPE_RELU
    LayerTensor slope = g.minimum("slope", slopeRelu, 20.0).output(SLOPE_RELU);

    // prelu/conv2d: CONV_2D of Conv2D + BatchNorm + PRelu, [6, 6, 4] -> [6, 6, 4]
    //   kernel [1, 1, 4, 4], int8 per channel; output int8 in range PRELU_CONV2D
    LayerTensor preluConv2d = g.conv2d("prelu/conv2d", slope)
        .weights("prelu")
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .output(PRELU_CONV2D);

    // prelu: PRelu, [6, 6, 4] -> [6, 6, 4]
    //   output int8 in range PRELU
    LayerTensor prelu = g.prelu("prelu", preluConv2d)
        .alpha(1, 1, 4)
        .alphaInitializer(Initializer.ZEROS)
        .quantizeAlpha(8)
        .output(PRELU);

    // sigmoid/maxPool2d: MAX_POOL_2D of MaxPool2D + Sigmoid, [6, 6, 4] -> [3, 3, 4]
    //   output int8 in range PRELU
    LayerTensor sigmoidMaxPool2d = g.maxPool2d("sigmoid/maxPool2d", prelu)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(PRELU);

    // sigmoid: Sigmoid, [3, 3, 4] -> [3, 3, 4]
    //   output int8 in range SIGMOID
    LayerTensor sigmoid = g.sigmoid("sigmoid", sigmoidMaxPool2d).output(SIGMOID);

    // swish/add: ADD of Add + Swish, [3, 3, 4] -> [3, 3, 4]
    //   output int8 in range SWISH_ADD
    LayerTensor swishAdd = g.add("swish/add", sigmoid, sigmoid).output(SWISH_ADD);

    // swish/sigmoid: LOGISTIC of Swish, [3, 3, 4] -> [3, 3, 4]
    //   output int8 in range SWISH_SIGMOID
    LayerTensor swishSigmoid = g.sigmoid("swish/sigmoid", swishAdd).output(SWISH_SIGMOID);

    // swish: Swish, [3, 3, 4] -> [3, 3, 4]
    //   output int8 in range SWISH
    LayerTensor swish = g.multiply("swish", swishAdd, swishSigmoid).output(SWISH);

    // sigmoid/quantize: QUANTIZE, [3, 3, 4] -> [3, 3, 4]
    //   output int8 in range SWISH
    LayerTensor sigmoidQuantize = g.quantize("sigmoid/quantize", sigmoid, SWISH);

    // merged/concat: CONCATENATION of Concat + Relu, [3, 3, 4] -> [3, 3, 8]
    //   output int8 in range SWISH
    LayerTensor mergedConcat = g.concat("merged/concat", 3, swish, sigmoidQuantize).output(SWISH);

    // merged: Relu, [3, 3, 8] -> [3, 3, 8]
    //   output int8 in range MERGED
    LayerTensor merged = g.relu("merged", mergedConcat).output(MERGED);

    // hardTanh: HardTanh, [3, 3, 8] -> [3, 3, 8]
    //   output int8 in range HARD_TANH
    LayerTensor hardTanh = g.reluN1To1("hardTanh", merged).output(HARD_TANH);

    // leakyRelu: LeakyRelu, [3, 3, 8] -> [3, 3, 8]
    //   output int8 in range LEAKY_RELU
    LayerTensor leakyRelu = g.leakyRelu("leakyRelu", hardTanh, 0.3).output(LEAKY_RELU);

    // alphas: PRelu, [3, 3, 8] -> [3, 3, 8]
    //   output int8 in range ALPHAS
    LayerTensor alphas = g.prelu("alphas", leakyRelu)
        .alpha(3, 3, 8)
        .alphaInitializer(Initializer.ONES)
        .quantizeAlpha(8)
        .output(ALPHAS);

    // elu: Elu, [3, 3, 8] -> [3, 3, 8]
    //   output int8 in range ELU
    LayerTensor elu = g.elu("elu", alphas).output(ELU);

    // hardSigmoid/sum: ADD of HardSigmoid, [3, 3, 8] -> [3, 3, 8]
    //   output int8 in range HARD_SIGMOID_SUM
    LayerTensor hardSigmoidSum = g.addConstant("hardSigmoid/sum", elu, 3)
        .activation(Activation.RELU6)
        .output(HARD_SIGMOID_SUM);

    // hardSigmoid: HardSigmoid, [3, 3, 8] -> [3, 3, 8]
    //   output int8 in range HARD_SIGMOID
    LayerTensor hardSigmoid = g.multiplyConstant("hardSigmoid", hardSigmoidSum, 1.0 / 6).output(HARD_SIGMOID);

    // tanh: Tanh, [3, 3, 8] -> [3, 3, 8]
    //   output int8 in range TANH
    LayerTensor tanh = g.tanh("tanh", hardSigmoid).output(TANH);

    // exponential: Exponential, [3, 3, 8] -> [3, 3, 8]
    //   output int8 in range EXPONENTIAL
    LayerTensor exponential = g.exp("exponential", tanh).output(EXPONENTIAL);

    // gelu: Gelu, [3, 3, 8] -> [3, 3, 8]
    //   output int8 in range GELU
    LayerTensor gelu = g.gelu("gelu", exponential, false).output(GELU);

    // gelu/dequantize: DEQUANTIZE, [3, 3, 8] -> [3, 3, 8]
    //   output float
    LayerTensor geluDequantize = g.dequantize("gelu/dequantize", gelu);

    // inFloat: Gelu, [3, 3, 8] -> [3, 3, 8]
    //   output float
    LayerTensor inFloat = g.gelu("inFloat", geluDequantize, true).output();

    // inFloat/quantize: QUANTIZE, [3, 3, 8] -> [3, 3, 8]
    //   output int8 in range IN_FLOAT_QUANTIZE
    LayerTensor inFloatQuantize = g.quantize("inFloat/quantize", inFloat, IN_FLOAT_QUANTIZE);

    // unit/flatten: RESHAPE of Flatten + L2Normalize, [3, 3, 8] -> [72]
    //   output int8 in range IN_FLOAT_QUANTIZE
    LayerTensor unitFlatten = g.reshape("unit/flatten", inFloatQuantize, 72);

    // unit: L2Normalize, [72] -> [72]
    //   output int8 in range UNIT
    LayerTensor unit = g.l2Normalize("unit", unitFlatten).output(UNIT);

    // logarithms/dense: FULLY_CONNECTED of Dense + LogSoftmax, [72] -> [4]
    //   kernel [72, 4], int8 per tensor; output int8 in range LOGARITHMS_DENSE
    LayerTensor logarithmsDense = g.dense("logarithms/dense", unit)
        .weights("logarithms")
        .kernel(72, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGARITHMS_DENSE);

    // logarithms: LogSoftmax, [4] -> [4]
    //   output int8 in range LOGARITHMS
    LayerTensor logarithms = g.logSoftmax("logarithms", logarithmsDense).output(LOGARITHMS);

    // probabilities/dense: FULLY_CONNECTED of Dense + Softmax, [72] -> [4]
    //   kernel [72, 4], int8 per tensor; output int8 in range PROBABILITIES_DENSE
    LayerTensor probabilitiesDense = g.dense("probabilities/dense", unit)
        .weights("probabilities")
        .kernel(72, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(PROBABILITIES_DENSE);

    // probabilities: Softmax, [4] -> [4]
    //   output int8 in range PROBABILITIES
    LayerTensor probabilities = g.softmax("probabilities", probabilitiesDense).output(PROBABILITIES);

    g.output("logarithms", logarithms);
    g.output("probabilities", probabilities);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 3).output(IMAGE);

    // six: CONV_2D with RELU6
    PlanTensor six = p.conv2d("six", image)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU6)
        .output(SIX, 6, 6, 4);

    // one: CONV_2D with RELU_N1_TO_1
    PlanTensor one = p.conv2d("one", six)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU_N1_TO_1)
        .output(ONE, 6, 6, 4);

    // hardSwish/conv2d: CONV_2D; the batch norm is in its weights
    PlanTensor hardSwishConv2d = p.conv2d("hardSwish/conv2d", one)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(HARD_SWISH_CONV2D, 6, 6, 4);

    // hardSwish: HARD_SWISH
    PlanTensor hardSwish = p.hardSwish("hardSwish", hardSwishConv2d).output(HARD_SWISH, 6, 6, 4);

    // splitSwish/depthwiseConv2d: DEPTHWISE_CONV_2D
    PlanTensor splitSwishDepthwiseConv2d = p.depthwiseConv2d("splitSwish/depthwiseConv2d", hardSwish)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(SPLIT_SWISH_DEPTHWISE_CONV2D, 6, 6, 4);

    // splitSwish/gate/sum: ADD with RELU6
    PlanTensor splitSwishGateSum = p.addConstant("splitSwish/gate/sum", splitSwishDepthwiseConv2d, 3)
        .activation(Activation.RELU6)
        .output(SPLIT_SWISH_GATE_SUM, 6, 6, 4);

    // splitSwish/gate: MUL
    PlanTensor splitSwishGate = p.multiplyConstant("splitSwish/gate", splitSwishGateSum, 1.0 / 6).output(SPLIT_SWISH_GATE, 6, 6, 4);

    // splitSwish: MUL
    PlanTensor splitSwish = p.multiply("splitSwish", splitSwishDepthwiseConv2d, splitSwishGate).output(SPLIT_SWISH, 6, 6, 4);

    // bound/depthwiseConv2d: DEPTHWISE_CONV_2D with RELU; the batch norm is in its weights
    PlanTensor boundDepthwiseConv2d = p.depthwiseConv2d("bound/depthwiseConv2d", splitSwish)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(BOUND_DEPTHWISE_CONV2D, 6, 6, 4);

    // bound: MINIMUM
    PlanTensor bound = p.minimum("bound", boundDepthwiseConv2d, 3.5).output(BOUND_DEPTHWISE_CONV2D, 6, 6, 4);

    // ceiling/depthwiseConv2d: DEPTHWISE_CONV_2D with RELU
    PlanTensor ceilingDepthwiseConv2d = p.depthwiseConv2d("ceiling/depthwiseConv2d", bound)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(CEILING_DEPTHWISE_CONV2D, 6, 6, 4);

    // ceiling: MINIMUM
    PlanTensor ceiling = p.minimum("ceiling", ceilingDepthwiseConv2d, 2.5).output(CEILING_DEPTHWISE_CONV2D, 6, 6, 4);

    // slope/conv2d: CONV_2D
    PlanTensor slopeConv2d = p.conv2d("slope/conv2d", ceiling)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(SLOPE_CONV2D, 6, 6, 4);

    // slope/relu: LEAKY_RELU
    PlanTensor slopeRelu = p.leakyRelu("slope/relu", slopeConv2d, 0.1).output(SLOPE_RELU, 6, 6, 4);

    // slope: MINIMUM
    PlanTensor slope = p.minimum("slope", slopeRelu, 20.0).output(SLOPE_RELU, 6, 6, 4);

    // prelu/conv2d: CONV_2D; the batch norm is in its weights
    PlanTensor preluConv2d = p.conv2d("prelu/conv2d", slope)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(PRELU_CONV2D, 6, 6, 4);

    // prelu: PRELU
    PlanTensor prelu = p.prelu("prelu", preluConv2d).output(PRELU, 6, 6, 4);

    // sigmoid/maxPool2d: MAX_POOL_2D
    PlanTensor sigmoidMaxPool2d = p.maxPool2d("sigmoid/maxPool2d", prelu)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(PRELU, 3, 3, 4);

    // sigmoid: LOGISTIC
    PlanTensor sigmoid = p.logistic("sigmoid", sigmoidMaxPool2d).output(SIGMOID, 3, 3, 4);

    // swish/add: ADD
    PlanTensor swishAdd = p.add("swish/add", sigmoid, sigmoid).output(SWISH_ADD, 3, 3, 4);

    // swish/sigmoid: LOGISTIC
    PlanTensor swishSigmoid = p.logistic("swish/sigmoid", swishAdd).output(SWISH_SIGMOID, 3, 3, 4);

    // swish: MUL
    PlanTensor swish = p.multiply("swish", swishAdd, swishSigmoid).output(SWISH, 3, 3, 4);

    // sigmoid/quantize: QUANTIZE
    PlanTensor sigmoidQuantize = p.quantize("sigmoid/quantize", sigmoid).output(SWISH, 3, 3, 4);

    // merged/concat: CONCATENATION
    PlanTensor mergedConcat = p.concatenation("merged/concat", 3, swish, sigmoidQuantize).output(SWISH, 3, 3, 8);

    // merged: RELU
    PlanTensor merged = p.relu("merged", mergedConcat).output(MERGED, 3, 3, 8);

    // hardTanh: RELU_N1_TO_1
    PlanTensor hardTanh = p.reluN1To1("hardTanh", merged).output(HARD_TANH, 3, 3, 8);

    // leakyRelu: LEAKY_RELU
    PlanTensor leakyRelu = p.leakyRelu("leakyRelu", hardTanh, 0.3).output(LEAKY_RELU, 3, 3, 8);

    // alphas: PRELU
    PlanTensor alphas = p.prelu("alphas", leakyRelu).output(ALPHAS, 3, 3, 8);

    // elu: ELU
    PlanTensor elu = p.elu("elu", alphas).output(ELU, 3, 3, 8);

    // hardSigmoid/sum: ADD with RELU6
    PlanTensor hardSigmoidSum = p.addConstant("hardSigmoid/sum", elu, 3)
        .activation(Activation.RELU6)
        .output(HARD_SIGMOID_SUM, 3, 3, 8);

    // hardSigmoid: MUL
    PlanTensor hardSigmoid = p.multiplyConstant("hardSigmoid", hardSigmoidSum, 1.0 / 6).output(HARD_SIGMOID, 3, 3, 8);

    // tanh: TANH
    PlanTensor tanh = p.tanh("tanh", hardSigmoid).output(TANH, 3, 3, 8);

    // exponential: EXP
    PlanTensor exponential = p.exp("exponential", tanh).output(EXPONENTIAL, 3, 3, 8);

    // gelu: GELU
    PlanTensor gelu = p.gelu("gelu", exponential, false).output(GELU, 3, 3, 8);

    // gelu/dequantize: DEQUANTIZE
    PlanTensor geluDequantize = p.dequantize("gelu/dequantize", gelu).floatOutput(3, 3, 8);

    // inFloat: GELU
    PlanTensor inFloat = p.gelu("inFloat", geluDequantize, true).floatOutput(3, 3, 8);

    // inFloat/quantize: QUANTIZE
    PlanTensor inFloatQuantize = p.quantize("inFloat/quantize", inFloat).output(IN_FLOAT_QUANTIZE, 3, 3, 8);

    // unit/flatten: RESHAPE
    PlanTensor unitFlatten = p.reshape("unit/flatten", inFloatQuantize).output(IN_FLOAT_QUANTIZE, 72);

    // unit: L2_NORMALIZATION
    PlanTensor unit = p.l2Normalize("unit", unitFlatten).output(UNIT, 72);

    // logarithms/dense: FULLY_CONNECTED
    PlanTensor logarithmsDense = p.fullyConnected("logarithms/dense", unit).output(LOGARITHMS_DENSE, 4);

    // logarithms: LOG_SOFTMAX
    PlanTensor logarithms = p.logSoftmax("logarithms", logarithmsDense).output(LOGARITHMS, 4);

    // probabilities/dense: FULLY_CONNECTED
    PlanTensor probabilitiesDense = p.fullyConnected("probabilities/dense", unit).output(PROBABILITIES_DENSE, 4);

    // probabilities: SOFTMAX
    PlanTensor probabilities = p.softmax("probabilities", probabilitiesDense).output(PROBABILITIES, 4);

    p.output("logarithms", logarithms);
    p.output("probabilities", probabilities);
  }

  /**
   * Examples for this model: as many of each input and of each output.
   */
  public static final class Data extends ModelExamples<Data> {
    /**
     * Ties inputs and outputs together.
     *
     * @param image for 'image', [8, 8, 3]
     * @param logarithms for 'logarithms', [4]
     * @param probabilities for 'probabilities', [4]
     * @throws dev.detent.runtime.data.DataException if their numbers differ
     */
    public Data(Features image, Targets logarithms, Targets probabilities) {
      super(List.of(image), List.of(logarithms, probabilities));
    }

    @Override
    public Data with(List<Features> inputs, List<Targets> targets) {
      return new Data(inputs.get(0), targets.get(0), targets.get(1));
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
     * Returns 'logarithms': 4 values, [4].
     */
    public float[] logarithms() {
      return values[0];
    }

    /**
     * Returns 'probabilities': 4 values, [4].
     */
    public float[] probabilities() {
      return values[1];
    }
  }
}
