package dev.detent.runtime.internal.tflite;

import static dev.detent.runtime.internal.tflite.TfliteOperator.Granted.BOTH;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Granted.NOTHING;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Granted.ONE_TYPE;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Granted.SCALES;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Operands.all;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Operands.atLeast;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Operands.optional;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Operands.weighted;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Range.OWN;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Range.TIED;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Range.fixed;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Weights.CONVOLUTION;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Weights.DEPTHWISE;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Weights.TRANSPOSED;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Xnnpack.FLOAT;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Xnnpack.INT8;
import static dev.detent.runtime.internal.tflite.TfliteOperator.Xnnpack.LEFT;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * The operators of TFLite's schema, under its names, about which something is known: what their
 * kernels take for granted, which range the 8-bit specification prescribes for their output, where
 * their weights are, in which types XNNPACK takes them over, and, of those that Detent writes, the
 * versions that have the kernels: for float, for 8 bits, for activations of 16 bits and for weights
 * of 4 bits, null or left out where TFLite has no such kernel.
 *
 * <p>Versions are the smallest that have the kernel (TensorFlow's {@code
 * lite/tools/versioning/op_version.cc}), with the first release that has that version ({@code
 * runtime_version.cc}). Of {@link #LOG}'s second version the release is not confirmed: the table
 * that was looked up ends before it. The interpreter of 2.20 runs it.
 */
public enum TfliteOperator {
  ADD(all(2), BOTH, OWN, INT8, in(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.4.0"))),
  ARG_MAX(all(2), NOTHING, OWN, LEFT, in(v(1, "1.9.0"), v(2, "1.14.0"))),
  AVERAGE_POOL_2D(all(1), BOTH, TIED, FLOAT, in(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.3.0"))),
  BATCH_MATMUL(all(2), SCALES, OWN, FLOAT, in(v(1, "2.3.0"), v(2, "2.3.0"))),
  BATCH_TO_SPACE_ND(all(3), NOTHING, TIED, LEFT),
  BIDIRECTIONAL_SEQUENCE_LSTM(atLeast(1), NOTHING, OWN, LEFT),
  BIDIRECTIONAL_SEQUENCE_RNN(atLeast(1), NOTHING, OWN, LEFT),
  CAST(all(1), NOTHING, OWN, LEFT, in(null, v(3, "2.8.0"))),
  CONCATENATION(all(1), BOTH, TIED, INT8, in(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.3.0"))),
  CONV_2D(
      weighted(2, CONVOLUTION),
      SCALES,
      OWN,
      INT8,
      in(v(1, "1.5.0"), v(3, "1.14.0"), v(4, "2.3.0"), v(7, "2.11.0"))),
  CONV_3D(atLeast(1), NOTHING, OWN, LEFT),
  CUSTOM(atLeast(1), NOTHING, OWN, LEFT, in(v(1, "1.5.0"), v(1, "1.5.0"), v(1, "1.5.0"))),
  DEPTH_TO_SPACE(all(1), NOTHING, TIED, LEFT, in(v(1, "2.1.0"), v(2, "2.5.0"))),
  DEPTHWISE_CONV_2D(
      weighted(2, DEPTHWISE),
      SCALES,
      OWN,
      INT8,
      in(v(1, "1.5.0"), v(3, "1.14.0"), v(5, "2.3.0"), v(7, "2.11.0"))),
  DEQUANTIZE(all(1), NOTHING, OWN, LEFT, in(v(2, "1.14.0"), v(2, "1.14.0"), v(3, "1.15.0"))),
  DIV(all(2), NOTHING, OWN, LEFT),
  ELU(all(1), SCALES, OWN, LEFT, in(v(1, "1.14.0"), v(1, "1.14.0"))),
  EXP(all(1), NOTHING, OWN, LEFT, in(v(1, "1.7.0"), v(2, "2.12.0"))),
  EXPAND_DIMS(all(2), NOTHING, TIED, LEFT),
  FULLY_CONNECTED(
      weighted(2, CONVOLUTION),
      SCALES,
      OWN,
      INT8,
      in(v(1, "1.5.0"), v(4, "1.14.0"), v(7, "2.3.0"), v(10, "2.11.0"))),
  GATHER(all(2), NOTHING, TIED, LEFT, in(v(1, "1.6.0"), v(2, "1.14.0"))),
  GELU(all(1), NOTHING, OWN, LEFT, in(v(1, "2.9.0"), v(2, "2.9.0"))),
  GREATER(all(2), NOTHING, OWN, LEFT, in(v(1, "1.14.0"))),
  HARD_SWISH(all(1), SCALES, OWN, LEFT, in(v(1, "1.15.0"), v(1, "1.15.0"))),
  L2_NORMALIZATION(all(1), SCALES, fixed(1f / 128, 0), LEFT, in(v(1, "1.5.0"), v(2, "1.14.0"))),
  LEAKY_RELU(all(1), SCALES, OWN, LEFT, in(v(1, "1.13.1"), v(1, "1.13.1"))),
  LOG(all(1), NOTHING, OWN, LEFT, in(v(1, "1.14.0"), v(2, "2.15.0"))),
  LOG_SOFTMAX(all(1), SCALES, fixed(16f / 256, 127), LEFT, in(v(1, "1.14.0"), v(2, "1.14.0"))),
  LOGISTIC(all(1), SCALES, fixed(1f / 256, -128), FLOAT, in(v(1, "1.14.0"), v(2, "1.14.0"))),
  LSTM(atLeast(1), NOTHING, OWN, LEFT),
  MAX_POOL_2D(all(1), BOTH, TIED, INT8, in(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.3.0"))),
  MAXIMUM(all(2), ONE_TYPE, TIED, LEFT, in(v(1, "1.14.0"), v(2, "1.14.0"))),
  MEAN(all(2), SCALES, OWN, INT8, in(v(1, "1.6.0"), v(2, "1.14.0"), v(3, "2.4.0"))),
  MINIMUM(all(2), ONE_TYPE, TIED, LEFT, in(v(1, "1.14.0"), v(2, "1.14.0"))),
  MIRROR_PAD(all(2), NOTHING, TIED, LEFT, in(v(1, "1.13.1"), v(2, "2.3.0"))),
  MUL(all(2), BOTH, OWN, INT8, in(v(1, "1.5.0"), v(2, "1.14.0"))),
  PACK(all(1), NOTHING, TIED, LEFT),
  PAD(all(2), NOTHING, TIED, INT8, in(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.4.0"))),
  PADV2(all(3), NOTHING, TIED, LEFT),
  PRELU(all(2), SCALES, OWN, LEFT, in(v(1, "1.8.0"), v(1, "1.8.0"))),
  QUANTIZE(all(1), NOTHING, OWN, LEFT, in(v(1, "1.14.0"), v(1, "1.14.0"), v(2, "1.15.0"))),
  REDUCE_MAX(all(2), NOTHING, TIED, LEFT, in(v(1, "1.11.0"), v(2, "1.14.0"))),
  REDUCE_MIN(all(2), NOTHING, TIED, LEFT),
  RELU(all(1), NOTHING, OWN, LEFT, in(v(1, "1.5.0"), v(2, "2.1.0"), v(3, "2.5.0"))),
  RELU6(all(1), NOTHING, OWN, LEFT, in(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.5.0"))),
  RELU_N1_TO_1(all(1), NOTHING, OWN, LEFT, in(v(1, "1.5.0"), v(1, "1.5.0"))),
  RESHAPE(all(1), NOTHING, TIED, INT8, in(v(1, "1.5.0"), v(1, "1.5.0"), v(1, "1.5.0"))),
  RESIZE_BILINEAR(all(2), NOTHING, TIED, LEFT, in(v(1, "1.7.0"), v(2, "1.14.0"))),
  RESIZE_NEAREST_NEIGHBOR(all(2), NOTHING, TIED, LEFT, in(v(1, "1.13.1"), v(2, "1.14.0"))),
  RNN(atLeast(1), NOTHING, OWN, LEFT),
  SELECT_V2(all(3), NOTHING, TIED, LEFT, in(v(1, "2.2.0"), v(1, "2.2.0"))),
  SHAPE(all(1), NOTHING, OWN, LEFT, in(v(1, "1.10.0"))),
  SLICE(all(3), NOTHING, TIED, LEFT),
  SOFTMAX(
      all(1),
      SCALES,
      fixed(1f / 256, -128),
      FLOAT,
      in(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.3.0"))),
  SPACE_TO_BATCH_ND(all(3), NOTHING, TIED, LEFT),
  SPACE_TO_DEPTH(all(1), NOTHING, TIED, LEFT, in(v(1, "1.5.0"), v(2, "1.14.0"))),
  SPLIT(all(2), NOTHING, TIED, LEFT, in(v(1, "1.5.0"), v(2, "1.14.0"))),
  SPLIT_V(all(3), NOTHING, TIED, LEFT),
  SQUARED_DIFFERENCE(all(2), BOTH, OWN, LEFT),
  SQUEEZE(all(1), NOTHING, TIED, LEFT),
  STRIDED_SLICE(all(4), NOTHING, TIED, LEFT, in(v(1, "1.6.0"), v(2, "1.14.0"))),
  SUB(all(2), BOTH, OWN, INT8, in(v(1, "1.6.0"), v(2, "1.14.0"))),
  SUM(all(2), NOTHING, OWN, LEFT, in(v(1, "1.10.0"), v(2, "1.15.0"))),
  SVDF(atLeast(1), NOTHING, OWN, LEFT),
  TANH(all(1), SCALES, fixed(1f / 128, 0), FLOAT, in(v(1, "1.14.0"), v(2, "1.14.0"))),
  TILE(all(2), NOTHING, TIED, LEFT, in(v(1, "1.10.1"), v(3, "2.8.0"))),
  TRANSPOSE(all(2), NOTHING, TIED, LEFT, in(v(1, "1.6.0"), v(2, "1.14.0"))),
  TRANSPOSE_CONV(weighted(3, TRANSPOSED), SCALES, OWN, INT8, in(v(3, "2.3.0"), v(3, "2.3.0"))),
  UNIDIRECTIONAL_SEQUENCE_LSTM(
      optional(20), NOTHING, OWN, LEFT, in(v(1, "1.13.1"), v(1, "1.13.1"))),
  UNIDIRECTIONAL_SEQUENCE_RNN(atLeast(1), NOTHING, OWN, LEFT),
  UNPACK(all(1), NOTHING, TIED, LEFT),
  /** One of which nothing is known, the application's own among them. */
  OTHER(all(1), NOTHING, OWN, LEFT);

  /**
   * The operands that a kernel reads without asking for them.
   *
   * @param least how many there are at least
   * @param present how many of the first may not be left out
   * @param weights where among them the weights are
   */
  public record Operands(int least, int present, Weights weights) {
    /** At least so many, of which none may be left out. */
    static Operands all(int least) {
      return new Operands(least, Integer.MAX_VALUE, Weights.NONE);
    }

    /** At least so many, of which later ones may be left out. */
    static Operands atLeast(int least) {
      return new Operands(least, least, Weights.NONE);
    }

    /** The same of an operator with weights. */
    static Operands weighted(int least, Weights weights) {
      return new Operands(least, least, weights);
    }

    /** At least so many, of which any may be left out. */
    static Operands optional(int least) {
      return new Operands(least, 0, Weights.NONE);
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
    /** Both: that integers have a scale, and that all are of one type. */
    BOTH
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
    /** In 8 bits, and in float. */
    INT8
  }

  private static final Map<String, TfliteOperator> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Enum::name, Function.identity()));

  /** DEQUANTIZE of constants with one scale for each channel. */
  public static final Version DEQUANTIZE_PER_CHANNEL = v(5, "2.7.0");

  private final Operands operands;
  private final Granted granted;
  private final Range range;
  private final Xnnpack xnnpack;
  private final Versions versions;

  /** One that is read only, and never written. */
  TfliteOperator(Operands operands, Granted granted, Range range, Xnnpack xnnpack) {
    this(operands, granted, range, xnnpack, in());
  }

  TfliteOperator(
      Operands operands, Granted granted, Range range, Xnnpack xnnpack, Versions versions) {
    this.operands = operands;
    this.granted = granted;
    this.range = range;
    this.xnnpack = xnnpack;
    this.versions = versions;
  }

  private static Versions in(@Nullable Version... known) {
    @Nullable Version[] all = Arrays.copyOf(known, 4);
    return new Versions(all[0], all[1], all[2], all[3]);
  }

  private static Version v(int number, String runtime) {
    return new Version(number, runtime);
  }

  /** The operator of a name in the schema; {@link #OTHER} where it is none of the others. */
  public static TfliteOperator of(String name) {
    return BY_NAME.getOrDefault(name, OTHER);
  }

  /** Its number in {@link BuiltinOperator}; -1 of {@link #OTHER}. */
  public int code() {
    return Arrays.asList(BuiltinOperator.names).indexOf(name());
  }

  /** Its versions, where no attribute asks for a later one. */
  public Versions versions() {
    return versions;
  }

  /** The operands that its kernels read without asking. */
  public Operands operands() {
    return operands;
  }

  /** Whether its kernels compute with the scales of integers. */
  public boolean needsScales() {
    return granted == SCALES || granted == BOTH;
  }

  /** Whether its kernels take the type of one tensor for that of all. */
  public boolean needsOneType() {
    return granted == ONE_TYPE || granted == BOTH;
  }

  /** The range of its output in 8 bits. */
  public Range range() {
    return range;
  }

  /** Where its weights are. */
  public Weights weights() {
    return operands.weights;
  }

  /** Whether it has weights. */
  public boolean isWeighted() {
    return weights() != Weights.NONE;
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
