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
 * The network that {@link EveryLayer} declares: 1,048 parameters, 173,196 multiply-accumulates an example.
 *
 * <pre>
 * image          Input                               [32, 24, 3]
 * conv           Conv2D + BatchNorm + Relu6          [16, 24, 8]
 * depthwise      DepthwiseConv2D + BatchNorm + Relu  [12, 20, 16]
 * padded         ZeroPad2D                           [13, 25, 16]
 * largest        MaxPool2D + Relu                    [7, 13, 16]
 * average        AveragePool2D + Relu6               [3, 13, 16]
 * dropped        Dropout                             [3, 13, 16]
 * reshaped       Reshape                             [13, 3, 16]
 * mean           GlobalAveragePool2D                 [1, 1, 16]
 * flat           Flatten                             [16]
 * hidden         Dense + BatchNorm                   [12]
 * positive       Relu                                [12]
 * more           Dense                               [12]
 * bounded        Relu6                               [12]
 * logits         Dense                               [5]
 * probabilities  Softmax                             [5]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class EveryLayerModel extends DetentModel<Dataset> {
  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);

  /**
   * conv.
   */
  private static final ActivationRange CONV = ActivationRange.learned("conv", 8).nonNegative().atMost(6);

  /**
   * depthwise, padded, largest, average, dropped, reshaped.
   */
  private static final ActivationRange DEPTHWISE = ActivationRange.learned("depthwise", 8).nonNegative();

  /**
   * mean, flat.
   */
  private static final ActivationRange MEAN = ActivationRange.learned("mean", 8).nonNegative().atMost(6);

  /**
   * hidden.
   */
  private static final ActivationRange HIDDEN = ActivationRange.learned("hidden", 8);

  /**
   * positive.
   */
  private static final ActivationRange POSITIVE = ActivationRange.learned("positive", 8).nonNegative();

  /**
   * more.
   */
  private static final ActivationRange MORE = ActivationRange.learned("more", 8);

  /**
   * bounded.
   */
  private static final ActivationRange BOUNDED = ActivationRange.learned("bounded", 8).nonNegative().atMost(6);

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  /**
   * probabilities.
   */
  private static final ActivationRange PROBABILITIES = ActivationRange.fixed("probabilities", 8, 1.0 / 256, -128);

  private static final ModelSpec SPEC = ModelSpec.builder("EveryLayer")
      .input("image", 32, 24, 3)
      .layer("conv", "Conv2D + BatchNorm + Relu6", 400, 138_240, 16, 24, 8)
      .layer("depthwise", "DepthwiseConv2D + BatchNorm + Relu", 192, 34_560, 12, 20, 16)
      .layer("padded", "ZeroPad2D", 0, 0, 13, 25, 16)
      .layer("largest", "MaxPool2D + Relu", 0, 0, 7, 13, 16)
      .layer("average", "AveragePool2D + Relu6", 0, 0, 3, 13, 16)
      .layer("dropped", "Dropout", 0, 0, 3, 13, 16)
      .layer("reshaped", "Reshape", 0, 0, 13, 3, 16)
      .layer("mean", "GlobalAveragePool2D", 0, 0, 1, 1, 16)
      .layer("flat", "Flatten", 0, 0, 16)
      .layer("hidden", "Dense + BatchNorm", 240, 192, 12)
      .layer("positive", "Relu", 0, 0, 12)
      .layer("more", "Dense", 156, 144, 12)
      .layer("bounded", "Relu6", 0, 0, 12)
      .layer("logits", "Dense", 60, 60, 5)
      .layer("probabilities", "Softmax", 0, 0, 5)
      .output("probabilities", 5)
      .build();

  private EveryLayerModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static EveryLayerModel create(long seed) {
    return new EveryLayerModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 2,304 values, [32, 24, 3]
   * @return probabilities: 5 values, [5]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void graph(GraphBuilder g) {
    // image: Input, [32, 24, 3]
    //   output int8 in range IMAGE
    LayerTensor image = g.input("image", 32, 24, 3).output(IMAGE);

    // conv: Conv2D + BatchNorm + Relu6, [32, 24, 3] -> [16, 24, 8]
    //   kernel [3, 5, 3, 8], int8 per channel; output int8 in range CONV
    LayerTensor conv = g.conv2d("conv", image)
        .kernel(3, 5, 3, 8)
        .strides(2, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.HE_NORMAL)
        .kernelL2(1e-4)
        .bias(Initializer.ONES)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.9, 1e-5)
        .activation(Activation.RELU6)
        .output(CONV);

    // depthwise: DepthwiseConv2D + BatchNorm + Relu, [16, 24, 8] -> [12, 20, 16]
    //   kernel [3, 3, 8, 2], int8 per channel; output int8 in range DEPTHWISE
    LayerTensor depthwise = g.depthwiseConv2d("depthwise", conv)
        .kernel(3, 3, 8, 2)
        .strides(1, 1)
        .dilations(2, 2)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.LECUN_UNIFORM)
        .kernelL2(0.5)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001, false, true)
        .activation(Activation.RELU)
        .output(DEPTHWISE);

    // padded: ZeroPad2D, [12, 20, 16] -> [13, 25, 16]
    //   output int8 in range DEPTHWISE
    LayerTensor padded = g.zeroPad2d("padded", depthwise, 1, 0, 2, 3);

    // largest: MaxPool2D + Relu, [13, 25, 16] -> [7, 13, 16]
    //   output int8 in range DEPTHWISE
    LayerTensor largest = g.maxPool2d("largest", padded)
        .poolSize(3, 3)
        .strides(2, 2)
        .padding(Padding.SAME)
        .activation(Activation.RELU)
        .output(DEPTHWISE);

    // average: AveragePool2D + Relu6, [7, 13, 16] -> [3, 13, 16]
    //   output int8 in range DEPTHWISE
    LayerTensor average = g.averagePool2d("average", largest)
        .poolSize(2, 1)
        .strides(2, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU6)
        .output(DEPTHWISE);

    // dropped: Dropout, [3, 13, 16] -> [3, 13, 16]
    //   output int8 in range DEPTHWISE
    LayerTensor dropped = g.dropout("dropped", average, 0.25);

    // reshaped: Reshape, [3, 13, 16] -> [13, 3, 16]
    //   output int8 in range DEPTHWISE
    LayerTensor reshaped = g.reshape("reshaped", dropped, 13, 3, 16);

    // mean: GlobalAveragePool2D, [13, 3, 16] -> [1, 1, 16]
    //   output int8 in range MEAN
    LayerTensor mean = g.globalAveragePool2d("mean", reshaped)
        .keepDims(true)
        .output(MEAN);

    // flat: Flatten, [1, 1, 16] -> [16]
    //   output int8 in range MEAN
    LayerTensor flat = g.reshape("flat", mean, 16);

    // hidden: Dense + BatchNorm, [16] -> [12]
    //   kernel [16, 12], int8 per tensor; output int8 in range HIDDEN
    LayerTensor hidden = g.dense("hidden", flat)
        .kernel(16, 12)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .batchNorm(0.99, 0.001, true, false)
        .output(HIDDEN);

    // positive: Relu, [12] -> [12]
    //   output int8 in range POSITIVE
    LayerTensor positive = g.relu("positive", hidden).output(POSITIVE);

    // more: Dense, [12] -> [12]
    //   kernel [12, 12], int8 per tensor; output int8 in range MORE
    LayerTensor more = g.dense("more", positive)
        .kernel(12, 12)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(MORE);

    // bounded: Relu6, [12] -> [12]
    //   output int8 in range BOUNDED
    LayerTensor bounded = g.relu6("bounded", more).output(BOUNDED);

    // logits: Dense, [12] -> [5]
    //   kernel [12, 5], int8 per tensor; output int8 in range LOGITS
    LayerTensor logits = g.dense("logits", bounded)
        .kernel(12, 5)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .kernelL2(0.001)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGITS);

    // probabilities: Softmax, [5] -> [5]
    //   output int8 in range PROBABILITIES
    LayerTensor probabilities = g.softmax("probabilities", logits).output(PROBABILITIES);

    g.output("probabilities", probabilities);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 32, 24, 3).output(IMAGE);

    // conv: CONV_2D with RELU6; the batch norm is in its weights
    PlanTensor conv = p.conv2d("conv", image)
        .strides(2, 1)
        .padding(Padding.SAME)
        .activation(Activation.RELU6)
        .output(CONV, 16, 24, 8);

    // depthwise: DEPTHWISE_CONV_2D with RELU; the batch norm is in its weights
    PlanTensor depthwise = p.depthwiseConv2d("depthwise", conv)
        .strides(1, 1)
        .dilations(2, 2)
        .padding(Padding.VALID)
        .depthMultiplier(2)
        .activation(Activation.RELU)
        .output(DEPTHWISE, 12, 20, 16);

    // padded: PAD
    PlanTensor padded = p.pad("padded", depthwise)
        .paddings(1, 0, 2, 3)
        .output(DEPTHWISE, 13, 25, 16);

    // largest: MAX_POOL_2D with RELU
    PlanTensor largest = p.maxPool2d("largest", padded)
        .poolSize(3, 3)
        .strides(2, 2)
        .padding(Padding.SAME)
        .activation(Activation.RELU)
        .output(DEPTHWISE, 7, 13, 16);

    // average: AVERAGE_POOL_2D with RELU6
    PlanTensor average = p.averagePool2d("average", largest)
        .poolSize(2, 1)
        .strides(2, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU6)
        .output(DEPTHWISE, 3, 13, 16);

    // dropped: its input: the deployed model drops nothing
    PlanTensor dropped = p.alias("dropped", average);

    // reshaped: RESHAPE
    PlanTensor reshaped = p.reshape("reshaped", dropped).output(DEPTHWISE, 13, 3, 16);

    // mean: MEAN
    PlanTensor mean = p.mean("mean", reshaped)
        .axes(1, 2)
        .keepDims(true)
        .output(MEAN, 1, 1, 16);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", mean).output(MEAN, 16);

    // hidden: FULLY_CONNECTED; the batch norm is in its weights
    PlanTensor hidden = p.fullyConnected("hidden", flat).output(HIDDEN, 12);

    // positive: RELU
    PlanTensor positive = p.relu("positive", hidden).output(POSITIVE, 12);

    // more: FULLY_CONNECTED
    PlanTensor more = p.fullyConnected("more", positive).output(MORE, 12);

    // bounded: RELU6
    PlanTensor bounded = p.relu6("bounded", more).output(BOUNDED, 12);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", bounded).output(LOGITS, 5);

    // probabilities: SOFTMAX
    PlanTensor probabilities = p.softmax("probabilities", logits).output(PROBABILITIES, 5);

    p.output("probabilities", probabilities);
  }
}
