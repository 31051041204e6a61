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
 * The network that {@link Causal} declares: 150 parameters, 1,576 multiply-accumulates an example.
 *
 * <pre>
 * signal  Input                      [16, 3]
 * first   Conv1D + BatchNorm + Relu  [16, 4]
 * second  Conv1D                     [16, 4]
 * third   SeparableConv1D            [8, 4]
 * mean    GlobalAveragePool1D        [4]
 * answer  Dense                      [2]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class CausalModel extends DetentModel<Dataset> {
  /**
   * signal, first/row, first/padded.
   */
  private static final ActivationRange SIGNAL = ActivationRange.learned("signal", 8);

  /**
   * first, second/padded.
   */
  private static final ActivationRange FIRST = ActivationRange.learned("first", 8).nonNegative();

  /**
   * second, third/padded.
   */
  private static final ActivationRange SECOND = ActivationRange.learned("second", 8);

  /**
   * third/depthwise.
   */
  private static final ActivationRange THIRD_DEPTHWISE = ActivationRange.learned("third/depthwise", 8);

  /**
   * third.
   */
  private static final ActivationRange THIRD = ActivationRange.learned("third", 8);

  /**
   * mean.
   */
  private static final ActivationRange MEAN = ActivationRange.learned("mean", 8);

  /**
   * answer.
   */
  private static final ActivationRange ANSWER = ActivationRange.learned("answer", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("Causal")
      .input("signal", 16, 3)
      .layer("first", "Conv1D + BatchNorm + Relu", 56, 576, 16, 4)
      .layer("second", "Conv1D", 52, 768, 16, 4)
      .layer("third", "SeparableConv1D", 32, 224, 8, 4)
      .layer("mean", "GlobalAveragePool1D", 0, 0, 4)
      .layer("answer", "Dense", 10, 8, 2)
      .output("answer", 2)
      .build();

  private CausalModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static CausalModel create(long seed) {
    return new CausalModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param signal 48 values, [16, 3]
   * @return answer: 2 values, [2]
   */
  float[] predict(float[] signal) {
    return run(signal)[0];
  }

  @Override
  protected void graph(GraphBuilder g) {
    // signal: Input, [16, 3]
    //   output int8 in range SIGNAL
    LayerTensor signal = g.input("signal", 16, 3).output(SIGNAL);

    // first/row: Reshape, [16, 3] -> [1, 16, 3]
    //   output int8 in range SIGNAL
    LayerTensor firstRow = g.reshape("first/row", signal, 1, 16, 3);

    // first/padded: ZeroPad2D, [1, 16, 3] -> [1, 18, 3]
    //   output int8 in range SIGNAL
    LayerTensor firstPadded = g.zeroPad2d("first/padded", firstRow, 0, 0, 2, 0);

    // first: Conv2D + BatchNorm + Relu, [1, 18, 3] -> [1, 16, 4]
    //   kernel [1, 3, 3, 4], int8 per channel; output int8 in range FIRST
    LayerTensor first = g.conv2d("first", firstPadded)
        .kernel(1, 3, 3, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(FIRST);

    // second/padded: ZeroPad2D, [1, 16, 4] -> [1, 20, 4]
    //   output int8 in range FIRST
    LayerTensor secondPadded = g.zeroPad2d("second/padded", first, 0, 0, 4, 0);

    // second: Conv2D, [1, 20, 4] -> [1, 16, 4]
    //   kernel [1, 3, 4, 4], int8 per channel; output int8 in range SECOND
    LayerTensor second = g.conv2d("second", secondPadded)
        .kernel(1, 3, 4, 4)
        .strides(1, 1)
        .dilations(1, 2)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(SECOND);

    // third/padded: ZeroPad2D, [1, 16, 4] -> [1, 18, 4]
    //   output int8 in range SECOND
    LayerTensor thirdPadded = g.zeroPad2d("third/padded", second, 0, 0, 2, 0);

    // third/depthwise: DepthwiseConv2D, [1, 18, 4] -> [1, 8, 4]
    //   kernel [1, 3, 4, 1], int8 per channel; output int8 in range THIRD_DEPTHWISE
    LayerTensor thirdDepthwise = g.depthwiseConv2d("third/depthwise", thirdPadded)
        .kernel(1, 3, 4, 1)
        .strides(1, 2)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(THIRD_DEPTHWISE);

    // third: Conv2D, [1, 8, 4] -> [1, 8, 4]
    //   kernel [1, 1, 4, 4], int8 per channel; output int8 in range THIRD
    LayerTensor third = g.conv2d("third", thirdDepthwise)
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(THIRD);

    // mean: GlobalAveragePool1D, [1, 8, 4] -> [4]
    //   output int8 in range MEAN
    LayerTensor mean = g.globalAveragePool2d("mean", third)
        .keepDims(false)
        .output(MEAN);

    // answer: Dense, [4] -> [2]
    //   kernel [4, 2], int8 per tensor; output int8 in range ANSWER
    LayerTensor answer = g.dense("answer", mean)
        .kernel(4, 2)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ANSWER);

    g.output("answer", answer);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // signal: input
    PlanTensor signal = p.input("signal", 16, 3).output(SIGNAL);

    // first/row: RESHAPE
    PlanTensor firstRow = p.reshape("first/row", signal).output(SIGNAL, 1, 16, 3);

    // first/padded: PAD
    PlanTensor firstPadded = p.pad("first/padded", firstRow)
        .paddings(0, 0, 2, 0)
        .output(SIGNAL, 1, 18, 3);

    // first: CONV_2D with RELU; the batch norm is in its weights
    PlanTensor first = p.conv2d("first", firstPadded)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(FIRST, 1, 16, 4);

    // second/padded: PAD
    PlanTensor secondPadded = p.pad("second/padded", first)
        .paddings(0, 0, 4, 0)
        .output(FIRST, 1, 20, 4);

    // second: CONV_2D
    PlanTensor second = p.conv2d("second", secondPadded)
        .strides(1, 1)
        .dilations(1, 2)
        .padding(Padding.VALID)
        .output(SECOND, 1, 16, 4);

    // third/padded: PAD
    PlanTensor thirdPadded = p.pad("third/padded", second)
        .paddings(0, 0, 2, 0)
        .output(SECOND, 1, 18, 4);

    // third/depthwise: DEPTHWISE_CONV_2D
    PlanTensor thirdDepthwise = p.depthwiseConv2d("third/depthwise", thirdPadded)
        .strides(1, 2)
        .padding(Padding.VALID)
        .output(THIRD_DEPTHWISE, 1, 8, 4);

    // third: CONV_2D
    PlanTensor third = p.conv2d("third", thirdDepthwise)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(THIRD, 1, 8, 4);

    // mean: MEAN
    PlanTensor mean = p.mean("mean", third)
        .axes(1, 2)
        .keepDims(false)
        .output(MEAN, 4);

    // answer: FULLY_CONNECTED
    PlanTensor answer = p.fullyConnected("answer", mean).output(ANSWER, 2);

    p.output("answer", answer);
  }
}
