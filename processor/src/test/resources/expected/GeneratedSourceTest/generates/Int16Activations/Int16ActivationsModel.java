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
 * The network that {@link Int16Activations} declares: 328 parameters, 6,256 multiply-accumulates an example.
 *
 * <pre>
 * image          Input          [8, 8, 3]
 * conv           Conv2D + Relu  [6, 6, 4]
 * narrow         Conv2D + Relu  [4, 4, 4]
 * pool           MaxPool2D      [2, 2, 4]
 * flat           Flatten        [16]
 * logits         Dense          [4]
 * probabilities  Softmax        [4]
 * </pre>
 *
 * <p>Quantized for {@link dev.detent.annotations.scheme.TfliteInt16x8}: TFLite int16 activations.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Int16ActivationsModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Int16Activations")
      .input("image", 8, 8, 3)
      .layer("conv", "Conv2D + Relu", 112, 3888, 6, 6, 4)
      .layer("narrow", "Conv2D + Relu", 148, 2304, 4, 4, 4)
      .layer("pool", "MaxPool2D", 0, 0, 2, 2, 4)
      .layer("flat", "Flatten", 0, 0, 16)
      .layer("logits", "Dense", 68, 64, 4)
      .layer("probabilities", "Softmax", 0, 0, 4)
      .output("probabilities", 4)
      .build();

  private Int16ActivationsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Int16ActivationsModel create(long seed) {
    return new Int16ActivationsModel(seed);
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
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 3], int16 symmetric
    Tensor image = n.input("image")
        .output(ActivationRange.learned("image", 16).symmetric(), 8, 8, 3);

    // conv: Conv2D + Relu, [8, 8, 3] -> [6, 6, 4], int16 symmetric
    Tensor conv = n.conv2d("conv", image)
        .kernel(3, 3, 3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("conv", 16).symmetric(), 6, 6, 4);

    // conv/quantize: QUANTIZE, [6, 6, 4] -> [6, 6, 4], int8
    Tensor convQuantize = n.quantize("conv/quantize", conv)
        .output(ActivationRange.learned("conv/quantize", 8).nonNegative(), 6, 6, 4);

    // narrow: Conv2D + Relu, [6, 6, 4] -> [4, 4, 4], int8 in one range with pool and flat
    //   as asked by @QuantizeConfig(bits=8)
    Tensor narrow = n.conv2d("narrow", convQuantize)
        .kernel(3, 3, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("narrow", 8).nonNegative(), 4, 4, 4);

    // pool: MaxPool2D, [4, 4, 4] -> [2, 2, 4], int8 in the range of narrow
    Tensor pool = n.maxPool2d("pool", narrow).poolSize(2, 2).output(narrow.range(), 2, 2, 4);

    // flat: Flatten, [2, 2, 4] -> [16], int8 in the range of narrow
    Tensor flat = n.reshape("flat", pool).output(16);

    // flat/quantize: QUANTIZE, [16] -> [16], int16 symmetric
    Tensor flatQuantize = n.quantize("flat/quantize", flat)
        .output(ActivationRange.learned("flat/quantize", 16).symmetric(), 16);

    // logits: Dense, [16] -> [4], int16 symmetric
    Tensor logits = n.fullyConnected("logits", flatQuantize)
        .kernel(16, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("logits", 16).symmetric(), 4);

    // probabilities: Softmax, [4] -> [4], int16
    Tensor probabilities = n.softmax("probabilities", logits)
        .output(ActivationRange.fixed("probabilities", 16, 1.0 / 32768, 0), 4);

    n.output("probabilities", probabilities);
  }
}
