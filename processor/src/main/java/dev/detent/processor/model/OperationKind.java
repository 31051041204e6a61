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
  INPUT("Input", Reads.NOTHING, List.of(), List.of(INPUT_SHAPE, AttributeKey.DATA_TYPE)),
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
          GROUPS,
          USE_BIAS,
          KERNEL_INITIALIZER,
          BIAS_INITIALIZER,
          KERNEL_L2,
          SHARED_WITH)),
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
          DEPTHWISE_L2,
          SHARED_WITH)),
  /** {@code @Dense}. */
  DENSE(
      "Dense",
      Reads.ONE,
      List.of(Stacks.BATCH_NORM, Stacks.ACTIVATION),
      List.of(UNITS, USE_BIAS, KERNEL_INITIALIZER, BIAS_INITIALIZER, KERNEL_L2, SHARED_WITH)),
  /** {@code @Conv1D}. */
  CONV_1D(
      "Conv1D",
      Reads.ONE,
      List.of(Stacks.BATCH_NORM, Stacks.ACTIVATION),
      List.of(
          FILTERS,
          KERNEL_SIZE,
          STRIDES,
          AttributeKey.PADDING,
          DILATION_RATE,
          GROUPS,
          USE_BIAS,
          KERNEL_INITIALIZER,
          BIAS_INITIALIZER,
          KERNEL_L2,
          SHARED_WITH)),
  /** {@code @SeparableConv2D}. */
  SEPARABLE_CONV_2D("SeparableConv2D", separable()),
  /** {@code @SeparableConv1D}. */
  SEPARABLE_CONV_1D("SeparableConv1D", separable()),
  /** {@code @Conv2DTranspose}. */
  CONV_2D_TRANSPOSE(
      "Conv2DTranspose",
      Reads.ONE,
      List.of(Stacks.BATCH_NORM, Stacks.ACTIVATION),
      List.of(
          FILTERS,
          KERNEL_SIZE,
          STRIDES,
          AttributeKey.PADDING,
          OUTPUT_PADDING,
          USE_BIAS,
          KERNEL_INITIALIZER,
          BIAS_INITIALIZER,
          KERNEL_L2,
          SHARED_WITH)),
  /** {@code @BatchNorm} on a field of its own. */
  BATCH_NORM("BatchNorm", Reads.ONE, List.of(Stacks.ACTIVATION), AttributeKey.BATCH_NORM),
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
  /** {@code @GlobalMaxPool2D}. */
  GLOBAL_MAX_POOL_2D("GlobalMaxPool2D", Reads.ONE, List.of(), List.of(KEEP_DIMS)),
  /** {@code @MaxPool1D}. */
  MAX_POOL_1D(
      "MaxPool1D",
      Reads.ONE,
      List.of(Stacks.ACTIVATION),
      List.of(POOL_SIZE, POOL_STRIDES, AttributeKey.PADDING)),
  /** {@code @AveragePool1D}. */
  AVERAGE_POOL_1D(
      "AveragePool1D",
      Reads.ONE,
      List.of(Stacks.ACTIVATION),
      List.of(POOL_SIZE, POOL_STRIDES, AttributeKey.PADDING)),
  /** {@code @GlobalAveragePool1D}. */
  GLOBAL_AVERAGE_POOL_1D("GlobalAveragePool1D", Reads.ONE, List.of(), List.of(KEEP_DIMS)),
  /** {@code @GlobalMaxPool1D}. */
  GLOBAL_MAX_POOL_1D("GlobalMaxPool1D", Reads.ONE, List.of(), List.of(KEEP_DIMS)),
  /** {@code @Flatten}. */
  FLATTEN("Flatten", Reads.ONE, List.of(), List.of()),
  /** {@code @Reshape}. */
  RESHAPE("Reshape", Reads.ONE, List.of(), List.of(RESHAPE_SHAPE)),
  /** {@code @ZeroPad2D}. */
  ZERO_PAD_2D("ZeroPad2D", Reads.ONE, List.of(), List.of(AttributeKey.MARGINS)),
  /** {@code @Add}. */
  ADD("Add", Reads.NAMED, List.of(Stacks.ACTIVATION), List.of(MERGED)),
  /** {@code @Multiply}. */
  MULTIPLY("Multiply", Reads.NAMED, List.of(Stacks.ACTIVATION), List.of(MERGED)),
  /** {@code @Subtract}. */
  SUBTRACT("Subtract", Reads.NAMED, List.of(Stacks.ACTIVATION), List.of(MERGED_PAIR)),
  /** {@code @Maximum}. */
  MAXIMUM("Maximum", Reads.NAMED, List.of(), List.of(MERGED)),
  /** {@code @Minimum}. */
  MINIMUM("Minimum", Reads.NAMED, List.of(), List.of(MERGED)),
  /** {@code @Average}. */
  AVERAGE("Average", Reads.NAMED, List.of(Stacks.ACTIVATION), List.of(MERGED)),
  /** {@code @Concat}. */
  CONCAT("Concat", Reads.NAMED, List.of(), List.of(MERGED, AXIS)),
  /** {@code @Permute}. */
  PERMUTE("Permute", Reads.ONE, List.of(), List.of(DIMS)),
  /** {@code @ZeroPad1D}. */
  ZERO_PAD_1D("ZeroPad1D", Reads.ONE, List.of(), List.of(PADDING_ENDS)),
  /** {@code @Crop1D}. */
  CROP_1D("Crop1D", Reads.ONE, List.of(), List.of(CROPPING_ENDS)),
  /** {@code @Crop2D}. */
  CROP_2D("Crop2D", Reads.ONE, List.of(), List.of(CROPPING)),
  /** {@code @Slice}. */
  SLICE("Slice", Reads.ONE, List.of(), List.of(BEGIN, END, SLICE_STRIDES)),
  /** {@code @Split}. */
  SPLIT("Split", Reads.ONE, List.of(), List.of(PARTS, INDEX, AXIS)),
  /** {@code @SpaceToDepth}. */
  SPACE_TO_DEPTH("SpaceToDepth", Reads.ONE, List.of(), List.of(BLOCK_SIZE)),
  /** {@code @DepthToSpace}. */
  DEPTH_TO_SPACE("DepthToSpace", Reads.ONE, List.of(), List.of(BLOCK_SIZE)),
  /** {@code @UpSample2D}. */
  UP_SAMPLE_2D("UpSample2D", Reads.ONE, List.of(), List.of(UP_SAMPLING, INTERPOLATION)),
  /** {@code @Resize}. */
  RESIZE(
      "Resize",
      Reads.ONE,
      List.of(),
      List.of(HEIGHT, WIDTH, INTERPOLATION, ALIGN_CORNERS, HALF_PIXEL_CENTERS)),
  /** {@code @Mean}. */
  MEAN("Mean", Reads.ONE, List.of(), List.of(AXES, KEEP_DIMS)),
  /** {@code @Sum}. */
  SUM("Sum", Reads.ONE, List.of(), List.of(AXES, KEEP_DIMS)),
  /** {@code @Max}. */
  MAX("Max", Reads.ONE, List.of(), List.of(AXES, KEEP_DIMS)),
  /** {@code @RepeatVector}. */
  REPEAT_VECTOR("RepeatVector", Reads.ONE, List.of(), List.of(TIMES)),
  /** {@code @Pad}. */
  PAD("Pad", Reads.ONE, List.of(), List.of(AttributeKey.MARGINS, AttributeKey.PAD_MODE)),
  /** {@code @Dropout}. */
  DROPOUT("Dropout", Reads.ONE, List.of(), List.of(RATE)),
  /** {@code @SpatialDropout1D}. */
  SPATIAL_DROPOUT_1D("SpatialDropout1D", Reads.ONE, List.of(), List.of(RATE)),
  /** {@code @SpatialDropout2D}. */
  SPATIAL_DROPOUT_2D("SpatialDropout2D", Reads.ONE, List.of(), List.of(RATE)),
  /** {@code @GaussianNoise}. */
  GAUSSIAN_NOISE("GaussianNoise", Reads.ONE, List.of(), List.of(STDDEV)),
  /** {@code @BatchMatMul}. */
  BATCH_MAT_MUL(
      "BatchMatMul",
      Reads.NAMED,
      List.of(),
      List.of(MERGED, AttributeKey.TRANSPOSE_A, AttributeKey.TRANSPOSE_B)),
  /** {@code @ScaledDotProductAttention}. */
  SCALED_DOT_PRODUCT_ATTENTION(
      "ScaledDotProductAttention", Reads.NAMED, List.of(), List.of(MERGED)),
  /** {@code @MultiHeadAttention}. */
  MULTI_HEAD_ATTENTION(
      "MultiHeadAttention",
      Reads.ONE,
      List.of(),
      List.of(
          AttributeKey.NUM_HEADS,
          AttributeKey.KEY_DIM,
          AttributeKey.VALUE_DIM,
          AttributeKey.ATTENTION_DROPOUT,
          USE_BIAS,
          KERNEL_INITIALIZER,
          BIAS_INITIALIZER,
          KERNEL_L2)),
  /** {@code @LayerNorm}. */
  LAYER_NORM(
      "LayerNorm",
      Reads.ONE,
      List.of(),
      List.of(AttributeKey.EPSILON, AttributeKey.CENTER, AttributeKey.SCALE)),
  /** {@code @Embedding}. */
  EMBEDDING(
      "Embedding",
      Reads.ONE,
      List.of(),
      List.of(
          AttributeKey.INPUT_DIM, AttributeKey.OUTPUT_DIM, AttributeKey.EMBEDDINGS_INITIALIZER)),
  /** {@code @PositionEmbedding}. */
  POSITION_EMBEDDING(
      "PositionEmbedding", Reads.ONE, List.of(), List.of(AttributeKey.POSITION_INITIALIZER)),
  /** {@code @Gru}. */
  GRU(
      "Gru",
      Reads.ONE,
      List.of(),
      List.of(
          UNITS,
          AttributeKey.RETURN_SEQUENCES,
          AttributeKey.RESET_AFTER,
          USE_BIAS,
          KERNEL_INITIALIZER,
          AttributeKey.RECURRENT_INITIALIZER,
          BIAS_INITIALIZER,
          KERNEL_L2)),
  /** {@code @Lstm}. */
  LSTM(
      "Lstm",
      Reads.ONE,
      List.of(),
      List.of(
          UNITS,
          AttributeKey.RETURN_SEQUENCES,
          USE_BIAS,
          AttributeKey.UNIT_FORGET_BIAS,
          KERNEL_INITIALIZER,
          AttributeKey.RECURRENT_INITIALIZER,
          BIAS_INITIALIZER)),
  /** {@code @Relu}. */
  RELU("Relu", List.of(MAX_VALUE, NEGATIVE_SLOPE, THRESHOLD), Fusion::ofRelu),
  /** {@code @Relu6}. */
  RELU6("Relu6", List.of(), Fusion.whole(Activation.RELU6)),
  /** {@code @Softmax}. */
  SOFTMAX("Softmax", List.of(AXIS), Fusion.none()),
  /** {@code @HardTanh}. */
  HARD_TANH("HardTanh", List.of(), Fusion.whole(Activation.RELU_N1_TO_1)),
  /** {@code @LeakyRelu}. */
  LEAKY_RELU("LeakyRelu", List.of(LEAKY_SLOPE), Fusion.none()),
  /** {@code @PRelu}. */
  PRELU("PRelu", List.of(ALPHA_INITIALIZER, SHARED_AXES), Fusion.none()),
  /** {@code @Elu}. */
  ELU("Elu", List.of(ELU_ALPHA), Fusion.none()),
  /** {@code @HardSwish}. */
  HARD_SWISH("HardSwish", List.of(AttributeKey.SPLIT), Fusion.none()),
  /** {@code @HardSigmoid}. */
  HARD_SIGMOID("HardSigmoid", List.of(), Fusion.none()),
  /** {@code @Sigmoid}. */
  SIGMOID("Sigmoid", List.of(), Fusion.none()),
  /** {@code @Tanh}. */
  TANH("Tanh", List.of(), Fusion.none()),
  /** {@code @Swish}. */
  SWISH("Swish", List.of(), Fusion.none()),
  /** {@code @Gelu}. */
  GELU("Gelu", List.of(APPROXIMATE), Fusion.none()),
  /** {@code @LogSoftmax}. */
  LOG_SOFTMAX("LogSoftmax", List.of(AXIS), Fusion.none()),
  /** {@code @L2Normalize}. */
  L2_NORMALIZE("L2Normalize", List.of(AXIS), Fusion.none()),
  /** {@code @Exponential}. */
  EXPONENTIAL("Exponential", List.of(), Fusion.none()),
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
    /** Fused into the operation; behind the others it is one by itself. */
    ACTIVATION
  }

  private static final Map<String, OperationKind> BY_ANNOTATION =
      Arrays.stream(values()).collect(Collectors.toMap(k -> k.annotation, Function.identity()));

  private final String annotation;
  private final Reads reads;
  private final Set<Stacks> stacks;
  private final List<AttributeKey<?>> attributes;
  private final boolean isActivation;
  private final Function<Attributes, Fusion> fusion;

  OperationKind(
      String annotation, Reads reads, List<Stacks> stacks, List<AttributeKey<?>> attributes) {
    this.annotation = annotation;
    this.reads = reads;
    this.stacks = stacks.isEmpty() ? EnumSet.noneOf(Stacks.class) : EnumSet.copyOf(stacks);
    this.attributes = attributes;
    this.isActivation = false;
    this.fusion = Fusion.none();
  }

  OperationKind(String annotation, List<AttributeKey<?>> attributesOfSeparable) {
    this(
        annotation,
        Reads.ONE,
        List.of(Stacks.BATCH_NORM, Stacks.ACTIVATION),
        attributesOfSeparable);
  }

  private static List<AttributeKey<?>> separable() {
    return List.of(
        FILTERS,
        KERNEL_SIZE,
        STRIDES,
        AttributeKey.PADDING,
        DEPTH_MULTIPLIER,
        DILATION_RATE,
        USE_BIAS,
        DEPTHWISE_INITIALIZER,
        POINTWISE_INITIALIZER,
        BIAS_INITIALIZER,
        DEPTHWISE_L2,
        POINTWISE_L2,
        SHARED_WITH);
  }

  OperationKind(
      String annotation, List<AttributeKey<?>> attributes, Function<Attributes, Fusion> fusion) {
    this.annotation = annotation;
    this.reads = Reads.ONE;
    this.stacks = EnumSet.noneOf(Stacks.class);
    this.attributes = attributes;
    this.isActivation = true;
    this.fusion = fusion;
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

  /** Whether it acts in training only, so that the deployed model has no such operation. */
  public boolean isTrainingOnly() {
    return switch (this) {
      case DROPOUT, SPATIAL_DROPOUT_1D, SPATIAL_DROPOUT_2D, GAUSSIAN_NOISE -> true;
      default -> false;
    };
  }

  /** Whether it stands behind an operation, and is one only where it stands alone. */
  public boolean isActivation() {
    return isActivation;
  }

  /** Whether it is an activation that TFLite may fuse. */
  public boolean isFusible() {
    return isActivation && fusion != Fusion.none();
  }

  /** What of an activation TFLite fuses. */
  public Fusion fusion(Attributes written) {
    return fusion.apply(written);
  }

  /** The annotations that something may stand behind, for messages. */
  public static String thatTake(Stacks stacked) {
    return Arrays.stream(values())
        .filter(kind -> kind.takes(stacked))
        .map(kind -> "@" + kind.annotation)
        .collect(Collectors.joining(", "));
  }
}
