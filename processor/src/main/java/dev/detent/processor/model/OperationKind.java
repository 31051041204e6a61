package dev.detent.processor.model;

import static dev.detent.processor.model.AttributeKey.ALIGN_CORNERS;
import static dev.detent.processor.model.AttributeKey.ALPHA_INITIALIZER;
import static dev.detent.processor.model.AttributeKey.APPROXIMATE;
import static dev.detent.processor.model.AttributeKey.ATTENTION_DROPOUT;
import static dev.detent.processor.model.AttributeKey.AXES;
import static dev.detent.processor.model.AttributeKey.AXIS;
import static dev.detent.processor.model.AttributeKey.BEGIN;
import static dev.detent.processor.model.AttributeKey.BIAS_INITIALIZER;
import static dev.detent.processor.model.AttributeKey.BLOCK_SIZE;
import static dev.detent.processor.model.AttributeKey.CENTER;
import static dev.detent.processor.model.AttributeKey.CONVOLUTION;
import static dev.detent.processor.model.AttributeKey.CROPPING;
import static dev.detent.processor.model.AttributeKey.CROPPING_ENDS;
import static dev.detent.processor.model.AttributeKey.DATA_TYPE;
import static dev.detent.processor.model.AttributeKey.DEPTHWISE_INITIALIZER;
import static dev.detent.processor.model.AttributeKey.DEPTHWISE_L2;
import static dev.detent.processor.model.AttributeKey.DEPTH_MULTIPLIER;
import static dev.detent.processor.model.AttributeKey.DILATION_RATE;
import static dev.detent.processor.model.AttributeKey.DIMS;
import static dev.detent.processor.model.AttributeKey.ELU_ALPHA;
import static dev.detent.processor.model.AttributeKey.EMBEDDINGS_INITIALIZER;
import static dev.detent.processor.model.AttributeKey.END;
import static dev.detent.processor.model.AttributeKey.EPSILON;
import static dev.detent.processor.model.AttributeKey.FILTERS;
import static dev.detent.processor.model.AttributeKey.HALF_PIXEL_CENTERS;
import static dev.detent.processor.model.AttributeKey.HEIGHT;
import static dev.detent.processor.model.AttributeKey.INDEX;
import static dev.detent.processor.model.AttributeKey.INPUT_DIM;
import static dev.detent.processor.model.AttributeKey.INPUT_SHAPE;
import static dev.detent.processor.model.AttributeKey.INTERPOLATION;
import static dev.detent.processor.model.AttributeKey.KEEP_DIMS;
import static dev.detent.processor.model.AttributeKey.KERNEL_INITIALIZER;
import static dev.detent.processor.model.AttributeKey.KERNEL_L2;
import static dev.detent.processor.model.AttributeKey.KERNEL_SIZE;
import static dev.detent.processor.model.AttributeKey.KEY_DIM;
import static dev.detent.processor.model.AttributeKey.LEAKY_SLOPE;
import static dev.detent.processor.model.AttributeKey.MARGINS;
import static dev.detent.processor.model.AttributeKey.MAX_VALUE;
import static dev.detent.processor.model.AttributeKey.MERGED;
import static dev.detent.processor.model.AttributeKey.MERGED_PAIR;
import static dev.detent.processor.model.AttributeKey.NEGATIVE_SLOPE;
import static dev.detent.processor.model.AttributeKey.NUM_HEADS;
import static dev.detent.processor.model.AttributeKey.OUTPUT_DIM;
import static dev.detent.processor.model.AttributeKey.OUTPUT_PADDING;
import static dev.detent.processor.model.AttributeKey.PADDING;
import static dev.detent.processor.model.AttributeKey.PADDING_ENDS;
import static dev.detent.processor.model.AttributeKey.PAD_MODE;
import static dev.detent.processor.model.AttributeKey.PARTS;
import static dev.detent.processor.model.AttributeKey.POOL_SIZE;
import static dev.detent.processor.model.AttributeKey.POOL_STRIDES;
import static dev.detent.processor.model.AttributeKey.POSITION_INITIALIZER;
import static dev.detent.processor.model.AttributeKey.RATE;
import static dev.detent.processor.model.AttributeKey.RECURRENT_INITIALIZER;
import static dev.detent.processor.model.AttributeKey.RESET_AFTER;
import static dev.detent.processor.model.AttributeKey.RESHAPE_SHAPE;
import static dev.detent.processor.model.AttributeKey.RETURN_SEQUENCES;
import static dev.detent.processor.model.AttributeKey.SCALE;
import static dev.detent.processor.model.AttributeKey.SEPARABLE_CONVOLUTION;
import static dev.detent.processor.model.AttributeKey.SHARED_AXES;
import static dev.detent.processor.model.AttributeKey.SHARED_WITH;
import static dev.detent.processor.model.AttributeKey.SLICE_STRIDES;
import static dev.detent.processor.model.AttributeKey.STDDEV;
import static dev.detent.processor.model.AttributeKey.STRIDES;
import static dev.detent.processor.model.AttributeKey.THRESHOLD;
import static dev.detent.processor.model.AttributeKey.TIMES;
import static dev.detent.processor.model.AttributeKey.TRANSPOSE_A;
import static dev.detent.processor.model.AttributeKey.TRANSPOSE_B;
import static dev.detent.processor.model.AttributeKey.UNITS;
import static dev.detent.processor.model.AttributeKey.UNIT_FORGET_BIAS;
import static dev.detent.processor.model.AttributeKey.UP_SAMPLING;
import static dev.detent.processor.model.AttributeKey.USE_BIAS;
import static dev.detent.processor.model.AttributeKey.VALUE_DIM;
import static dev.detent.processor.model.AttributeKey.WIDTH;

