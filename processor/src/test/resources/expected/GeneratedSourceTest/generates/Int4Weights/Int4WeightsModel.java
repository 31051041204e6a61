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
 * The network that {@link Int4Weights} declares: 744 parameters, 5,264 multiply-accumulates an example.
 *
 * <pre>
 * image      Input                                [8, 8, 3]
 * first      Conv2D + Relu                        [6, 6, 4]
 * depthwise  DepthwiseConv2D + BatchNorm + Relu6  [4, 4, 4]
 * pointwise  Conv2D + Relu                        [4, 4, 4]
 * flat       Flatten                              [64]
 * hidden     Dense + Relu                         [8]
 * logits     Dense                                [4]
 * </pre>
 *
 * <p>Quantized for {@link dev.detent.annotations.scheme.TfliteInt4Weights}: TFLite int4 weights.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Int4WeightsModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Int4Weights")
      .input("image", 8, 8, 3)
      .layer("first", "Conv2D + Relu", 112, 3888, 6, 6, 4)
      .layer("depthwise", "DepthwiseConv2D + BatchNorm + Relu6", 56, 576, 4, 4, 4)
      .layer("pointwise", "Conv2D + Relu", 20, 256, 4, 4, 4)
      .layer("flat", "Flatten", 0, 0, 64)
      .layer("hidden", "Dense + Relu", 520, 512, 8)
      .layer("logits", "Dense", 36, 32, 4)
      .output("logits", 4)
      .build();

  private Int4WeightsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Int4WeightsModel create(long seed) {
    return new Int4WeightsModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 192 values, [8, 8, 3]
   * @return logits: 4 values, [4]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 3], int8
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 8, 8, 3);

    // first: Conv2D + Relu, [8, 8, 3] -> [6, 6, 4], int8
    //   as asked by @QuantizeConfig(bits=8)
    Tensor first = n.conv2d("first", image)
        .kernel(3, 3, 3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("first", 8).nonNegative(), 6, 6, 4);

    // depthwise: DepthwiseConv2D + BatchNorm + Relu6, [6, 6, 4] -> [4, 4, 4], int8
    Tensor depthwise = n.depthwiseConv2d("depthwise", first)
        .kernel(3, 3, 4, 1)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(4))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU6)
        .output(ActivationRange.learned("depthwise", 8).nonNegative().atMost(6), 4, 4, 4);

    // pointwise: Conv2D + Relu, [4, 4, 4] -> [4, 4, 4], int8 in one range with flat
    Tensor pointwise = n.conv2d("pointwise", depthwise)
        .kernel(1, 1, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(4))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("pointwise", 8).nonNegative(), 4, 4, 4);

    // flat: Flatten, [4, 4, 4] -> [64], int8 in the range of pointwise
    Tensor flat = n.reshape("flat", pointwise).output(64);

    // hidden: Dense + Relu, [64] -> [8], int8
    Tensor hidden = n.fullyConnected("hidden", flat)
        .kernel(64, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(4))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("hidden", 8).nonNegative(), 8);

    // logits: Dense, [8] -> [4], int8
    //   as asked by @QuantizeConfig(weights=@Weights(bits=8))
    Tensor logits = n.fullyConnected("logits", hidden)
        .kernel(8, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("logits", 8), 4);

    n.output("logits", logits);
  }
}
