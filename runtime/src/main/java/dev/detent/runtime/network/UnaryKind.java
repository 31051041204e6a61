package dev.detent.runtime.network;

import dev.detent.annotations.Activation;
import dev.detent.runtime.network.Operation.Scaling;
import dev.detent.runtime.quantizer.KernelRange;
import java.util.Optional;

/**
 * The operations on one tensor that have no attributes, under TFLite's names: one row an operation.
 */
public enum UnaryKind {
  /** {@code max(x, 0)}. */
  RELU(Optional.empty(), Scaling.RESCALING, Activation.RELU),
  /** {@code min(max(x, 0), 6)}. */
  RELU6(Optional.empty(), Scaling.RESCALING, Activation.RELU6),
  /** {@code min(max(x, -1), 1)}. */
  RELU_N1_TO_1(Optional.empty(), Scaling.RESCALING, Activation.RELU_N1_TO_1),
  /** {@code 1 / (1 + exp(-x))}. */
  LOGISTIC(Optional.of(KernelRange.LOGISTIC), Scaling.LOOKED_UP, Activation.NONE),
  /** The hyperbolic tangent. */
  TANH(Optional.of(KernelRange.TANH), Scaling.LOOKED_UP, Activation.NONE),
  /** {@code x} where it is not negative, else {@code exp(x) - 1}. */
  ELU(Optional.empty(), Scaling.RESCALING, Activation.NONE),
  /** {@code x * min(max(x + 3, 0), 6) / 6}. */
  HARD_SWISH(Optional.empty(), Scaling.HARD_SWISH, Activation.NONE),
  /** {@code x} times the normal distribution's share below it. */
  GELU(Optional.empty(), Scaling.RESCALING, Activation.NONE),
  /** The same, by a tanh. */
  APPROXIMATE_GELU(Optional.empty(), Scaling.RESCALING, Activation.NONE),
  /** {@code x - log(sum(exp(x)))} over the last axis. */
  LOG_SOFTMAX(Optional.of(KernelRange.LOG_SOFTMAX), Scaling.LOOKED_UP, Activation.NONE),
  /** {@code x / sqrt(sum(x^2))} over the last axis. */
  L2_NORMALIZATION(Optional.of(KernelRange.L2_NORMALIZATION), Scaling.LOOKED_UP, Activation.NONE),
  /** {@code exp(x)}. */
  EXP(Optional.empty(), Scaling.LOOKED_UP, Activation.NONE),
  /** The natural logarithm. */
  LOG(Optional.empty(), Scaling.LOOKED_UP, Activation.NONE);

  private final Optional<KernelRange> prescribed;
  private final Scaling scaling;
  private final Activation activation;

  UnaryKind(Optional<KernelRange> prescribed, Scaling scaling, Activation activation) {
    this.prescribed = prescribed;
    this.scaling = scaling;
    this.activation = activation;
  }

  /** The range that its kernel prescribes for the output, if it does. */
  public Optional<KernelRange> prescribed() {
    return prescribed;
  }

  /** How it brings scales together. */
  public Scaling scaling() {
    return scaling;
  }

  /** The activation that other operations fuse in for it; NONE if they cannot. */
  public Activation activation() {
    return activation;
  }
}
