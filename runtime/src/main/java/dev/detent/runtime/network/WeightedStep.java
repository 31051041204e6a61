package dev.detent.runtime.network;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution, depthwise or transposed convolution or dense layer under construction, with the
 * batch norm that is folded into it.
 */
public final class WeightedStep extends Step {
  private final Operation.Weighted.Kind kind;
  private final Tensor x;
  private String owner;
  private List<Integer> kernel = List.of();
  private int[] strides = {1, 1};
  private int[] dilations = {1, 1};
  private Padding padding = Padding.VALID;
  private Initializer initializer = Initializer.GLOROT_UNIFORM;
  private @Nullable Initializer bias;
  private double l1;
  private double l2;
  private int biasBits;
  private @Nullable WeightQuantization quantization;
  private @Nullable BatchNormalization batchNorm;
  private Activation activation = Activation.NONE;

  WeightedStep(NetworkBuilder network, Operation.Weighted.Kind kind, String name, Tensor x) {
    super(network, name);
    this.kind = kind;
    this.x = x;
    owner = name;
  }

  /**
   * The layer whose variables these are, where it is another one: two layers of one name compute
   * with the same weights, each in the ranges of its own input and output.
   */
  public WeightedStep weights(String layer) {
    owner = layer;
    return this;
  }

  /** The kernel's sizes, in TensorFlow's layout. */
  public WeightedStep kernel(int... shape) {
    kernel = Arrays.stream(shape).boxed().toList();
    return this;
  }

  /** The kernel's sizes, how it starts and how it is quantized, as a custom layer declares it. */
  public WeightedStep kernel(DeclaredWeight weight) {
    return kernel(weight.shape())
        .kernelInitializer(weight.initializer())
        .quantizeKernel(weight.quantization());
  }

  /** The steps between windows; without the call 1. */
  public WeightedStep strides(int height, int width) {
    strides = new int[] {height, width};
    return this;
  }

  /** The steps inside a window; without the call 1. */
  public WeightedStep dilations(int height, int width) {
    dilations = new int[] {height, width};
    return this;
  }

  /** What happens at the edges; without the call {@link Padding#VALID}. */
  public WeightedStep padding(Padding edges) {
    padding = edges;
    return this;
  }

  /** How the kernel starts; without the call {@link Initializer#GLOROT_UNIFORM}. */
  public WeightedStep kernelInitializer(Initializer start) {
    initializer = start;
    return this;
  }

  /** Gives the layer a bias, and says how it starts. */
  public WeightedStep bias(Initializer start) {
    bias = start;
    return this;
  }

  /**
   * Gives the layer a bias, as a custom layer declares it.
   *
   * @throws IllegalArgumentException if its shape is not one size
   */
  public WeightedStep bias(DeclaredWeight weight) {
    if (weight.shape().length != 1) {
      throw new IllegalArgumentException(
          "the bias '"
              + weight.name()
              + "' of layer '"
              + name()
              + "' has the shape "
              + Arrays.toString(weight.shape())
              + "; it has one size, the output channels");
    }
    return bias(weight.initializer());
  }

  /** Adds {@code factor * sum(|kernel|)} to the loss. */
  public WeightedStep kernelL1(double factor) {
    l1 = factor;
    return this;
  }

  /** Adds {@code factor * sum(kernel^2)} to the loss. */
  public WeightedStep kernelL2(double factor) {
    l2 = factor;
    return this;
  }

  /**
   * Gives the bias, where the kernel is quantized, fewer bits than TFLite's kernels have: for
   * hardware that is simulated. A kernel scale that is too small for the bias is raised.
   *
   * @throws IllegalArgumentException if {@code bits} is not between 8 and 32
   */
  public WeightedStep biasBits(int bits) {
    if (bits < Byte.SIZE || bits > Integer.SIZE) {
      throw new IllegalArgumentException(
          "a bias of " + bits + " bits in '" + name() + "'; possible are 8 to 32");
    }
    biasBits = bits;
    return this;
  }

  /** Quantizes the kernel; null leaves it float. */
  public WeightedStep quantizeKernel(@Nullable WeightQuantization how) {
    quantization = how;
    return this;
  }

  /** Batch norm with gamma and beta. */
  public WeightedStep batchNorm(double momentum, double epsilon) {
    return batchNorm(momentum, epsilon, true, true);
  }

  /** Batch norm, as {@link BatchNormalization} has it. */
  public WeightedStep batchNorm(double momentum, double epsilon, boolean center, boolean scale) {
    return batchNorm(new BatchNormalization(momentum, epsilon, center, scale));
  }

  /** Batch norm; none if it is null. */
  public WeightedStep batchNorm(@Nullable BatchNormalization norm) {
    batchNorm = norm;
    return this;
  }

  /** The activation that TFLite fuses into the operation; without the call there is none. */
  public WeightedStep activation(Activation fused) {
    activation = fused;
    return this;
  }

  @Override
  Operation operation(Tensor output) {
    return new Operation.Weighted(
        kind,
        x,
        new Operation.Weights(
            owner, kernel, initializer, l1, l2, quantization, bias, biasBits, batchNorm),
        new Operation.Window(strides[0], strides[1], dilations[0], dilations[1], padding),
        activation,
        output);
  }
}
