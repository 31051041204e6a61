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
 * The network that {@link Widths} declares: 368 parameters, 6,768 multiply-accumulates an example.
 *
 * <pre>
 * image          Input          [8, 8, 3]
 * first          Conv2D + Relu  [6, 6, 4]
 * two            Conv2D + Relu  [4, 4, 4]
 * three          Conv2D         [4, 4, 4]
 * five           Conv2D         [4, 4, 4]
 * sum            Add            [4, 4, 4]
 * pool           MaxPool2D      [2, 2, 4]
 * flat           Flatten        [16]
 * logits         Dense          [4]
 * probabilities  Softmax        [4]
 * </pre>
 *
 * <p>Quantized for {@link dev.detent.annotations.scheme.AnyWidth}: any width.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class WidthsModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Widths")
      .input("image", 8, 8, 3)
      .layer("first", "Conv2D + Relu", 112, 3888, 6, 6, 4)
      .layer("two", "Conv2D + Relu", 148, 2304, 4, 4, 4)
      .layer("three", "Conv2D", 20, 256, 4, 4, 4)
      .layer("five", "Conv2D", 20, 256, 4, 4, 4)
      .layer("sum", "Add", 0, 0, 4, 4, 4)
      .layer("pool", "MaxPool2D", 0, 0, 2, 2, 4)
      .layer("flat", "Flatten", 0, 0, 16)
      .layer("logits", "Dense", 68, 64, 4)
      .layer("probabilities", "Softmax", 0, 0, 4)
      .output("probabilities", 4)
      .build();

  private WidthsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static WidthsModel create(long seed) {
    return new WidthsModel(seed);
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
    // image: Input, [8, 8, 3], int8
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 8, 8, 3);

    // first: Conv2D + Relu, [8, 8, 3] -> [6, 6, 4], int8
    Tensor first = n.conv2d("first", image)
        .kernel(3, 3, 3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("first", 8).nonNegative(), 6, 6, 4);

    // first/quantize: QUANTIZE, [6, 6, 4] -> [6, 6, 4], int2
    Tensor firstQuantize = n.quantize("first/quantize", first)
        .output(ActivationRange.learned("first/quantize", 2).nonNegative(), 6, 6, 4);

    // two: Conv2D + Relu, [6, 6, 4] -> [4, 4, 4], int2
    //   as asked by @QuantizeConfig(bits=2)
    Tensor two = n.conv2d("two", firstQuantize)
        .kernel(3, 3, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(2))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("two", 2).nonNegative(), 4, 4, 4);

    // two/quantize: QUANTIZE, [4, 4, 4] -> [4, 4, 4], int5
    Tensor twoQuantize = n.quantize("two/quantize", two)
        .output(ActivationRange.learned("two/quantize", 5).nonNegative(), 4, 4, 4);

    // three: Conv2D, [4, 4, 4] -> [4, 4, 4], int5
    //   as asked by @QuantizeConfig(weights=@Weights(bits=3, narrowRange=false),
    //     activations=@Activations(bits=5))
    Tensor three = n.conv2d("three", twoQuantize)
        .kernel(1, 1, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(3).fullRange())
        .output(ActivationRange.learned("three", 5), 4, 4, 4);

    // five: Conv2D, [4, 4, 4] -> [4, 4, 4], int5
    //   as asked by @QuantizeConfig(bits=5)
    Tensor five = n.conv2d("five", twoQuantize)
        .kernel(1, 1, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(5))
        .output(ActivationRange.learned("five", 5), 4, 4, 4);

    // three/quantize: QUANTIZE, [4, 4, 4] -> [4, 4, 4], int16 symmetric
    Tensor threeQuantize = n.quantize("three/quantize", three)
        .output(ActivationRange.learned("three/quantize", 16).symmetric(), 4, 4, 4);

    // five/quantize: QUANTIZE, [4, 4, 4] -> [4, 4, 4], int16 symmetric
    Tensor fiveQuantize = n.quantize("five/quantize", five)
        .output(ActivationRange.learned("five/quantize", 16).symmetric(), 4, 4, 4);

    // sum: Add, [4, 4, 4] -> [4, 4, 4], int16 symmetric in one range with pool and flat
    //   as asked by @QuantizeConfig(bits=16)
    Tensor sum = n.add("sum", threeQuantize, fiveQuantize)
        .output(ActivationRange.learned("sum", 16).symmetric(), 4, 4, 4);

    // pool: MaxPool2D, [4, 4, 4] -> [2, 2, 4], int16 symmetric in the range of sum
    Tensor pool = n.maxPool2d("pool", sum).poolSize(2, 2).output(sum.range(), 2, 2, 4);

    // flat: Flatten, [2, 2, 4] -> [16], int16 symmetric in the range of sum
    Tensor flat = n.reshape("flat", pool).output(16);

    // logits: Dense, [16] -> [4], int16 symmetric
    //   as asked by @QuantizeConfig(bits=16)
    Tensor logits = n.fullyConnected("logits", flat)
        .kernel(16, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(16))
        .output(ActivationRange.learned("logits", 16).symmetric(), 4);

    // logits/quantize: QUANTIZE, [4] -> [4], int4
    Tensor logitsQuantize = n.quantize("logits/quantize", logits)
        .output(ActivationRange.learned("logits/quantize", 4), 4);

    // probabilities: Softmax, [4] -> [4], int4
    //   as asked by @QuantizeConfig(bits=4)
    Tensor probabilities = n.softmax("probabilities", logitsQuantize)
        .output(ActivationRange.fixed("probabilities", 4, 1.0 / 16, -8), 4);

    n.output("probabilities", probabilities);
  }
}
