import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
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
  protected void network(NetworkBuilder n) {
    // signal: Input, [16, 3], int8 in one range with first/row and first/padded
    Tensor signal = n.input("signal").output(ActivationRange.learned("signal", 8), 16, 3);

    // first/row: Reshape, [16, 3] -> [1, 16, 3], int8 in the range of signal
    Tensor firstRow = n.reshape("first/row", signal).output(1, 16, 3);

    // first/padded: ZeroPad2D, [1, 16, 3] -> [1, 18, 3], int8 in the range of signal
    Tensor firstPadded = n.zeroPad2d("first/padded", firstRow, 0, 0, 2, 0).output(1, 18, 3);

    // first: Conv2D + BatchNorm + Relu, [1, 18, 3] -> [1, 16, 4], int8 in one range with
    //     second/padded
    Tensor first = n.conv2d("first", firstPadded)
        .kernel(1, 3, 3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("first", 8).nonNegative(), 1, 16, 4);

    // second/padded: ZeroPad2D, [1, 16, 4] -> [1, 20, 4], int8 in the range of first
    Tensor secondPadded = n.zeroPad2d("second/padded", first, 0, 0, 4, 0).output(1, 20, 4);

    // second: Conv2D, [1, 20, 4] -> [1, 16, 4], int8 in one range with third/padded
    Tensor second = n.conv2d("second", secondPadded)
        .kernel(1, 3, 4, 4)
        .dilations(1, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("second", 8), 1, 16, 4);

    // third/padded: ZeroPad2D, [1, 16, 4] -> [1, 18, 4], int8 in the range of second
    Tensor thirdPadded = n.zeroPad2d("third/padded", second, 0, 0, 2, 0).output(1, 18, 4);

    // third/depthwise: DepthwiseConv2D, [1, 18, 4] -> [1, 8, 4], int8
    Tensor thirdDepthwise = n.depthwiseConv2d("third/depthwise", thirdPadded)
        .kernel(1, 3, 4, 1)
        .strides(1, 2)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("third/depthwise", 8), 1, 8, 4);

    // third: Conv2D, [1, 8, 4] -> [1, 8, 4], int8
    Tensor third = n.conv2d("third", thirdDepthwise)
        .kernel(1, 1, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("third", 8), 1, 8, 4);

    // mean: GlobalAveragePool1D, [1, 8, 4] -> [4], int8
    Tensor mean = n.mean("mean", third).axes(1, 2).output(ActivationRange.learned("mean", 8), 4);

    // answer: Dense, [4] -> [2], int8
    Tensor answer = n.fullyConnected("answer", mean)
        .kernel(4, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("answer", 8), 2);

    n.output("answer", answer);
  }
}