import dev.detent.annotations.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of layers: one row an annotation. A new layer is one row here, one in the tables of
 * shape rules and of lowering rules, which do not compile without it, and one test.
 */
public enum OperationKind {
  /** {@code @Input}. */
  INPUT("Input", Reads.NOTHING, Role.PLAIN, INPUT_SHAPE, DATA_TYPE),
  /** {@code @Conv2D}. */
  CONV_2D("Conv2D", Reads.ONE, Role.NORMALIZED, CONVOLUTION),
  /** {@code @DepthwiseConv2D}. */
  DEPTHWISE_CONV_2D(
      "DepthwiseConv2D",
      Reads.ONE,
      Role.NORMALIZED,
      KERNEL_SIZE,
      STRIDES,
      PADDING,
      DEPTH_MULTIPLIER,
      DILATION_RATE,
      USE_BIAS,
      DEPTHWISE_INITIALIZER,
      BIAS_INITIALIZER,
      DEPTHWISE_L2,
      SHARED_WITH),
  /** {@code @Dense}. */
  DENSE(
      "Dense",
      Reads.ONE,
      Role.NORMALIZED,
      UNITS,
      USE_BIAS,
      KERNEL_INITIALIZER,
      BIAS_INITIALIZER,
      KERNEL_L2,
      SHARED_WITH),
  /** {@code @Conv1D}. */
  CONV_1D("Conv1D", Reads.ONE, Role.NORMALIZED, CONVOLUTION),
  /** {@code @SeparableConv2D}. */
  SEPARABLE_CONV_2D("SeparableConv2D", Reads.ONE, Role.NORMALIZED, SEPARABLE_CONVOLUTION),
  /** {@code @SeparableConv1D}. */
  SEPARABLE_CONV_1D("SeparableConv1D", Reads.ONE, Role.NORMALIZED, SEPARABLE_CONVOLUTION),
  /** {@code @Conv2DTranspose}. */
  CONV_2D_TRANSPOSE(
      "Conv2DTranspose",
      Reads.ONE,
      Role.NORMALIZED,
      FILTERS,
      KERNEL_SIZE,
      STRIDES,
      PADDING,
      OUTPUT_PADDING,
      USE_BIAS,
      KERNEL_INITIALIZER,
      BIAS_INITIALIZER,
      KERNEL_L2,
      SHARED_WITH),
  /** {@code @BatchNorm} on a field of its own. */
  BATCH_NORM("BatchNorm", Reads.ONE, Role.ACTIVATED, AttributeKey.BATCH_NORM),
  /** {@code @MaxPool2D}. */
  MAX_POOL_2D("MaxPool2D", Reads.ONE, Role.ACTIVATED, POOL_SIZE, POOL_STRIDES, PADDING),
  /** {@code @AveragePool2D}. */
  AVERAGE_POOL_2D("AveragePool2D", Reads.ONE, Role.ACTIVATED, POOL_SIZE, POOL_STRIDES, PADDING),
  /** {@code @GlobalAveragePool2D}. */
  GLOBAL_AVERAGE_POOL_2D("GlobalAveragePool2D", Reads.ONE, Role.PLAIN, KEEP_DIMS),
  /** {@code @GlobalMaxPool2D}. */
  GLOBAL_MAX_POOL_2D("GlobalMaxPool2D", Reads.ONE, Role.PLAIN, KEEP_DIMS),
  /** {@code @MaxPool1D}. */
  MAX_POOL_1D("MaxPool1D", Reads.ONE, Role.ACTIVATED, POOL_SIZE, POOL_STRIDES, PADDING),
  /** {@code @AveragePool1D}. */
  AVERAGE_POOL_1D("AveragePool1D", Reads.ONE, Role.ACTIVATED, POOL_SIZE, POOL_STRIDES, PADDING),
  /** {@code @GlobalAveragePool1D}. */
  GLOBAL_AVERAGE_POOL_1D("GlobalAveragePool1D", Reads.ONE, Role.PLAIN, KEEP_DIMS),
  /** {@code @GlobalMaxPool1D}. */
  GLOBAL_MAX_POOL_1D("GlobalMaxPool1D", Reads.ONE, Role.PLAIN, KEEP_DIMS),
  /** {@code @Flatten}. */
  FLATTEN("Flatten", Reads.ONE, Role.PLAIN),
  /** {@code @Reshape}. */
  RESHAPE("Reshape", Reads.ONE, Role.PLAIN, RESHAPE_SHAPE),
  /** {@code @ZeroPad2D}. */
  ZERO_PAD_2D("ZeroPad2D", Reads.ONE, Role.PLAIN, MARGINS),
  /** {@code @Add}. */
  ADD("Add", Reads.NAMED, Role.ACTIVATED, MERGED),
  /** {@code @Multiply}. */
  MULTIPLY("Multiply", Reads.NAMED, Role.ACTIVATED, MERGED),
  /** {@code @Subtract}. */
  SUBTRACT("Subtract", Reads.NAMED, Role.ACTIVATED, MERGED_PAIR),
  /** {@code @Maximum}. */
  MAXIMUM("Maximum", Reads.NAMED, Role.PLAIN, MERGED),
  /** {@code @Minimum}. */
  MINIMUM("Minimum", Reads.NAMED, Role.PLAIN, MERGED),
  /** {@code @Average}. */
  AVERAGE("Average", Reads.NAMED, Role.ACTIVATED, MERGED),
  /** {@code @Concat}. */
  CONCAT("Concat", Reads.NAMED, Role.PLAIN, MERGED, AXIS),
  /** {@code @Permute}. */
  PERMUTE("Permute", Reads.ONE, Role.PLAIN, DIMS),
  /** {@code @ZeroPad1D}. */
  ZERO_PAD_1D("ZeroPad1D", Reads.ONE, Role.PLAIN, PADDING_ENDS),
  /** {@code @Crop1D}. */
  CROP_1D("Crop1D", Reads.ONE, Role.PLAIN, CROPPING_ENDS),
  /** {@code @Crop2D}. */
  CROP_2D("Crop2D", Reads.ONE, Role.PLAIN, CROPPING),
  /** {@code @Slice}. */
  SLICE("Slice", Reads.ONE, Role.PLAIN, BEGIN, END, SLICE_STRIDES),
  /** {@code @Split}. */
  SPLIT("Split", Reads.ONE, Role.PLAIN, PARTS, INDEX, AXIS),
  /** {@code @SpaceToDepth}. */
  SPACE_TO_DEPTH("SpaceToDepth", Reads.ONE, Role.PLAIN, BLOCK_SIZE),
  /** {@code @DepthToSpace}. */
  DEPTH_TO_SPACE("DepthToSpace", Reads.ONE, Role.PLAIN, BLOCK_SIZE),
  /** {@code @UpSample2D}. */
  UP_SAMPLE_2D("UpSample2D", Reads.ONE, Role.PLAIN, UP_SAMPLING, INTERPOLATION),
  /** {@code @Resize}. */
  RESIZE(
      "Resize",
      Reads.ONE,
      Role.PLAIN,
      HEIGHT,
      WIDTH,
      INTERPOLATION,
      ALIGN_CORNERS,
      HALF_PIXEL_CENTERS),
  /** {@code @Mean}. */
  MEAN("Mean", Reads.ONE, Role.PLAIN, AXES, KEEP_DIMS),
  /** {@code @Sum}. */
  SUM("Sum", Reads.ONE, Role.PLAIN, AXES, KEEP_DIMS),
  /** {@code @Max}. */
  MAX("Max", Reads.ONE, Role.PLAIN, AXES, KEEP_DIMS),
  /** {@code @RepeatVector}. */
  REPEAT_VECTOR("RepeatVector", Reads.ONE, Role.PLAIN, TIMES),
  /** {@code @Pad}. */
  PAD("Pad", Reads.ONE, Role.PLAIN, MARGINS, PAD_MODE),
  /** {@code @Dropout}. */
  DROPOUT("Dropout", Reads.ONE, Role.TRAINING_ONLY, RATE),
  /** {@code @SpatialDropout1D}. */
  SPATIAL_DROPOUT_1D("SpatialDropout1D", Reads.ONE, Role.TRAINING_ONLY, RATE),
  /** {@code @SpatialDropout2D}. */
  SPATIAL_DROPOUT_2D("SpatialDropout2D", Reads.ONE, Role.TRAINING_ONLY, RATE),
  /** {@code @GaussianNoise}. */
  GAUSSIAN_NOISE("GaussianNoise", Reads.ONE, Role.TRAINING_ONLY, STDDEV),
  /** {@code @BatchMatMul}. */
  BATCH_MAT_MUL("BatchMatMul", Reads.NAMED, Role.PLAIN, MERGED, TRANSPOSE_A, TRANSPOSE_B),
  /** {@code @ScaledDotProductAttention}. */
  SCALED_DOT_PRODUCT_ATTENTION("ScaledDotProductAttention", Reads.NAMED, Role.PLAIN, MERGED),
  /** {@code @MultiHeadAttention}. */
  MULTI_HEAD_ATTENTION(
      "MultiHeadAttention",
      Reads.ONE,
      Role.PLAIN,
      NUM_HEADS,
      KEY_DIM,
      VALUE_DIM,
      ATTENTION_DROPOUT,
      USE_BIAS,
      KERNEL_INITIALIZER,
      BIAS_INITIALIZER,
      KERNEL_L2),
  /** {@code @LayerNorm}. */
  LAYER_NORM("LayerNorm", Reads.ONE, Role.PLAIN, EPSILON, CENTER, SCALE),
  /** {@code @Embedding}. */
  EMBEDDING("Embedding", Reads.ONE, Role.LOOKUP, INPUT_DIM, OUTPUT_DIM, EMBEDDINGS_INITIALIZER),
  /** {@code @PositionEmbedding}. */
  POSITION_EMBEDDING("PositionEmbedding", Reads.ONE, Role.PLAIN, POSITION_INITIALIZER),
  /** {@code @Gru}. */
  GRU(
      "Gru",
      Reads.ONE,
      Role.PLAIN,
      UNITS,
      RETURN_SEQUENCES,
      RESET_AFTER,
      USE_BIAS,
      KERNEL_INITIALIZER,
      RECURRENT_INITIALIZER,
      BIAS_INITIALIZER,
      KERNEL_L2),
  /** {@code @Lstm}. */
  LSTM(
      "Lstm",
      Reads.ONE,
      Role.PLAIN,
      UNITS,
      RETURN_SEQUENCES,
      USE_BIAS,
      UNIT_FORGET_BIAS,
      KERNEL_INITIALIZER,
      RECURRENT_INITIALIZER,
      BIAS_INITIALIZER),
  /** {@code @Relu}. */
  RELU("Relu", Fusion::ofRelu, MAX_VALUE, NEGATIVE_SLOPE, THRESHOLD),
  /** {@code @Relu6}. */
  RELU6("Relu6", Fusion.whole(Activation.RELU6)),
  /** {@code @Softmax}. */
  SOFTMAX("Softmax", Fusion.none(), AXIS),
  /** {@code @HardTanh}. */
  HARD_TANH("HardTanh", Fusion.whole(Activation.RELU_N1_TO_1)),
  /** {@code @LeakyRelu}. */
  LEAKY_RELU("LeakyRelu", Fusion.none(), LEAKY_SLOPE),
  /** {@code @PRelu}. */
  PRELU("PRelu", Fusion.none(), ALPHA_INITIALIZER, SHARED_AXES),
  /** {@code @Elu}. */
  ELU("Elu", Fusion.none(), ELU_ALPHA),
  /** {@code @HardSwish}. */
  HARD_SWISH("HardSwish", Fusion.none(), AttributeKey.SPLIT),
  /** {@code @HardSigmoid}. */
  HARD_SIGMOID("HardSigmoid", Fusion.none()),
  /** {@code @Sigmoid}. */
  SIGMOID("Sigmoid", Fusion.none()),
  /** {@code @Tanh}. */
  TANH("Tanh", Fusion.none()),
  /** {@code @Swish}. */
  SWISH("Swish", Fusion.none()),
  /** {@code @Gelu}. */
  GELU("Gelu", Fusion.none(), APPROXIMATE),
  /** {@code @LogSoftmax}. */
  LOG_SOFTMAX("LogSoftmax", Fusion.none(), AXIS),
  /** {@code @L2Normalize}. */
  L2_NORMALIZE("L2Normalize", Fusion.none(), AXIS),
  /** {@code @Exponential}. */
  EXPONENTIAL("Exponential", Fusion.none()),
  /** {@code @Softplus}. */
  SOFTPLUS("Softplus", Fusion.none()),
  /** An annotation of the user's own that has {@code @CustomLayer}: {@link CustomUse} has more. */
  CUSTOM("CustomLayer", Reads.ONE, Role.PLAIN);

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

