package dev.detent.runtime.internal.tflite;

import static dev.detent.runtime.internal.tflite.TfliteOperator.Granted.NOTHING;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Granted.ONE_TYPE;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Granted.SCALES;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Granted.SCALES_AND_ONE_TYPE;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Operands.all;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Operands.atLeast;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Operands.optional;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Range.OWN;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Range.TIED;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Range.fixed;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Weights.CONVOLUTION;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Weights.DEPTHWISE;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Weights.NONE;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Weights.TRANSPOSED;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Xnnpack.FLOAT;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Xnnpack.FLOAT_AND_INT8;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Xnnpack.LEFT;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * The operators of TFLite's schema, under its names, about which something is known: what their
 * kernels take for granted, which range the 8-bit specification prescribes for their output, where
 * their weights are, and in which types XNNPACK takes them over.
 */
public enum TfliteOperator {
  ADD(all(2), SCALES_AND_ONE_TYPE, OWN, NONE, FLOAT_AND_INT8),
  AVERAGE_POOL_2D(all(1), SCALES_AND_ONE_TYPE, TIED, NONE, FLOAT),
  BATCH_MATMUL(all(2), SCALES, OWN, NONE, FLOAT),
  BATCH_TO_SPACE_ND(all(3), NOTHING, TIED, NONE, LEFT),
  BIDIRECTIONAL_SEQUENCE_LSTM(atLeast(1), NOTHING, OWN, NONE, LEFT),
  BIDIRECTIONAL_SEQUENCE_RNN(atLeast(1), NOTHING, OWN, NONE, LEFT),
  CAST(all(1), NOTHING, OWN, NONE, LEFT),
  CONCATENATION(all(1), SCALES_AND_ONE_TYPE, TIED, NONE, FLOAT_AND_INT8),
  CONV_2D(atLeast(2), SCALES, OWN, CONVOLUTION, FLOAT_AND_INT8),
  CONV_3D(atLeast(1), NOTHING, OWN, NONE, LEFT),
  CUSTOM(atLeast(1), NOTHING, OWN, NONE, LEFT),
  DEPTH_TO_SPACE(all(1), NOTHING, TIED, NONE, LEFT),
  DEPTHWISE_CONV_2D(atLeast(2), SCALES, OWN, DEPTHWISE, FLOAT_AND_INT8),
  DEQUANTIZE(all(1), NOTHING, OWN, NONE, LEFT),
  DIV(all(2), NOTHING, OWN, NONE, LEFT),
  ELU(all(1), SCALES, OWN, NONE, LEFT),
  EXP(all(1), NOTHING, OWN, NONE, LEFT),
  EXPAND_DIMS(all(2), NOTHING, TIED, NONE, LEFT),
  FULLY_CONNECTED(atLeast(2), SCALES, OWN, CONVOLUTION, FLOAT_AND_INT8),
  GATHER(all(2), NOTHING, TIED, NONE, LEFT),
  GELU(all(1), NOTHING, OWN, NONE, LEFT),
  HARD_SWISH(all(1), SCALES, OWN, NONE, LEFT),
  L2_NORMALIZATION(all(1), SCALES, fixed(1f / 128, 0), NONE, LEFT),
  LEAKY_RELU(all(1), SCALES, OWN, NONE, LEFT),
  LOG_SOFTMAX(all(1), SCALES, fixed(16f / 256, 127), NONE, LEFT),
  LOGISTIC(all(1), SCALES, fixed(1f / 256, -128), NONE, FLOAT),
  LSTM(atLeast(1), NOTHING, OWN, NONE, LEFT),
  MAX_POOL_2D(all(1), SCALES_AND_ONE_TYPE, TIED, NONE, FLOAT_AND_INT8),
  MAXIMUM(all(2), ONE_TYPE, TIED, NONE, LEFT),
  MEAN(all(2), SCALES, OWN, NONE, FLOAT_AND_INT8),
  MINIMUM(all(2), ONE_TYPE, TIED, NONE, LEFT),
  MIRROR_PAD(all(2), NOTHING, TIED, NONE, LEFT),
  MUL(all(2), SCALES_AND_ONE_TYPE, OWN, NONE, FLOAT_AND_INT8),
  PACK(all(1), NOTHING, TIED, NONE, LEFT),
  PAD(all(2), NOTHING, TIED, NONE, FLOAT_AND_INT8),
  PADV2(all(3), NOTHING, TIED, NONE, LEFT),
  PRELU(all(2), SCALES, OWN, NONE, LEFT),
  QUANTIZE(all(1), NOTHING, OWN, NONE, LEFT),
  REDUCE_MAX(all(2), NOTHING, TIED, NONE, LEFT),
  REDUCE_MIN(all(2), NOTHING, TIED, NONE, LEFT),
  RELU(all(1), NOTHING, OWN, NONE, LEFT),
  RELU6(all(1), NOTHING, OWN, NONE, LEFT),
  RELU_N1_TO_1(all(1), NOTHING, OWN, NONE, LEFT),
  RESHAPE(all(1), NOTHING, TIED, NONE, FLOAT_AND_INT8),
  RESIZE_BILINEAR(all(2), NOTHING, TIED, NONE, LEFT),
  RESIZE_NEAREST_NEIGHBOR(all(2), NOTHING, TIED, NONE, LEFT),
  RNN(atLeast(1), NOTHING, OWN, NONE, LEFT),
  SHAPE(all(1), NOTHING, OWN, NONE, LEFT),
  SLICE(all(3), NOTHING, TIED, NONE, LEFT),
  SOFTMAX(all(1), SCALES, fixed(1f / 256, -128), NONE, FLOAT),
  SPACE_TO_BATCH_ND(all(3), NOTHING, TIED, NONE, LEFT),
  SPACE_TO_DEPTH(all(1), NOTHING, TIED, NONE, LEFT),
  SPLIT(all(2), NOTHING, TIED, NONE, LEFT),
  SPLIT_V(all(3), NOTHING, TIED, NONE, LEFT),
  SQUARED_DIFFERENCE(all(2), SCALES_AND_ONE_TYPE, OWN, NONE, LEFT),
  SQUEEZE(all(1), NOTHING, TIED, NONE, LEFT),
  STRIDED_SLICE(all(4), NOTHING, TIED, NONE, LEFT),
  SUB(all(2), SCALES_AND_ONE_TYPE, OWN, NONE, FLOAT_AND_INT8),
  SUM(all(2), NOTHING, OWN, NONE, LEFT),
  SVDF(atLeast(1), NOTHING, OWN, NONE, LEFT),
  TANH(all(1), SCALES, fixed(1f / 128, 0), NONE, FLOAT),
  TILE(all(2), NOTHING, TIED, NONE, LEFT),
  TRANSPOSE(all(2), NOTHING, TIED, NONE, LEFT),
  TRANSPOSE_CONV(atLeast(3), SCALES, OWN, TRANSPOSED, FLOAT_AND_INT8),
  UNIDIRECTIONAL_SEQUENCE_LSTM(optional(20), NOTHING, OWN, NONE, LEFT),
  UNIDIRECTIONAL_SEQUENCE_RNN(atLeast(1), NOTHING, OWN, NONE, LEFT),
  UNPACK(all(1), NOTHING, TIED, NONE, LEFT),
  /** One of which nothing is known, the application's own among them. */
  OTHER(all(1), NOTHING, OWN, NONE, LEFT);

