package zoo;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.codegen.ModelExamples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Names} declares: 138 parameters, 712 multiply-accumulates an example.
 *
 * <pre>
 * n                   Input          [4, 4, 2]
 * X                   Input          [4, 4, 2]
 * network             Add            [4, 4, 2]
 * x                   Conv2D         [4, 4, 2]
 * SPEC                Conv2D         [4, 4, 2]
 * seed                Conv2D         [4, 4, 2]
 * convA               Conv2D         [4, 4, 2]
 * conv_a              Conv2D         [4, 4, 2]
 * conv_aQuantize      Conv2D         [4, 4, 2]
 * Padding             Conv2D + Relu  [4, 4, 2]
 * Activation          Conv2D + Relu  [4, 4, 2]
 * Initializer         Conv2D         [4, 4, 2]
 * WeightQuantization  Conv2D         [4, 4, 2]
 * Tensor              Flatten        [32]
 * size                Dense          [2]
 * getClass            Dense          [2]
 * values              Dense          [2]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class NamesModel extends DetentModel<NamesModel.Data> {
  private static final ModelSpec SPEC = ModelSpec.builder("Names")
      .input("n", 4, 4, 2)
      .input("X", 4, 4, 2)
      .layer("network", "Add", 0, 0, 4, 4, 2)
      .layer("x", "Conv2D", 6, 64, 4, 4, 2)
      .layer("SPEC", "Conv2D", 6, 64, 4, 4, 2)
      .layer("seed", "Conv2D", 6, 64, 4, 4, 2)
      .layer("convA", "Conv2D", 6, 64, 4, 4, 2)
      .layer("conv_a", "Conv2D", 6, 64, 4, 4, 2)
      .layer("conv_aQuantize", "Conv2D", 6, 64, 4, 4, 2)
      .layer("Padding", "Conv2D + Relu", 6, 64, 4, 4, 2)
      .layer("Activation", "Conv2D + Relu", 6, 64, 4, 4, 2)
      .layer("Initializer", "Conv2D", 6, 64, 4, 4, 2)
      .layer("WeightQuantization", "Conv2D", 6, 64, 4, 4, 2)
      .layer("Tensor", "Flatten", 0, 0, 32)
      .layer("size", "Dense", 66, 64, 2)
      .layer("getClass", "Dense", 6, 4, 2)
      .layer("values", "Dense", 6, 4, 2)
      .output("size", 2)
      .output("getClass", 2)
      .output("values", 2)
      .build();

  private NamesModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static NamesModel create(long seed) {
    return new NamesModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param n_ 32 values, [4, 4, 2]
   * @param x 32 values, [4, 4, 2]
   * @return the values of each output
   */
  Outputs predict(float[] n_, float[] x) {
    return new Outputs(run(n_, x));
  }

  @Override
  protected void network(NetworkBuilder n) {
    // n: Input, [4, 4, 2], int8
    Tensor n_ = n.input("n").output(ActivationRange.learned("n", 8), 4, 4, 2);

    // X: Input, [4, 4, 2], int8
    Tensor x = n.input("X").output(ActivationRange.learned("X", 8), 4, 4, 2);

    // network: Add, [4, 4, 2] -> [4, 4, 2], int8
    Tensor network = n.add("network", n_, x).output(ActivationRange.learned("network", 8), 4, 4, 2);

    // x: Conv2D, [4, 4, 2] -> [4, 4, 2], int8
    Tensor x_ = n.conv2d("x", network)
        .kernel(1, 1, 2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("x", 8), 4, 4, 2);

    // SPEC: Conv2D, [4, 4, 2] -> [4, 4, 2], int8
    Tensor sPEC = n.conv2d("SPEC", x_)
        .kernel(1, 1, 2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("SPEC", 8), 4, 4, 2);

    // seed: Conv2D, [4, 4, 2] -> [4, 4, 2], int8
    Tensor seed = n.conv2d("seed", sPEC)
        .kernel(1, 1, 2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("seed", 8), 4, 4, 2);

    // convA: Conv2D, [4, 4, 2] -> [4, 4, 2], int8
    Tensor convA = n.conv2d("convA", seed)
        .kernel(1, 1, 2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("convA", 8), 4, 4, 2);

    // convA/dequantize: DEQUANTIZE, [4, 4, 2] -> [4, 4, 2], float
    Tensor convADequantize = n.dequantize("convA/dequantize", convA).output(4, 4, 2);

    // conv_a: Conv2D, [4, 4, 2] -> [4, 4, 2], float
    Tensor conv_a = n.conv2d("conv_a", convADequantize)
        .kernel(1, 1, 2, 2)
        .bias(Initializer.ZEROS)
        .output(4, 4, 2);

    // conv_a/quantize: QUANTIZE, [4, 4, 2] -> [4, 4, 2], int8
    Tensor conv_aQuantize = n.quantize("conv_a/quantize", conv_a)
        .output(ActivationRange.learned("conv_a/quantize", 8), 4, 4, 2);

    // conv_aQuantize: Conv2D, [4, 4, 2] -> [4, 4, 2], int8
    Tensor conv_aQuantize_ = n.conv2d("conv_aQuantize", conv_aQuantize)
        .kernel(1, 1, 2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("conv_aQuantize", 8), 4, 4, 2);

    // Padding: Conv2D + Relu, [4, 4, 2] -> [4, 4, 2], int8
    Tensor padding = n.conv2d("Padding", conv_aQuantize_)
        .kernel(1, 1, 2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("Padding", 8).nonNegative(), 4, 4, 2);

    // Activation: Conv2D + Relu, [4, 4, 2] -> [4, 4, 2], int8
    Tensor activation = n.conv2d("Activation", padding)
        .kernel(1, 1, 2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("Activation", 8).nonNegative(), 4, 4, 2);

    // Initializer: Conv2D, [4, 4, 2] -> [4, 4, 2], int8
    Tensor initializer = n.conv2d("Initializer", activation)
        .kernel(1, 1, 2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("Initializer", 8), 4, 4, 2);

    // WeightQuantization: Conv2D, [4, 4, 2] -> [4, 4, 2], int8 in one range with Tensor
    Tensor weightQuantization = n.conv2d("WeightQuantization", initializer)
        .kernel(1, 1, 2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("WeightQuantization", 8), 4, 4, 2);

    // Tensor: Flatten, [4, 4, 2] -> [32], int8 in the range of WeightQuantization
    Tensor tensor = n.reshape("Tensor", weightQuantization).output(32);

    // size: Dense, [32] -> [2], int8
    Tensor size = n.fullyConnected("size", tensor)
        .kernel(32, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("size", 8), 2);

    // getClass: Dense, [2] -> [2], int8
    Tensor getClass = n.fullyConnected("getClass", size)
        .kernel(2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("getClass", 8), 2);

    // values: Dense, [2] -> [2], int8
    Tensor values = n.fullyConnected("values", getClass)
        .kernel(2, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("values", 8), 2);

    n.output("size", size);
    n.output("getClass", getClass);
    n.output("values", values);
  }

  /**
   * Examples for this model: as many of each input and of each output.
   */
  public static final class Data extends ModelExamples<Data> {
    /**
     * Ties inputs and outputs together.
     *
     * @param n for 'n', [4, 4, 2]
     * @param X for 'X', [4, 4, 2]
     * @param size for 'size', [2]
     * @param getClass for 'getClass', [2]
     * @param values for 'values', [2]
     * @throws dev.detent.runtime.data.DataException if their numbers differ
     */
    public Data(Features n, Features X, Targets size, Targets getClass, Targets values) {
      super(List.of(n, X), List.of(size, getClass, values));
    }

    @Override
    public Data with(List<Features> inputs, List<Targets> targets) {
      return new Data(inputs.get(0), inputs.get(1), targets.get(0), targets.get(1), targets.get(2));
    }
  }

  /**
   * The values of each output for one example.
   */
  public static final class Outputs {
    private final float[][] values;

    private Outputs(float[][] values) {
      this.values = values;
    }

    /**
     * Returns 'size': 2 values, [2].
     */
    public float[] size() {
      return values[0];
    }

    /**
     * Returns 'getClass': 2 values, [2].
     */
    public float[] getClass_() {
      return values[1];
    }

    /**
     * Returns 'values': 2 values, [2].
     */
    public float[] values() {
      return values[2];
    }
  }
}
