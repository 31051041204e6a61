import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Signals} declares: 248 parameters, 2,628 multiply-accumulates an example.
 *
 * <pre>
 * signal     Input                                [12, 3]
 * channels   DepthwiseConv1D + BatchNorm + Relu   [6, 6]
 * dilated    DepthwiseConv1D                      [6, 6]
 * twice      UpSample1D                           [12, 6]
 * thrice     UpSample1D                           [18, 6]
 * longer     Conv1DTranspose + BatchNorm + Relu6  [38, 4]
 * threefold  Conv1DTranspose                      [36, 4]
 * first      GlobalAveragePool1D                  [4]
 * second     GlobalMaxPool1D                      [4]
 * sum        Add                                  [4]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class SignalsModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Signals")
      .input("signal", 12, 3)
      .layer("channels", "DepthwiseConv1D + BatchNorm + Relu", 42, 108, 6, 6)
      .layer("dilated", "DepthwiseConv1D", 18, 72, 6, 6)
      .layer("twice", "UpSample1D", 0, 0, 12, 6)
      .layer("thrice", "UpSample1D", 0, 0, 18, 6)
      .layer("longer", "Conv1DTranspose + BatchNorm + Relu6", 92, 1296, 38, 4)
      .layer("threefold", "Conv1DTranspose", 96, 1152, 36, 4)
      .layer("first", "GlobalAveragePool1D", 0, 0, 4)
      .layer("second", "GlobalMaxPool1D", 0, 0, 4)
      .layer("sum", "Add", 0, 0, 4)
      .output("sum", 4)
      .build();

  private SignalsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static SignalsModel create(long seed) {
    return new SignalsModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param signal 36 values, [12, 3]
   * @return sum: 4 values, [4]
   */
  float[] predict(float[] signal) {
    return run(signal)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // signal: Input, [12, 3], int8 in one range with channels/row and channels/padded
    Tensor signal = n.input("signal").output(ActivationRange.learned("signal", 8), 12, 3);

    // channels/row: Reshape, [12, 3] -> [1, 12, 3], int8 in the range of signal
    Tensor channelsRow = n.reshape("channels/row", signal).output(1, 12, 3);

    // channels/padded: ZeroPad2D, [1, 12, 3] -> [1, 14, 3], int8 in the range of signal
    Tensor channelsPadded = n.zeroPad2d("channels/padded", channelsRow, 0, 0, 2, 0)
        .output(1, 14, 3);

    // channels: DepthwiseConv2D + BatchNorm + Relu, [1, 14, 3] -> [1, 6, 6], int8
    Tensor channels = n.depthwiseConv2d("channels", channelsPadded)
        .kernel(1, 3, 3, 2)
        .strides(1, 2)
        .kernelInitializer(Initializer.HE_NORMAL)
        .kernelL2(1e-4)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("channels", 8).nonNegative(), 1, 6, 6);

    // dilated: DepthwiseConv2D, [1, 6, 6] -> [1, 6, 6], int8 in one range with twice and thrice
    Tensor dilated = n.depthwiseConv2d("dilated", channels)
        .kernel(1, 2, 6, 1)
        .dilations(1, 2)
        .padding(Padding.SAME)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("dilated", 8), 1, 6, 6);

    // twice: UpSample2D, [1, 6, 6] -> [1, 12, 6], int8 in the range of dilated
    Tensor twice = n.resizeNearestNeighbor("twice", dilated)
        .halfPixelCenters()
        .output(dilated.range(), 1, 12, 6);

    // thrice: UpSample2D, [1, 6, 6] -> [1, 18, 6], int8 in the range of dilated
    Tensor thrice = n.resizeNearestNeighbor("thrice", dilated)
        .halfPixelCenters()
        .output(dilated.range(), 1, 18, 6);

    // longer: Conv2DTranspose + BatchNorm + Relu6, [1, 18, 6] -> [1, 38, 4], int8
    Tensor longer = n.transposeConv("longer", thrice)
        .kernel(1, 3, 4, 6)
        .strides(1, 2)
        .kernelInitializer(Initializer.LECUN_NORMAL)
        .kernelL2(0.01)
        .bias(Initializer.ONES)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU6)
        .output(ActivationRange.learned("longer", 8).nonNegative().atMost(6), 1, 38, 4);

    // threefold: Conv2DTranspose, [1, 12, 6] -> [1, 36, 4], int8 in one range with second
    Tensor threefold = n.transposeConv("threefold", twice)
        .kernel(1, 4, 4, 6)
        .strides(1, 3)
        .padding(Padding.SAME)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("threefold", 8), 1, 36, 4);

    // first: GlobalAveragePool1D, [1, 38, 4] -> [4], int8
    Tensor first = n.mean("first", longer)
        .axes(1, 2)
        .output(ActivationRange.learned("first", 8).nonNegative().atMost(6), 4);

    // second: GlobalMaxPool1D, [1, 36, 4] -> [4], int8 in the range of threefold
    Tensor second = n.reduceMax("second", threefold).axes(1, 2).output(threefold.range(), 4);

    // sum: Add, [4] -> [4], int8
    Tensor sum = n.add("sum", first, second).output(ActivationRange.learned("sum", 8), 4);

    n.output("sum", sum);
  }
}
