import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.codegen.ModelExamples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
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
 * softplus       Softplus                            [3, 3, 8]
 * selu           Selu                                [3, 3, 8]
 * mish           Mish                                [3, 3, 8]
 * thresholded    ThresholdedRelu                     [3, 3, 8]
 * gelu           Gelu                                [3, 3, 8]
 * inFloat        Gelu                                [3, 3, 8]
 * unit           Flatten + L2Normalize               [72]
 * logarithms     Dense + LogSoftmax                  [4]
 * probabilities  Dense + Softmax                     [4]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class NonlinearModel extends DetentModel<NonlinearModel.Data> {
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
      .layer("softplus", "Softplus", 0, 0, 3, 3, 8)
      .layer("selu", "Selu", 0, 0, 3, 3, 8)
      .layer("mish", "Mish", 0, 0, 3, 3, 8)
      .layer("thresholded", "ThresholdedRelu", 0, 0, 3, 3, 8)
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
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 3], int8
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 8, 8, 3);

    // six: Conv2D + Relu, [8, 8, 3] -> [6, 6, 4], int8
    Tensor six = n.conv2d("six", image)
        .kernel(3, 3, 3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU6)
        .output(ActivationRange.learned("six", 8).nonNegative().atMost(6), 6, 6, 4);

    // one: Conv2D + HardTanh, [6, 6, 4] -> [6, 6, 4], int8
    Tensor one = n.conv2d("one", six)
        .kernel(1, 1, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU_N1_TO_1)
        .output(ActivationRange.learned("one", 8).atMost(1), 6, 6, 4);

    // hardSwish/conv2d: CONV_2D of Conv2D + BatchNorm + HardSwish, [6, 6, 4] -> [6, 6, 4], int8
    Tensor hardSwishConv2d = n.conv2d("hardSwish/conv2d", one)
        .weights("hardSwish")
        .kernel(1, 1, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .output(ActivationRange.learned("hardSwish/conv2d", 8), 6, 6, 4);

    // hardSwish: HardSwish, [6, 6, 4] -> [6, 6, 4], int8
    Tensor hardSwish = n.unary("hardSwish", UnaryKind.HARD_SWISH, hardSwishConv2d)
        .output(ActivationRange.learned("hardSwish", 8), 6, 6, 4);

    // splitSwish/depthwiseConv2d: DEPTHWISE_CONV_2D of DepthwiseConv2D + HardSwish, [6, 6, 4] ->
    //     [6, 6, 4], int8
    Tensor splitSwishDepthwiseConv2d = n.depthwiseConv2d("splitSwish/depthwiseConv2d", hardSwish)
        .weights("splitSwish")
        .kernel(1, 1, 4, 1)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("splitSwish/depthwiseConv2d", 8), 6, 6, 4);

    // splitSwish/gate/sum: ADD of HardSwish, [6, 6, 4] -> [6, 6, 4], int8
    Tensor splitSwishGateSum = n.addConstant("splitSwish/gate/sum", splitSwishDepthwiseConv2d, 3)
        .activation(Activation.RELU6)
        .output(ActivationRange.fixed("splitSwish/gate/sum", 8, 0.023622047244094488, -128), 6, 6, 4);

    // splitSwish/gate: MUL of HardSwish, [6, 6, 4] -> [6, 6, 4], int8
    Tensor splitSwishGate = n.multiplyConstant("splitSwish/gate", splitSwishGateSum, 1.0 / 6)
        .output(ActivationRange.fixed("splitSwish/gate", 8, 1.0 / 254, -128), 6, 6, 4);

    // splitSwish: HardSwish, [6, 6, 4] -> [6, 6, 4], int8
    Tensor splitSwish = n.multiply("splitSwish", splitSwishDepthwiseConv2d, splitSwishGate)
        .output(ActivationRange.learned("splitSwish", 8), 6, 6, 4);

    // bound/depthwiseConv2d: DEPTHWISE_CONV_2D of DepthwiseConv2D + BatchNorm + Relu, [6, 6, 4] ->
    //     [6, 6, 4], int8 in one range with bound
    Tensor boundDepthwiseConv2d = n.depthwiseConv2d("bound/depthwiseConv2d", splitSwish)
        .weights("bound")
        .kernel(1, 1, 4, 1)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001, false, true)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("bound/depthwiseConv2d", 8).nonNegative().atMost(3.5), 6, 6, 4);

    // bound: Relu, [6, 6, 4] -> [6, 6, 4], int8 in the range of bound/depthwiseConv2d
    Tensor bound = n.minimum("bound", boundDepthwiseConv2d, 3.5)
        .output(boundDepthwiseConv2d.range(), 6, 6, 4);

    // ceiling/depthwiseConv2d: DEPTHWISE_CONV_2D of DepthwiseConv2D + Relu, [6, 6, 4] -> [6, 6, 4],
    //     int8 in one range with ceiling
    Tensor ceilingDepthwiseConv2d = n.depthwiseConv2d("ceiling/depthwiseConv2d", bound)
        .weights("ceiling")
        .kernel(1, 1, 4, 1)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("ceiling/depthwiseConv2d", 8).nonNegative().atMost(2.5), 6, 6, 4);

    // ceiling: Relu, [6, 6, 4] -> [6, 6, 4], int8 in the range of ceiling/depthwiseConv2d
    Tensor ceiling = n.minimum("ceiling", ceilingDepthwiseConv2d, 2.5)
        .output(ceilingDepthwiseConv2d.range(), 6, 6, 4);

    // slope/conv2d: CONV_2D of Conv2D + Relu, [6, 6, 4] -> [6, 6, 4], int8
    Tensor slopeConv2d = n.conv2d("slope/conv2d", ceiling)
        .weights("slope")
        .kernel(1, 1, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("slope/conv2d", 8), 6, 6, 4);

    // slope/relu: LEAKY_RELU of Relu, [6, 6, 4] -> [6, 6, 4], int8 in one range with slope
    Tensor slopeRelu = n.leakyRelu("slope/relu", slopeConv2d, 0.1)
        .output(ActivationRange.learned("slope/relu", 8).atMost(20), 6, 6, 4);

    // slope: Relu, [6, 6, 4] -> [6, 6, 4], int8 in the range of slope/relu
    Tensor slope = n.minimum("slope", slopeRelu, 20.0).output(slopeRelu.range(), 6, 6, 4);

    // prelu/conv2d: CONV_2D of Conv2D + BatchNorm + PRelu, [6, 6, 4] -> [6, 6, 4], int8
    Tensor preluConv2d = n.conv2d("prelu/conv2d", slope)
        .weights("prelu")
        .kernel(1, 1, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .output(ActivationRange.learned("prelu/conv2d", 8), 6, 6, 4);

    // prelu: PRelu, [6, 6, 4] -> [6, 6, 4], int8 in one range with sigmoid/maxPool2d
    Tensor prelu = n.prelu("prelu", preluConv2d)
        .alpha(1, 1, 4)
        .quantizeAlpha(8)
        .output(ActivationRange.learned("prelu", 8), 6, 6, 4);

    // sigmoid/maxPool2d: MAX_POOL_2D of MaxPool2D + Sigmoid, [6, 6, 4] -> [3, 3, 4], int8 in the
    //     range of prelu
    Tensor sigmoidMaxPool2d = n.maxPool2d("sigmoid/maxPool2d", prelu)
        .poolSize(2, 2)
        .output(prelu.range(), 3, 3, 4);

    // sigmoid: Sigmoid, [3, 3, 4] -> [3, 3, 4], int8
    Tensor sigmoid = n.unary("sigmoid", UnaryKind.LOGISTIC, sigmoidMaxPool2d)
        .output(ActivationRange.fixed("sigmoid", 8, 1.0 / 256, -128), 3, 3, 4);

    // swish/add: ADD of Add + Swish, [3, 3, 4] -> [3, 3, 4], int8
    Tensor swishAdd = n.add("swish/add", sigmoid, sigmoid)
        .output(ActivationRange.learned("swish/add", 8).nonNegative(), 3, 3, 4);

    // swish/sigmoid: LOGISTIC of Swish, [3, 3, 4] -> [3, 3, 4], int8
    Tensor swishSigmoid = n.unary("swish/sigmoid", UnaryKind.LOGISTIC, swishAdd)
        .output(ActivationRange.fixed("swish/sigmoid", 8, 1.0 / 256, -128), 3, 3, 4);

    // swish: Swish, [3, 3, 4] -> [3, 3, 4], int8 in one range with sigmoid/quantize and
    //     merged/concat
    Tensor swish = n.multiply("swish", swishAdd, swishSigmoid)
        .output(ActivationRange.learned("swish", 8), 3, 3, 4);

    // sigmoid/quantize: QUANTIZE, [3, 3, 4] -> [3, 3, 4], int8 in the range of swish
    Tensor sigmoidQuantize = n.quantize("sigmoid/quantize", sigmoid).output(swish.range(), 3, 3, 4);

    // merged/concat: CONCATENATION of Concat + Relu, [3, 3, 4] -> [3, 3, 8], int8 in the range of
    //     swish
    Tensor mergedConcat = n.concatenation("merged/concat", 3, swish, sigmoidQuantize)
        .output(swish.range(), 3, 3, 8);

    // merged: Relu, [3, 3, 8] -> [3, 3, 8], int8
    Tensor merged = n.unary("merged", UnaryKind.RELU, mergedConcat)
        .output(ActivationRange.learned("merged", 8).nonNegative(), 3, 3, 8);

    // hardTanh: HardTanh, [3, 3, 8] -> [3, 3, 8], int8
    Tensor hardTanh = n.unary("hardTanh", UnaryKind.RELU_N1_TO_1, merged)
        .output(ActivationRange.learned("hardTanh", 8).atMost(1), 3, 3, 8);

    // leakyRelu: LeakyRelu, [3, 3, 8] -> [3, 3, 8], int8
    Tensor leakyRelu = n.leakyRelu("leakyRelu", hardTanh, 0.3)
        .output(ActivationRange.learned("leakyRelu", 8), 3, 3, 8);

    // alphas: PRelu, [3, 3, 8] -> [3, 3, 8], int8
    Tensor alphas = n.prelu("alphas", leakyRelu)
        .alpha(3, 3, 8)
        .alphaInitializer(Initializer.ONES)
        .quantizeAlpha(8)
        .output(ActivationRange.learned("alphas", 8), 3, 3, 8);

    // elu: Elu, [3, 3, 8] -> [3, 3, 8], int8
    Tensor elu = n.unary("elu", UnaryKind.ELU, alphas)
        .output(ActivationRange.learned("elu", 8), 3, 3, 8);

    // hardSigmoid/sum: ADD of HardSigmoid, [3, 3, 8] -> [3, 3, 8], int8
    Tensor hardSigmoidSum = n.addConstant("hardSigmoid/sum", elu, 3)
        .activation(Activation.RELU6)
        .output(ActivationRange.fixed("hardSigmoid/sum", 8, 0.023622047244094488, -128), 3, 3, 8);

    // hardSigmoid: HardSigmoid, [3, 3, 8] -> [3, 3, 8], int8
    Tensor hardSigmoid = n.multiplyConstant("hardSigmoid", hardSigmoidSum, 1.0 / 6)
        .output(ActivationRange.fixed("hardSigmoid", 8, 1.0 / 254, -128), 3, 3, 8);

    // tanh: Tanh, [3, 3, 8] -> [3, 3, 8], int8
    Tensor tanh = n.unary("tanh", UnaryKind.TANH, hardSigmoid)
        .output(ActivationRange.fixed("tanh", 8, 1.0 / 128, 0), 3, 3, 8);

    // exponential: Exponential, [3, 3, 8] -> [3, 3, 8], int8
    Tensor exponential = n.unary("exponential", UnaryKind.EXP, tanh)
        .output(ActivationRange.learned("exponential", 8).nonNegative(), 3, 3, 8);

    // softplus/relu: RELU of Softplus, [3, 3, 8] -> [3, 3, 8], int8
    Tensor softplusRelu = n.unary("softplus/relu", UnaryKind.RELU, exponential)
        .output(ActivationRange.learned("softplus/relu", 8).nonNegative(), 3, 3, 8);

    // softplus/below: SUB of Softplus, [3, 3, 8] -> [3, 3, 8], int8
    Tensor softplusBelow = n.subtract("softplus/below", exponential, softplusRelu)
        .output(ActivationRange.learned("softplus/below", 8), 3, 3, 8);

    // softplus/abs: SUB of Softplus, [3, 3, 8] -> [3, 3, 8], int8
    Tensor softplusAbs = n.subtract("softplus/abs", softplusRelu, softplusBelow)
        .output(ActivationRange.learned("softplus/abs", 8), 3, 3, 8);

    // softplus/sigmoid: LOGISTIC of Softplus, [3, 3, 8] -> [3, 3, 8], int8
    Tensor softplusSigmoid = n.unary("softplus/sigmoid", UnaryKind.LOGISTIC, softplusAbs)
        .output(ActivationRange.fixed("softplus/sigmoid", 8, 1.0 / 256, -128), 3, 3, 8);

    // softplus/log: LOG of Softplus, [3, 3, 8] -> [3, 3, 8], int8
    Tensor softplusLog = n.unary("softplus/log", UnaryKind.LOG, softplusSigmoid)
        .output(ActivationRange.learned("softplus/log", 8), 3, 3, 8);

    // softplus: Softplus, [3, 3, 8] -> [3, 3, 8], int8
    Tensor softplus = n.subtract("softplus", softplusRelu, softplusLog)
        .output(ActivationRange.learned("softplus", 8), 3, 3, 8);

    // selu/elu: ELU of Selu, [3, 3, 8] -> [3, 3, 8], int8
    Tensor seluElu = n.unary("selu/elu", UnaryKind.ELU, softplus)
        .output(ActivationRange.learned("selu/elu", 8), 3, 3, 8);

    // selu/leakyRelu: LEAKY_RELU of Selu, [3, 3, 8] -> [3, 3, 8], int8
    Tensor seluLeakyRelu = n.leakyRelu("selu/leakyRelu", seluElu, 1.6732632423543772)
        .output(ActivationRange.learned("selu/leakyRelu", 8), 3, 3, 8);

    // selu: Selu, [3, 3, 8] -> [3, 3, 8], int8
    Tensor selu = n.multiplyConstant("selu", seluLeakyRelu, 1.0507009873554805)
        .output(ActivationRange.learned("selu", 8), 3, 3, 8);

    // mish/relu: RELU of Mish, [3, 3, 8] -> [3, 3, 8], int8
    Tensor mishRelu = n.unary("mish/relu", UnaryKind.RELU, selu)
        .output(ActivationRange.learned("mish/relu", 8).nonNegative(), 3, 3, 8);

    // mish/below: SUB of Mish, [3, 3, 8] -> [3, 3, 8], int8
    Tensor mishBelow = n.subtract("mish/below", selu, mishRelu)
        .output(ActivationRange.learned("mish/below", 8), 3, 3, 8);

    // mish/abs: SUB of Mish, [3, 3, 8] -> [3, 3, 8], int8
    Tensor mishAbs = n.subtract("mish/abs", mishRelu, mishBelow)
        .output(ActivationRange.learned("mish/abs", 8), 3, 3, 8);

    // mish/sigmoid: LOGISTIC of Mish, [3, 3, 8] -> [3, 3, 8], int8
    Tensor mishSigmoid = n.unary("mish/sigmoid", UnaryKind.LOGISTIC, mishAbs)
        .output(ActivationRange.fixed("mish/sigmoid", 8, 1.0 / 256, -128), 3, 3, 8);

    // mish/log: LOG of Mish, [3, 3, 8] -> [3, 3, 8], int8
    Tensor mishLog = n.unary("mish/log", UnaryKind.LOG, mishSigmoid)
        .output(ActivationRange.learned("mish/log", 8), 3, 3, 8);

    // mish/softplus: SUB of Mish, [3, 3, 8] -> [3, 3, 8], int8
    Tensor mishSoftplus = n.subtract("mish/softplus", mishLog, mishRelu)
        .output(ActivationRange.learned("mish/softplus", 8), 3, 3, 8);

    // mish/tanh: TANH of Mish, [3, 3, 8] -> [3, 3, 8], int8
    Tensor mishTanh = n.unary("mish/tanh", UnaryKind.TANH, mishSoftplus)
        .output(ActivationRange.fixed("mish/tanh", 8, 1.0 / 128, 0), 3, 3, 8);

    // mish/negative: MUL of Mish, [3, 3, 8] -> [3, 3, 8], int8
    Tensor mishNegative = n.multiplyConstant("mish/negative", selu, -1.0)
        .output(ActivationRange.learned("mish/negative", 8), 3, 3, 8);

    // mish: Mish, [3, 3, 8] -> [3, 3, 8], int8 in one range with thresholded
    Tensor mish = n.multiply("mish", mishNegative, mishTanh)
        .output(ActivationRange.learned("mish", 8), 3, 3, 8);

    // thresholded: ThresholdedRelu, [3, 3, 8] -> [3, 3, 8], int8 in the range of mish
    Tensor thresholded = n.thresholdedRelu("thresholded", mish, 0.25).output(3, 3, 8);

    // gelu: Gelu, [3, 3, 8] -> [3, 3, 8], int8
    Tensor gelu = n.unary("gelu", UnaryKind.GELU, thresholded)
        .output(ActivationRange.learned("gelu", 8), 3, 3, 8);

    // gelu/dequantize: DEQUANTIZE, [3, 3, 8] -> [3, 3, 8], float
    Tensor geluDequantize = n.dequantize("gelu/dequantize", gelu).output(3, 3, 8);

    // inFloat: Gelu, [3, 3, 8] -> [3, 3, 8], float
    Tensor inFloat = n.unary("inFloat", UnaryKind.APPROXIMATE_GELU, geluDequantize).output(3, 3, 8);

    // inFloat/quantize: QUANTIZE, [3, 3, 8] -> [3, 3, 8], int8 in one range with unit/flatten
    Tensor inFloatQuantize = n.quantize("inFloat/quantize", inFloat)
        .output(ActivationRange.learned("inFloat/quantize", 8), 3, 3, 8);

    // unit/flatten: RESHAPE of Flatten + L2Normalize, [3, 3, 8] -> [72], int8 in the range of
    //     inFloat/quantize
    Tensor unitFlatten = n.reshape("unit/flatten", inFloatQuantize).output(72);

    // unit: L2Normalize, [72] -> [72], int8
    Tensor unit = n.unary("unit", UnaryKind.L2_NORMALIZATION, unitFlatten)
        .output(ActivationRange.fixed("unit", 8, 1.0 / 128, 0), 72);

    // logarithms/dense: FULLY_CONNECTED of Dense + LogSoftmax, [72] -> [4], int8
    Tensor logarithmsDense = n.fullyConnected("logarithms/dense", unit)
        .weights("logarithms")
        .kernel(72, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logarithms/dense", 8), 4);

    // logarithms: LogSoftmax, [4] -> [4], int8
    Tensor logarithms = n.unary("logarithms", UnaryKind.LOG_SOFTMAX, logarithmsDense)
        .output(ActivationRange.fixed("logarithms", 8, 1.0 / 16, 127), 4);

    // probabilities/dense: FULLY_CONNECTED of Dense + Softmax, [72] -> [4], int8
    Tensor probabilitiesDense = n.fullyConnected("probabilities/dense", unit)
        .weights("probabilities")
        .kernel(72, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("probabilities/dense", 8), 4);

    // probabilities: Softmax, [4] -> [4], int8
    Tensor probabilities = n.softmax("probabilities", probabilitiesDense)
        .output(ActivationRange.fixed("probabilities", 8, 1.0 / 256, -128), 4);

    n.output("logarithms", logarithms);
    n.output("probabilities", probabilities);
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
