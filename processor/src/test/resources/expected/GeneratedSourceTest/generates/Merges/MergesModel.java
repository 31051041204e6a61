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
 * The network that {@link Merges} declares: 414 parameters, 25,344 multiply-accumulates an example.
 *
 * <pre>
 * image     Input           [8, 8, 6]
 * wide      Conv2D + Relu   [8, 8, 6]
 * narrow    Conv2D          [8, 8, 6]
 * sum       Add + Relu      [8, 8, 6]
 * pooled    MaxPool2D       [8, 8, 6]
 * first     Conv2D + Relu6  [8, 8, 2]
 * second    Conv2D          [8, 8, 4]
 * channels  Concat          [8, 8, 12]
 * rows      Concat          [16, 8, 12]
 * doubled   Add             [16, 8, 12]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class MergesModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Merges")
      .input("image", 8, 8, 6)
      .layer("wide", "Conv2D + Relu", 330, 20_736, 8, 8, 6)
      .layer("narrow", "Conv2D", 42, 2304, 8, 8, 6)
      .layer("sum", "Add + Relu", 0, 0, 8, 8, 6)
      .layer("pooled", "MaxPool2D", 0, 0, 8, 8, 6)
      .layer("first", "Conv2D + Relu6", 14, 768, 8, 8, 2)
      .layer("second", "Conv2D", 28, 1536, 8, 8, 4)
      .layer("channels", "Concat", 0, 0, 8, 8, 12)
      .layer("rows", "Concat", 0, 0, 16, 8, 12)
      .layer("doubled", "Add", 0, 0, 16, 8, 12)
      .output("doubled", 16, 8, 12)
      .build();

  private MergesModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static MergesModel create(long seed) {
    return new MergesModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 384 values, [8, 8, 6]
   * @return doubled: 1,536 values, [16, 8, 12]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 6], int8
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 8, 8, 6);

    // wide: Conv2D + Relu, [8, 8, 6] -> [8, 8, 6], int8
    Tensor wide = n.conv2d("wide", image)
        .kernel(3, 3, 6, 6)
        .padding(Padding.SAME)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("wide", 8).nonNegative(), 8, 8, 6);

    // narrow: Conv2D, [8, 8, 6] -> [8, 8, 6], int8
    Tensor narrow = n.conv2d("narrow", image)
        .kernel(1, 1, 6, 6)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("narrow", 8), 8, 8, 6);

    // sum/sum1: ADD of Add + Relu, [8, 8, 6] -> [8, 8, 6], int8
    Tensor sumSum1 = n.add("sum/sum1", wide, narrow)
        .output(ActivationRange.learned("sum/sum1", 8), 8, 8, 6);

    // sum: Add + Relu, [8, 8, 6] -> [8, 8, 6], int8 in one range with pooled and 4 more
    Tensor sum = n.add("sum", sumSum1, image)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("sum", 8), 8, 8, 6);

    // pooled: MaxPool2D, [8, 8, 6] -> [8, 8, 6], int8 in the range of sum
    Tensor pooled = n.maxPool2d("pooled", sum)
        .poolSize(3, 3)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(sum.range(), 8, 8, 6);

    // first: Conv2D + Relu6, [8, 8, 6] -> [8, 8, 2], int8 in the range of sum
    Tensor first = n.conv2d("first", sum)
        .kernel(1, 1, 6, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU6)
        .output(sum.range(), 8, 8, 2);

    // second: Conv2D, [8, 8, 6] -> [8, 8, 4], int8 in the range of sum
    Tensor second = n.conv2d("second", sum)
        .kernel(1, 1, 6, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(sum.range(), 8, 8, 4);

    // channels: Concat, [8, 8, 2] and [8, 8, 4] and [8, 8, 6] -> [8, 8, 12], int8 in the range of
    //     sum
    Tensor channels = n.concatenation("channels", 3, first, second, pooled)
        .output(sum.range(), 8, 8, 12);

    // rows: Concat, [8, 8, 12] -> [16, 8, 12], int8 in the range of sum
    Tensor rows = n.concatenation("rows", 1, channels, channels).output(sum.range(), 16, 8, 12);

    // doubled: Add, [16, 8, 12] -> [16, 8, 12], int8
    Tensor doubled = n.add("doubled", rows, rows)
        .output(ActivationRange.learned("doubled", 8), 16, 8, 12);

    n.output("doubled", doubled);
  }
}
