package dev.detent.processor.model;

import static dev.detent.processor.model.AttributeKey.*;

import dev.detent.annotations.Activation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of layers: one row an annotation. A new layer is one row here, one shape rule, one
 * lowering rule if it is not one operation, one emitter and one test.
 */
public enum OperationKind {
  /** {@code @Input}. */
  INPUT("Input", Reads.NOTHING, List.of(), List.of(INPUT_SHAPE)),
  /** {@code @Conv2D}. */
  CONV_2D(
      "Conv2D",
      Reads.ONE,
      List.of(Stacks.BATCH_NORM, Stacks.ACTIVATION),
      List.of(
          FILTERS,
          KERNEL_SIZE,
          STRIDES,
          AttributeKey.PADDING,
          DILATION_RATE,
          USE_BIAS,
          KERNEL_INITIALIZER,
          BIAS_INITIALIZER,
          KERNEL_L2)),
  /** {@code @DepthwiseConv2D}. */
  DEPTHWISE_CONV_2D(
      "DepthwiseConv2D",
      Reads.ONE,
      List.of(Stacks.BATCH_NORM, Stacks.ACTIVATION),
      List.of(
          KERNEL_SIZE,
          STRIDES,
          AttributeKey.PADDING,
          DEPTH_MULTIPLIER,
          DILATION_RATE,
          USE_BIAS,
          DEPTHWISE_INITIALIZER,
          BIAS_INITIALIZER,
          DEPTHWISE_L2)),
  /** {@code @Dense}. */
  DENSE(
      "Dense",
      Reads.ONE,
      List.of(Stacks.BATCH_NORM, Stacks.ACTIVATION),
      List.of(UNITS, USE_BIAS, KERNEL_INITIALIZER, BIAS_INITIALIZER, KERNEL_L2)),
  /** {@code @MaxPool2D}. */
  MAX_POOL_2D(
      "MaxPool2D",
      Reads.ONE,
      List.of(Stacks.ACTIVATION),
      List.of(POOL_SIZE, POOL_STRIDES, AttributeKey.PADDING)),
  /** {@code @AveragePool2D}. */
  AVERAGE_POOL_2D(
      "AveragePool2D",
      Reads.ONE,
      List.of(Stacks.ACTIVATION),
      List.of(POOL_SIZE, POOL_STRIDES, AttributeKey.PADDING)),
  /** {@code @GlobalAveragePool2D}. */
  GLOBAL_AVERAGE_POOL_2D("GlobalAveragePool2D", Reads.ONE, List.of(), List.of(KEEP_DIMS)),
  /** {@code @Flatten}. */
  FLATTEN("Flatten", Reads.ONE, List.of(), List.of()),
  /** {@code @Reshape}. */
  RESHAPE("Reshape", Reads.ONE, List.of(), List.of(RESHAPE_SHAPE)),
  /** {@code @ZeroPad2D}. */
  ZERO_PAD_2D("ZeroPad2D", Reads.ONE, List.of(), List.of(AttributeKey.MARGINS)),
  /** {@code @Add}. */
  ADD("Add", Reads.NAMED, List.of(Stacks.ACTIVATION), List.of(MERGED)),
  /** {@code @Concat}. */
  CONCAT("Concat", Reads.NAMED, List.of(), List.of(MERGED, AXIS)),
  /** {@code @Dropout}. */
  DROPOUT("Dropout", Reads.ONE, List.of(), List.of(RATE)),
  /** {@code @Relu}. */
  RELU("Relu", Activation.RELU),
  /** {@code @Relu6}. */
  RELU6("Relu6", Activation.RELU6),
  /** {@code @Softmax}. */
  SOFTMAX("Softmax", Activation.NONE),
  /** An annotation of the user's own that has {@code @CustomLayer}: {@link CustomUse} has more. */
  CUSTOM("CustomLayer", Reads.ONE, List.of(), List.of());

  /** What a layer reads. */
  public enum Reads {
    /** It is fed from outside. */
    NOTHING,
    /** The layer above, or the one that {@code from} names. */
    ONE,
    /** The layers that it names. */
    NAMED
  }

  /** What may stand behind an operation on the same field. */
  public enum Stacks {
    /** Folded into kernel and bias. */
    BATCH_NORM,
    /** Fused into the operation. */
    ACTIVATION
  }

  private static final Map<String, OperationKind> BY_ANNOTATION =
      Arrays.stream(values()).collect(Collectors.toMap(k -> k.annotation, Function.identity()));

  private final String annotation;
  private final Reads reads;
  private final Set<Stacks> stacks;
  private final List<AttributeKey<?>> attributes;
  private final boolean isActivation;
  private final Activation fusedAs;

  OperationKind(
      String annotation, Reads reads, List<Stacks> stacks, List<AttributeKey<?>> attributes) {
    this.annotation = annotation;
    this.reads = reads;
    this.stacks = stacks.isEmpty() ? EnumSet.noneOf(Stacks.class) : EnumSet.copyOf(stacks);
    this.attributes = attributes;
    this.isActivation = false;
    this.fusedAs = Activation.NONE;
  }

  OperationKind(String annotation, Activation fusedAs) {
    this.annotation = annotation;
    this.reads = Reads.ONE;
    this.stacks = EnumSet.noneOf(Stacks.class);
    this.attributes = List.of();
    this.isActivation = true;
    this.fusedAs = fusedAs;
  }

  /** The row of an annotation's simple name, or null if it is no operation. */
  public static OperationKind of(String annotation) {
    return BY_ANNOTATION.get(annotation);
  }

  /** The simple name of the annotation. */
  public String annotation() {
    return annotation;
  }

  /** What it reads. */
  public Reads reads() {
    return reads;
  }

  /** Whether something may stand behind it on the same field. */
  public boolean takes(Stacks stacked) {
    return stacks.contains(stacked);
  }

  /** Its attributes, {@code from} apart. */
  public List<AttributeKey<?>> attributes() {
    return attributes;
  }

  /** Whether it stands behind an operation, and is one only where it stands alone. */
  public boolean isActivation() {
    return isActivation;
  }

  /** What an activation is when it is fused; {@link Activation#NONE} if it never is. */
  public Activation fusedAs() {
    return fusedAs;
  }

  /** The annotations that something may stand behind, for messages. */
  public static String thatTake(Stacks stacked) {
    return Arrays.stream(values())
        .filter(kind -> kind.takes(stacked))
        .map(kind -> "@" + kind.annotation)
        .collect(Collectors.joining(", "));
  }
}
