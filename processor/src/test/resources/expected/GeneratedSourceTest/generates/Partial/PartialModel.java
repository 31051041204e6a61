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
 * The network that {@link Partial} declares: 706 parameters, 19,840 multiply-accumulates an example.
 *
 * <pre>
 * image    Input          [8, 8, 4]
 * before   Conv2D + Relu  [8, 8, 4]
 * first    Conv2D         [8, 8, 4]
 * second   Conv2D         [8, 8, 4]
 * follows  MaxPool2D      [4, 4, 4]
 * average  AveragePool2D  [4, 4, 4]
 * flat     Flatten        [64]
 * dropped  Dropout        [64]
 * logits   Dense          [3]
 * other    Flatten        [64]
 * more     Dense          [3]
 * sum      Add            [3]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class PartialModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Partial")
      .input("image", 8, 8, 4)
      .layer("before", "Conv2D + Relu", 148, 9216, 8, 8, 4)
      .layer("first", "Conv2D", 148, 9216, 8, 8, 4)
      .layer("second", "Conv2D", 20, 1024, 8, 8, 4)
      .layer("follows", "MaxPool2D", 0, 0, 4, 4, 4)
      .layer("average", "AveragePool2D", 0, 0, 4, 4, 4)
      .layer("flat", "Flatten", 0, 0, 64)
      .layer("dropped", "Dropout", 0, 0, 64)
      .layer("logits", "Dense", 195, 192, 3)
      .layer("other", "Flatten", 0, 0, 64)
      .layer("more", "Dense", 195, 192, 3)
      .layer("sum", "Add", 0, 0, 3)
      .output("sum", 3)
      .build();

  private PartialModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static PartialModel create(long seed) {
    return new PartialModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 256 values, [8, 8, 4]
   * @return sum: 3 values, [3]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 4], float
    Tensor image = n.input("image").output(8, 8, 4);

    // before: Conv2D + Relu, [8, 8, 4] -> [8, 8, 4], float
    Tensor before = n.conv2d("before", image)
        .kernel(3, 3, 4, 4)
        .padding(Padding.SAME)
        .bias(Initializer.ZEROS)
        .activation(Activation.RELU)
        .output(8, 8, 4);

    // before/quantize: QUANTIZE, [8, 8, 4] -> [8, 8, 4], int8
    Tensor beforeQuantize = n.quantize("before/quantize", before)
        .output(ActivationRange.learned("before/quantize", 8).nonNegative(), 8, 8, 4);

    // first: Conv2D, [8, 8, 4] -> [8, 8, 4], int8 in one range with follows and 2 more
    Tensor first = n.conv2d("first", beforeQuantize)
        .kernel(3, 3, 4, 4)
        .padding(Padding.SAME)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("first", 8), 8, 8, 4);

    // second: Conv2D, [8, 8, 4] -> [8, 8, 4], int8
    Tensor second = n.conv2d("second", beforeQuantize)
        .kernel(1, 1, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("second", 8), 8, 8, 4);

    // follows: MaxPool2D, [8, 8, 4] -> [4, 4, 4], int8 in the range of first
    Tensor follows = n.maxPool2d("follows", first).poolSize(2, 2).output(first.range(), 4, 4, 4);

    // second/dequantize: DEQUANTIZE, [8, 8, 4] -> [8, 8, 4], float
    Tensor secondDequantize = n.dequantize("second/dequantize", second).output(8, 8, 4);

    // average: AveragePool2D, [8, 8, 4] -> [4, 4, 4], float
    Tensor average = n.averagePool2d("average", secondDequantize).poolSize(2, 2).output(4, 4, 4);

    // flat: Flatten, [4, 4, 4] -> [64], int8 in the range of first
    Tensor flat = n.reshape("flat", follows).output(64);

    // dropped: Dropout, [64] -> [64], int8 in the range of first
    Tensor dropped = n.dropout("dropped", flat, 0.5);

    // dropped/dequantize: DEQUANTIZE, [64] -> [64], float
    Tensor droppedDequantize = n.dequantize("dropped/dequantize", dropped).output(64);

    // logits: Dense, [64] -> [3], float
    Tensor logits = n.fullyConnected("logits", droppedDequantize)
        .kernel(64, 3)
        .bias(Initializer.ZEROS)
        .output(3);

    // other: Flatten, [4, 4, 4] -> [64], float
    Tensor other = n.reshape("other", average).output(64);

    // other/quantize: QUANTIZE, [64] -> [64], int8
    Tensor otherQuantize = n.quantize("other/quantize", other)
        .output(ActivationRange.learned("other/quantize", 8), 64);

    // more: Dense, [64] -> [3], int8
    Tensor more = n.fullyConnected("more", otherQuantize)
        .kernel(64, 3)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("more", 8), 3);

    // more/dequantize: DEQUANTIZE, [3] -> [3], float
    Tensor moreDequantize = n.dequantize("more/dequantize", more).output(3);

    // sum: Add, [3] -> [3], float
    Tensor sum = n.add("sum", logits, moreDequantize).output(3);

    n.output("sum", sum);
  }
}