  /**
   * The operands that a kernel reads without asking for them.
   *
   * @param least how many there are at least
   * @param present how many of the first may not be left out
   */
  public record Operands(int least, int present) {
    /** At least so many, of which none may be left out. */
    static Operands all(int least) {
      return new Operands(least, Integer.MAX_VALUE);
    }

    /** At least so many, of which later ones may be left out. */
    static Operands atLeast(int least) {
      return new Operands(least, least);
    }

    /** At least so many, of which any may be left out. */
    static Operands optional(int least) {
      return new Operands(least, 0);
    }
  }

  /** What a kernel takes for granted of the tensors. */
  public enum Granted {
    /** Nothing that is known. */
    NOTHING,
    /** That integers have a scale. */
    SCALES,
    /** That all are of one type. */
    ONE_TYPE,
    /** Both. */
    SCALES_AND_ONE_TYPE
  }

  /**
   * The range of an int8 output.
   *
   * @param isTied whether it is that of the inputs
   * @param isFixed whether the kernel prescribes it
   * @param scale where it does
   * @param zeroPoint where it does
   */
  public record Range(boolean isTied, boolean isFixed, float scale, int zeroPoint) {
    static final Range OWN = new Range(false, false, 0, 0);
    static final Range TIED = new Range(true, false, 0, 0);

    static Range fixed(float scale, int zeroPoint) {
      return new Range(false, true, scale, zeroPoint);
    }
  }

  /**
   * Where an operator's weights are.
   *
   * @param input the input's place among the operands
   * @param kernel the kernel's
   * @param bias that of the bias, which may be missing
   * @param axis the kernel's axis of output channels
   */
  public record Weights(int input, int kernel, int bias, int axis) {
    static final Weights NONE = new Weights(-1, -1, -1, -1);
    static final Weights CONVOLUTION = new Weights(0, 1, 2, 0);
    static final Weights DEPTHWISE = new Weights(0, 1, 2, 3);
    static final Weights TRANSPOSED = new Weights(2, 1, 3, 0);
  }

  /** In which types XNNPACK is known to take an operator over from the built-in kernels. */
  public enum Xnnpack {
    /** In none. */
    LEFT,
    /** In float. */
    FLOAT,
    /** In float and in 8 bits. */
    FLOAT_AND_INT8
  }

  private static final Map<String, TfliteOperator> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Enum::name, Function.identity()));

  private final Operands operands;
  private final Granted granted;
  private final Range range;
  private final Weights weights;
  private final Xnnpack xnnpack;

  TfliteOperator(
      Operands operands, Granted granted, Range range, Weights weights, Xnnpack xnnpack) {
    this.operands = operands;
    this.granted = granted;
    this.range = range;
    this.weights = weights;
    this.xnnpack = xnnpack;
  }

  /** The operator of a name in the schema; {@link #OTHER} where it is none of the others. */
  public static TfliteOperator of(String name) {
    return BY_NAME.getOrDefault(name, OTHER);
  }

  /** Its number in {@link BuiltinOperator}; -1 of {@link #OTHER}. */
  public int code() {
    return Arrays.asList(BuiltinOperator.names).indexOf(name());
  }

  /** The operands that its kernels read without asking. */
  public Operands operands() {
    return operands;
  }

  /** Whether its kernels compute with the scales of integers. */
  public boolean needsScales() {
    return granted == SCALES || granted == SCALES_AND_ONE_TYPE;
  }

  /** Whether its kernels take the type of one tensor for that of all. */
  public boolean needsOneType() {
    return granted == ONE_TYPE || granted == SCALES_AND_ONE_TYPE;
  }

  /** The range of its output in 8 bits. */
  public Range range() {
    return range;
  }

  /** Where its weights are. */
  public Weights weights() {
    return weights;
  }

  /** Whether it has weights. */
  public boolean isWeighted() {
    return weights != NONE;
  }

  /** Whether it is what stands between float and integers. */
  public boolean isConversion() {
    return this == QUANTIZE || this == DEQUANTIZE;
  }

  /** In which types XNNPACK takes it. */
  public Xnnpack xnnpack() {
    return xnnpack;
  }
}
