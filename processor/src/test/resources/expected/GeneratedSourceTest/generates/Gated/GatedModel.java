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
 * The network that {@link Gated} declares: 440 parameters, 13,984 multiply-accumulates an example.
 *
 * <pre>
 * image       Input                      [8, 8, 3]
 * features    Conv2D + BatchNorm + Relu  [8, 8, 8]
 * squeezed    GlobalAveragePool2D        [1, 1, 8]
 * narrow      Conv2D + Relu              [1, 1, 4]
 * gate        Conv2D + Relu6             [1, 1, 8]
 * gated       Multiply                   [8, 8, 8]
 * row         GlobalAveragePool2D        [8]
 * rowGate     Dense + Relu6              [8]
 * gatedAgain  Multiply + Relu            [8, 8, 8]
 * difference  Subtract                   [8, 8, 8]
 * average     Average                    [8, 8, 8]
 * largest     Maximum                    [8, 8, 8]
 * smallest    Minimum                    [8, 8, 8]
 * sum         Add + Relu                 [8, 8, 8]
 * mean        Mean                       [8]
 * logits      Dense                      [4]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class GatedModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Gated")
      .input("image", 8, 8, 3)
      .layer("features", "Conv2D + BatchNorm + Relu", 256, 13_824, 8, 8, 8)
      .layer("squeezed", "GlobalAveragePool2D", 0, 0, 1, 1, 8)
      .layer("narrow", "Conv2D + Relu", 36, 32, 1, 1, 4)
      .layer("gate", "Conv2D + Relu6", 40, 32, 1, 1, 8)
      .layer("gated", "Multiply", 0, 0, 8, 8, 8)
      .layer("row", "GlobalAveragePool2D", 0, 0, 8)
      .layer("rowGate", "Dense + Relu6", 72, 64, 8)
      .layer("gatedAgain", "Multiply + Relu", 0, 0, 8, 8, 8)
      .layer("difference", "Subtract", 0, 0, 8, 8, 8)
      .layer("average", "Average", 0, 0, 8, 8, 8)
      .layer("largest", "Maximum", 0, 0, 8, 8, 8)
      .layer("smallest", "Minimum", 0, 0, 8, 8, 8)
      .layer("sum", "Add + Relu", 0, 0, 8, 8, 8)
      .layer("mean", "Mean", 0, 0, 8)
      .layer("logits", "Dense", 36, 32, 4)
      .output("logits", 4)
      .build();

  private GatedModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static GatedModel create(long seed) {
    return new GatedModel(seed);
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

    // features: Conv2D + BatchNorm + Relu, [8, 8, 3] -> [8, 8, 8], int8 in one range with gate and
    //     5 more
    Tensor features = n.conv2d("features", image)
        .kernel(3, 3, 3, 8)
        .padding(Padding.SAME)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("features", 8), 8, 8, 8);

    // squeezed: GlobalAveragePool2D, [8, 8, 8] -> [1, 1, 8], int8
    Tensor squeezed = n.mean("squeezed", features)
        .axes(1, 2)
        .keepDims()
        .output(ActivationRange.learned("squeezed", 8).nonNegative(), 1, 1, 8);

    // narrow: Conv2D + Relu, [1, 1, 8] -> [1, 1, 4], int8
    Tensor narrow = n.conv2d("narrow", squeezed)
        .kernel(1, 1, 8, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("narrow", 8).nonNegative(), 1, 1, 4);

    // gate: Conv2D + Relu6, [1, 1, 4] -> [1, 1, 8], int8 in the range of features
    Tensor gate = n.conv2d("gate", narrow)
        .kernel(1, 1, 4, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU6)
        .output(features.range(), 1, 1, 8);

    // gated: Multiply, [8, 8, 8] and [1, 1, 8] -> [8, 8, 8], int8
    Tensor gated = n.multiply("gated", features, gate)
        .output(ActivationRange.learned("gated", 8).nonNegative(), 8, 8, 8);

    // row: GlobalAveragePool2D, [8, 8, 8] -> [8], int8
    Tensor row = n.mean("row", gated)
        .axes(1, 2)
        .output(ActivationRange.learned("row", 8).nonNegative(), 8);

    // rowGate: Dense + Relu6, [8] -> [8], int8 in one range with gatedAgain/reshape_rowGate
    Tensor rowGate = n.fullyConnected("rowGate", row)
        .kernel(8, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .activation(Activation.RELU6)
        .output(ActivationRange.learned("rowGate", 8).nonNegative().atMost(6), 8);

    // gatedAgain/reshape_rowGate: RESHAPE of Multiply + Relu, [8] -> [1, 1, 8], int8 in the range
    //     of rowGate
    Tensor gatedAgainReshape_rowGate = n.reshape("gatedAgain/reshape_rowGate", rowGate)
        .output(1, 1, 8);

    // gatedAgain: Multiply + Relu, [1, 1, 8] and [8, 8, 8] -> [8, 8, 8], int8
    Tensor gatedAgain = n.multiply("gatedAgain", gatedAgainReshape_rowGate, gated)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("gatedAgain", 8).nonNegative(), 8, 8, 8);

    // difference: Subtract, [8, 8, 8] -> [8, 8, 8], int8 in the range of features
    Tensor difference = n.subtract("difference", gatedAgain, features)
        .output(features.range(), 8, 8, 8);

    // average/sum1: ADD of Average, [8, 8, 8] -> [8, 8, 8], int8
    Tensor averageSum1 = n.add("average/sum1", difference, gated)
        .output(ActivationRange.learned("average/sum1", 8), 8, 8, 8);

    // average/sum2: ADD of Average, [8, 8, 8] -> [8, 8, 8], int8
    Tensor averageSum2 = n.add("average/sum2", averageSum1, features)
        .output(ActivationRange.learned("average/sum2", 8), 8, 8, 8);

    // average: Average, [8, 8, 8] -> [8, 8, 8], int8 in the range of features
    Tensor average = n.multiplyConstant("average", averageSum2, 1.0 / 3)
        .output(features.range(), 8, 8, 8);

    // largest/maximum1: Maximum, [8, 8, 8] -> [8, 8, 8], int8 in the range of features
    Tensor largestMaximum1 = n.maximum("largest/maximum1", average, difference)
        .output(features.range(), 8, 8, 8);

    // largest: Maximum, [8, 8, 8] and [1, 1, 8] -> [8, 8, 8], int8 in the range of features
    Tensor largest = n.maximum("largest", largestMaximum1, gate).output(features.range(), 8, 8, 8);

    // smallest: Minimum, [8, 8, 8] -> [8, 8, 8], int8 in the range of features
    Tensor smallest = n.minimum("smallest", largest, features).output(features.range(), 8, 8, 8);

    // sum: Add + Relu, [8, 8, 8] and [1, 1, 8] -> [8, 8, 8], int8
    Tensor sum = n.add("sum", smallest, squeezed)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("sum", 8).nonNegative(), 8, 8, 8);

    // mean: Mean, [8, 8, 8] -> [8], int8
    Tensor mean = n.mean("mean", sum)
        .axes(1, 2)
        .output(ActivationRange.learned("mean", 8).nonNegative(), 8);

    // logits: Dense, [8] -> [4], int8
    Tensor logits = n.fullyConnected("logits", mean)
        .kernel(8, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 4);

    n.output("logits", logits);
  }
}
