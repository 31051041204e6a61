package dev.detent.processor.ir;

import java.util.Optional;

/**
 * The table of operations: what TFLite calls what the layers are lowered to, and what its kernels
 * ask of each. A new operation is one row here, one emitter and one test: what a row leaves out
 * does not compile.
 */
public enum OpCode {
  /** What the model is fed. */
  INPUT("Input", Range.OWN, Yields.NEW, Role.SOURCE),
  /** A convolution. */
  CONV_2D("CONV_2D", Range.OWN, Yields.NEW, Role.WEIGHTED),
  /** A convolution of each channel by itself. */
  DEPTHWISE_CONV_2D("DEPTHWISE_CONV_2D", Range.OWN, Yields.NEW, Role.WEIGHTED),
  /** A matrix product. */
  FULLY_CONNECTED("FULLY_CONNECTED", Range.OWN, Yields.NEW, Role.WEIGHTED),
  /** The largest value of each window. */
  MAX_POOL_2D("MAX_POOL_2D", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** The mean of each window. */
  AVERAGE_POOL_2D("AVERAGE_POOL_2D", Range.OF_INPUTS, Yields.BETWEEN_INPUTS, Role.OTHER),
  /** The mean over some axes. */
  MEAN("MEAN", Range.OWN, Yields.BETWEEN_INPUTS, Role.OTHER),
  /** The same values in another shape. */
  RESHAPE("RESHAPE", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** Zeros around an image, or at both ends of a sequence. */
  PAD("PAD", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** A sum of two. */
  ADD("ADD", Range.OWN, Yields.SUM, Role.ELEMENTWISE),
  /** A product of two, or with a positive number. */
  MUL("MUL", Range.OWN, Yields.SUM, Role.OTHER),
  /** A difference. */
  SUB("SUB", Range.OWN, Yields.NEW, Role.OTHER),
  /** The larger of two. */
  MAXIMUM("MAXIMUM", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** The smaller of two, or of a value and the ceiling of a ReLU. */
  MINIMUM("MINIMUM", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** Tensors side by side. */
  CONCATENATION("CONCATENATION", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** The axes in another order. */
  TRANSPOSE("TRANSPOSE", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** An image continued by its mirror image. */
  MIRROR_PAD("MIRROR_PAD", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** A part of a tensor, or one step of a sequence. */
  STRIDED_SLICE("STRIDED_SLICE", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** One of several parts of equal size: all that read one tensor are one operation. */
  SPLIT("SPLIT", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** Blocks of pixels as channels. */
  SPACE_TO_DEPTH("SPACE_TO_DEPTH", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** Channels as blocks of pixels. */
  DEPTH_TO_SPACE("DEPTH_TO_SPACE", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** The values again and again. */
  TILE("TILE", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** The nearest pixels. */
  RESIZE_NEAREST_NEIGHBOR("RESIZE_NEAREST_NEIGHBOR", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** The weighted means of the pixels around. */
  RESIZE_BILINEAR("RESIZE_BILINEAR", Range.OF_INPUTS, Yields.BETWEEN_INPUTS, Role.OTHER),
  /** The sum over some axes. */
  SUM("SUM", Range.OWN_APART, Yields.SUM, Role.OTHER),
  /** The largest value over some axes. */
  REDUCE_MAX("REDUCE_MAX", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** The index of the largest value along an axis. */
  ARG_MAX("ARG_MAX", Range.INDICES, Yields.NEW, Role.OTHER),
  /** Zeros at random places or channels, in training only: the deployed model has no such thing. */
  DROPOUT("Dropout", Range.OF_INPUTS, Yields.MOVED, Role.UNTRACED),
  /** A transposed convolution. */
  TRANSPOSE_CONV("TRANSPOSE_CONV", Range.OWN, Yields.NEW, Role.WEIGHTED),
  /** The multiplication of a batch norm that stands alone. */
  BATCH_NORM_SCALE("MUL", Range.OWN, Yields.NEW, Role.ELEMENTWISE),
  /** The addition of a batch norm that stands alone. */
  BATCH_NORM_SHIFT("ADD", Range.OWN, Yields.NEW, Role.ELEMENTWISE),
  /** A product with a number of any sign. */
  MUL_NUMBER("MUL", Range.OWN, Yields.NEW, Role.OTHER),
  /** A sum with a number of any sign. */
  ADD_NUMBER("ADD", Range.OWN, Yields.NEW, Role.OTHER),
  /** A layer whose work another one does: it is what it reads. */
  FOLDED("Folded", Range.OF_INPUTS, Yields.MOVED, Role.UNTRACED),
  /** Random numbers added, in training only. */
  GAUSSIAN_NOISE("GaussianNoise", Range.OF_INPUTS, Yields.MOVED, Role.UNTRACED),
  /** {@code max(x, 0)}. */
  RELU("RELU", Range.OWN, Yields.NON_NEGATIVE, Role.ELEMENTWISE),
  /** {@code min(max(x, 0), 6)}. */
  RELU6("RELU6", Range.OWN, Yields.FROM_0_TO_6, Role.ELEMENTWISE),
  /** The product of two matrices, neither of them constant. */
  BATCH_MATMUL("BATCH_MATMUL", Range.OWN_SECOND_SYMMETRIC, Yields.NEW, Role.OTHER),
  /** A long short-term memory. */
  LSTM("UNIDIRECTIONAL_SEQUENCE_LSTM", new FixedRange(1.0 / 128, 0), Yields.NEW, Role.OTHER),
  /** Rows of a table. */
  GATHER("GATHER", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** A trained tensor that no operation computes: a constant of the deployed model. */
  PARAMETER("constant", Range.OWN, Yields.NEW, Role.SOURCE),
  /** Indices that the model is fed: integers in any model. */
  INDICES("Input", Range.INDICES, Yields.NEW, Role.SOURCE),
  /** Probabilities. */
  SOFTMAX("SOFTMAX", new FixedRange(1.0 / 256, -128), Yields.NEW, Role.OTHER),
  /** Float to integers, or from one range to another. */
  QUANTIZE("QUANTIZE", Range.OWN, Yields.MOVED, Role.BORDER),
  /** Integers to float. */
  DEQUANTIZE("DEQUANTIZE", Range.OWN, Yields.MOVED, Role.BORDER),
  /** {@code min(max(x, -1), 1)}. */
  RELU_N1_TO_1("RELU_N1_TO_1", Range.OWN, Yields.UP_TO_1, Role.OTHER),
  /** {@code x} where it is not negative, else a share of it. */
  LEAKY_RELU("LEAKY_RELU", Range.OWN, Yields.NEW, Role.OTHER),
  /** {@code x} where it is not negative, else a trained share of it. */
  PRELU("PRELU", Range.OWN, Yields.NEW, Role.OTHER),
  /** {@code x} where it is above a number, else 0. */
  THRESHOLDED_RELU("SELECT_V2", Range.OF_INPUTS, Yields.MOVED, Role.OTHER),
  /** {@code x} where it is not negative, else {@code exp(x) - 1}. */
  ELU("ELU", Range.OWN, Yields.NEW, Role.OTHER),
  /** {@code x * min(max(x + 3, 0), 6) / 6}. */
  HARD_SWISH("HARD_SWISH", Range.OWN, Yields.NEW, Role.OTHER),
  /** {@code min(max(x + 3, 0), 6)}: 3 lies on the grid, so that no kernel has ties to round. */
  HARD_SIGMOID_SUM("ADD", new FixedRange(6.0 / 254, -128), Yields.NEW, Role.OTHER),
  /** That, divided by 6: in the same steps. */
  HARD_SIGMOID_SHARE("MUL", new FixedRange(1.0 / 254, -128), Yields.NEW, Role.OTHER),
  /** {@code 1 / (1 + exp(-x))}. */
  LOGISTIC("LOGISTIC", new FixedRange(1.0 / 256, -128), Yields.NEW, Role.OTHER),
  /** The hyperbolic tangent. */
  TANH("TANH", new FixedRange(1.0 / 128, 0), Yields.NEW, Role.OTHER),
  /** {@code x} times its sigmoid. */
  SWISH_PRODUCT("MUL", Range.OWN, Yields.NEW, Role.OTHER),
  /** {@code x} times the normal distribution's share below it. */
  GELU("GELU", Range.OWN, Yields.NEW, Role.OTHER),
  /** Logarithms of probabilities. */
  LOG_SOFTMAX("LOG_SOFTMAX", new FixedRange(16.0 / 256, 127), Yields.NEW, Role.OTHER),
  /** Vectors of length 1. */
  L2_NORMALIZATION("L2_NORMALIZATION", new FixedRange(1.0 / 128, 0), Yields.NEW, Role.OTHER),
  /** {@code exp(x)}. */
  EXP("EXP", Range.OWN, Yields.NON_NEGATIVE, Role.OTHER),
  /** The natural logarithm. */
  LOG("LOG", Range.OWN, Yields.NEW, Role.OTHER),
  /** What a class of the user's own makes of a layer: operations of TFLite, or one of its own. */
  CUSTOM("Custom", Range.OWN, Yields.NEW, Role.OTHER);

  /** Which range the kernels ask of an output (TFLite's 8-bit quantization specification). */
  public enum Range {
    /** Any: it is learned. */
    OWN,
    /** Any but the input's: where the two have one scale, the built-in SUM adds up in 8 bits. */
    OWN_APART,
    /**
     * Any, and what is read second must have the zero point 0: XNNPACK of TFLite 2.21 takes
     * products of matrices, and leaves that zero point out.
     */
    OWN_SECOND_SYMMETRIC,
    /** The one of all inputs, which then share it. */
    OF_INPUTS,
    /** One that the kernel prescribes. */
    FIXED,
    /** None: it holds int32, whatever the model's other tensors hold. */
    INDICES
  }

  /** What is known of an output's values from the inputs' values. */
  public enum Yields {
    /** Nothing. */
    NEW,
    /** None is below 0. */
    NON_NEGATIVE,
    /** They lie from 0 to 6. */
    FROM_0_TO_6,
    /** None is above 1. */
    UP_TO_1,
    /** They are the same ones, and zeros. */
    MOVED,
    /** They lie between the smallest and the largest. */
    BETWEEN_INPUTS,
    /** They are sums or products: not below zero if no input is. */
    SUM
  }

  /** What an operation is in the model. */
  public enum Role {
    /** Nothing computes it: an input or a constant. */
    SOURCE,
    /** It multiplies with weights. */
    WEIGHTED,
    /**
     * It has no weights, and each value follows from those at the same place: it moves in front of
     * a RESHAPE that a layer over sequences became.
     */
    ELEMENTWISE,
    /** It has no weights, and stays where it is. */
    OTHER,
    /** The deployed model has no such operation: its output is its input there. */
    UNTRACED,
    /** It stands at a border between float and integers, and belongs to no field. */
    BORDER
  }

  private final String displayName;
  private final Range range;
  private final Optional<FixedRange> fixed;
  private final Yields yields;
  private final Role role;

  OpCode(String displayName, Range range, Yields yields, Role role) {
    this(displayName, range, Optional.empty(), yields, role);
  }

  OpCode(String displayName, FixedRange fixed, Yields yields, Role role) {
    this(displayName, Range.FIXED, Optional.of(fixed), yields, role);
  }

  OpCode(String displayName, Range range, Optional<FixedRange> fixed, Yields yields, Role role) {
    this.displayName = displayName;
    this.range = range;
    this.fixed = fixed;
    this.yields = yields;
    this.role = role;
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

  /** Whether nothing computes it. */
  public boolean isSource() {
    return role == Role.SOURCE;
  }

  /** Whether it multiplies with weights. */
  public boolean hasKernel() {
    return role == Role.WEIGHTED;
  }

  /** Whether the deployed model has no such operation: its output is its input there. */
  public boolean leavesNoTrace() {
    return role == Role.UNTRACED;
  }

  /** Whether each value follows from the one at the same place, so that it works in any shape. */
  public boolean isElementwise() {
    return role == Role.ELEMENTWISE || leavesNoTrace();
  }

  /** Whether it stands at a border between float and integers, and belongs to no field. */
  public boolean isBorder() {
    return role == Role.BORDER;
  }
}