  /** What a layer is, which says what may follow it on the same field. */
  public enum Role {
    /** A batch norm and an activation may follow. */
    NORMALIZED(Stacks.BATCH_NORM, Stacks.ACTIVATION),
    /** An activation may follow. */
    ACTIVATED(Stacks.ACTIVATION),
    /** Nothing follows. */
    PLAIN,
    /** Nothing follows, and it reads indices instead of real numbers. */
    LOOKUP,
    /** Nothing follows, and it acts in training only: the deployed model has no such operation. */
    TRAINING_ONLY,
    /** It follows an operation, and is one only where it stands alone. */
    ACTIVATION;

    private final Set<Stacks> stacks;

    Role(Stacks... stacks) {
      this.stacks = Set.of(stacks);
    }
  }

  private static final Map<String, OperationKind> BY_ANNOTATION =
      Arrays.stream(values()).collect(Collectors.toMap(k -> k.annotation, Function.identity()));

  private final String annotation;
  private final Reads reads;
  private final Role role;
  private final Function<Attributes, Fusion> fusion;
  private final List<AttributeKey<?>> attributes;

  OperationKind(String annotation, Reads reads, Role role, AttributeKey<?>... attributes) {
    this(annotation, reads, role, List.of(attributes));
  }

  OperationKind(String annotation, Reads reads, Role role, List<AttributeKey<?>> attributes) {
    this(annotation, reads, role, Fusion.none(), attributes);
  }

