package dev.detent.processor.ir;

import dev.detent.annotations.Activation;
import java.util.Optional;

/**
 * The table of operations: what TFLite calls what the layers are lowered to, and what its kernels
 * ask of each. A new operation is one row here, one emitter and one test.
 */
public enum OpCode {
  /** What the model is fed. */
  INPUT("Input", Range.OWN, Yields.NEW),
  /** A convolution. */
  CONV_2D("CONV_2D", Range.OWN, Yields.NEW),
  /** A convolution of each channel by itself. */
  DEPTHWISE_CONV_2D("DEPTHWISE_CONV_2D", Range.OWN, Yields.NEW),
  /** A matrix product. */
  FULLY_CONNECTED("FULLY_CONNECTED", Range.OWN, Yields.NEW),
  /** The largest value of each window. */
  MAX_POOL_2D("MAX_POOL_2D", Range.OF_INPUTS, Yields.MOVED),
  /** The mean of each window. */
  AVERAGE_POOL_2D("AVERAGE_POOL_2D", Range.OF_INPUTS, Yields.BETWEEN_INPUTS),
  /** The mean of each channel. */
  MEAN("MEAN", Range.OWN, Yields.BETWEEN_INPUTS),
  /** The same values in another shape. */
  RESHAPE("RESHAPE", Range.OF_INPUTS, Yields.MOVED),
  /** Zeros around an image. */
  PAD("PAD", Range.OF_INPUTS, Yields.MOVED),
  /** A sum of two. */
  ADD("ADD", Range.OWN, Yields.SUM),
  /** Tensors side by side. */
  CONCATENATION("CONCATENATION", Range.OF_INPUTS, Yields.MOVED),
  /** Zeros at random places, in training only: the deployed model has no such operation. */
  DROPOUT("Dropout", Range.OF_INPUTS, Yields.MOVED),
  /** {@code max(x, 0)}. */
  RELU("RELU", Range.OWN, Yields.NEW),
  /** {@code min(max(x, 0), 6)}. */
  RELU6("RELU6", Range.OWN, Yields.NEW),
  /** Probabilities. */
  SOFTMAX("SOFTMAX", new FixedRange(1.0 / 256, -128), Yields.NEW),
  /** Float to integers, or from one range to another. */
  QUANTIZE("QUANTIZE", Range.OWN, Yields.MOVED),
  /** Integers to float. */
  DEQUANTIZE("DEQUANTIZE", Range.OWN, Yields.MOVED),
  /** What a class of the user's own makes of a layer: operations of TFLite, or one of its own. */
  CUSTOM("Custom", Range.OWN, Yields.NEW);

  /** Which range the kernels ask of an output (TFLite's 8-bit quantization specification). */
  public enum Range {
    /** Any: it is learned. */
    OWN,
    /** The one of all inputs, which then share it. */
    OF_INPUTS,
    /** One that the kernel prescribes. */
    FIXED
  }

  /** What is known of an output's values from the inputs' values. */
  public enum Yields {
    /** Nothing. */
    NEW,
    /** They are the same ones, and zeros. */
    MOVED,
    /** They lie between the smallest and the largest. */
    BETWEEN_INPUTS,
    /** They are sums: not below zero if no summand is. */
    SUM
  }

  private final String displayName;
  private final Range range;
  private final Optional<FixedRange> fixed;
  private final Yields yields;

  OpCode(String displayName, Range range, Yields yields) {
    this(displayName, range, Optional.empty(), yields);
  }

  OpCode(String displayName, FixedRange fixed, Yields yields) {
    this(displayName, Range.FIXED, Optional.of(fixed), yields);
  }

  OpCode(String displayName, Range range, Optional<FixedRange> fixed, Yields yields) {
    this.displayName = displayName;
    this.range = range;
    this.fixed = fixed;
    this.yields = yields;
  }

  /** TFLite's name; of what TFLite has no operation for, Keras's. */
  public String displayName() {
    return displayName;
  }

  /** What the kernels ask of the output's range. */
  public Range range() {
    return range;
  }

  /** The range that the int8 kernel prescribes; empty if it prescribes none. */
  public Optional<FixedRange> fixed() {
    return fixed;
  }

  /** What is known of the output's values. */
  public Yields yields() {
    return yields;
  }

  /** Whether it computes nothing, so that it is the same in integers and in float. */
  public boolean onlyMoves() {
    return yields == Yields.MOVED;
  }

  /** Whether it multiplies with weights. */
  public boolean hasKernel() {
    return this == CONV_2D || this == DEPTHWISE_CONV_2D || this == FULLY_CONNECTED;
  }

  /** Whether it stands at a border between float and integers, and belongs to no field. */
  public boolean isBorder() {
    return this == QUANTIZE || this == DEQUANTIZE;
  }

  /** The activation that the operation is by itself. */
  public Activation isItself() {
    return switch (this) {
      case RELU -> Activation.RELU;
      case RELU6 -> Activation.RELU6;
      default -> Activation.NONE;
    };
  }
}