  /** An activation. */
  OperationKind(
      String annotation, Function<Attributes, Fusion> fusion, AttributeKey<?>... attributes) {
    this(annotation, Reads.ONE, Role.ACTIVATION, fusion, List.of(attributes));
  }

  OperationKind(
      String annotation,
      Reads reads,
      Role role,
      Function<Attributes, Fusion> fusion,
      List<AttributeKey<?>> attributes) {
    this.annotation = annotation;
    this.reads = reads;
    this.role = role;
    this.fusion = fusion;
    this.attributes = attributes;
  }

  /** The row of an annotation's simple name; empty if it is no operation. */
  public static Optional<OperationKind> of(String annotation) {
    return Optional.ofNullable(BY_ANNOTATION.get(annotation));
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
    return role.stacks.contains(stacked);
  }

  /** Its attributes, {@code from} apart. */
  public List<AttributeKey<?>> attributes() {
    return attributes;
  }

  /** Whether it reads indices instead of real numbers. */
  public boolean readsIndices() {
    return role == Role.LOOKUP;
  }

  /** Whether it acts in training only, so that the deployed model has no such operation. */
  public boolean isTrainingOnly() {
    return role == Role.TRAINING_ONLY;
  }

  /** Whether it stands behind an operation, and is one only where it stands alone. */
  public boolean isActivation() {
    return role == Role.ACTIVATION;
  }

  /** Whether it is an activation that TFLite may fuse. */
  public boolean isFusible() {
    return fusion != Fusion.none();
  }

  /** What of an activation TFLite fuses. */
  public Fusion fusion(Attributes written) {
    return fusion.apply(written);
  }
}
