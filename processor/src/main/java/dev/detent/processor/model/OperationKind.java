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
import static dev.detent.processor.model.AttributeKey.DEPTHWISE_CONVOLUTION;
import static dev.detent.processor.model.AttributeKey.DIMS;
import static dev.detent.processor.model.AttributeKey.ELU_ALPHA;
import static dev.detent.processor.model.AttributeKey.EMBEDDINGS_INITIALIZER;
import static dev.detent.processor.model.AttributeKey.END;
import static dev.detent.processor.model.AttributeKey.EPSILON;
import static dev.detent.processor.model.AttributeKey.GO_BACKWARDS;
import static dev.detent.processor.model.AttributeKey.HALF_PIXEL_CENTERS;
import static dev.detent.processor.model.AttributeKey.HEIGHT;
import static dev.detent.processor.model.AttributeKey.INDEX;
import static dev.detent.processor.model.AttributeKey.INIT_VALUES;
import static dev.detent.processor.model.AttributeKey.INPUT_DIM;
import static dev.detent.processor.model.AttributeKey.INPUT_SHAPE;
import static dev.detent.processor.model.AttributeKey.INTERPOLATION;
import static dev.detent.processor.model.AttributeKey.KEEP_DIMS;
import static dev.detent.processor.model.AttributeKey.KERNEL_INITIALIZER;
import static dev.detent.processor.model.AttributeKey.KERNEL_L1;
import static dev.detent.processor.model.AttributeKey.KERNEL_L2;
import static dev.detent.processor.model.AttributeKey.KEY_DIM;
import static dev.detent.processor.model.AttributeKey.KEY_FROM;
import static dev.detent.processor.model.AttributeKey.LEAKY_SLOPE;
import static dev.detent.processor.model.AttributeKey.MARGINS;
import static dev.detent.processor.model.AttributeKey.MAX_VALUE;
import static dev.detent.processor.model.AttributeKey.MEANS;
import static dev.detent.processor.model.AttributeKey.MERGED;
import static dev.detent.processor.model.AttributeKey.MERGED_PAIR;
import static dev.detent.processor.model.AttributeKey.NEGATIVE_SLOPE;
import static dev.detent.processor.model.AttributeKey.NORM_GROUPS;
import static dev.detent.processor.model.AttributeKey.NUM_HEADS;
import static dev.detent.processor.model.AttributeKey.OFFSET;
import static dev.detent.processor.model.AttributeKey.OUTPUT_DIM;
import static dev.detent.processor.model.AttributeKey.PADDING;
import static dev.detent.processor.model.AttributeKey.PADDING_ENDS;
import static dev.detent.processor.model.AttributeKey.PAD_MODE;
import static dev.detent.processor.model.AttributeKey.PARTS;
import static dev.detent.processor.model.AttributeKey.POOL_SIZE;
import static dev.detent.processor.model.AttributeKey.POOL_STRIDES;
import static dev.detent.processor.model.AttributeKey.POSITION_INITIALIZER;
import static dev.detent.processor.model.AttributeKey.RATE;
import static dev.detent.processor.model.AttributeKey.RECURRENT_INITIALIZER;
import static dev.detent.processor.model.AttributeKey.RESCALING_SCALE;
import static dev.detent.processor.model.AttributeKey.RESET_AFTER;
import static dev.detent.processor.model.AttributeKey.RESHAPE_SHAPE;
import static dev.detent.processor.model.AttributeKey.RETURN_SEQUENCES;
import static dev.detent.processor.model.AttributeKey.SCALE;
import static dev.detent.processor.model.AttributeKey.SEPARABLE_CONVOLUTION;
import static dev.detent.processor.model.AttributeKey.SHARED_AXES;
import static dev.detent.processor.model.AttributeKey.SHARED_WITH;
import static dev.detent.processor.model.AttributeKey.SLICE_STRIDES;
import static dev.detent.processor.model.AttributeKey.STDDEV;
import static dev.detent.processor.model.AttributeKey.THETA;
import static dev.detent.processor.model.AttributeKey.THRESHOLD;
import static dev.detent.processor.model.AttributeKey.TIMES;
import static dev.detent.processor.model.AttributeKey.TRANSPOSED_CONVOLUTION;
import static dev.detent.processor.model.AttributeKey.TRANSPOSE_A;
import static dev.detent.processor.model.AttributeKey.TRANSPOSE_B;
import static dev.detent.processor.model.AttributeKey.UNITS;
import static dev.detent.processor.model.AttributeKey.UNIT_FORGET_BIAS;
import static dev.detent.processor.model.AttributeKey.UP_SAMPLING;
import static dev.detent.processor.model.AttributeKey.USE_BIAS;
import static dev.detent.processor.model.AttributeKey.VALUE_DIM;
import static dev.detent.processor.model.AttributeKey.VALUE_FROM;
import static dev.detent.processor.model.AttributeKey.VARIANCES;
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
  INPUT("Input", Reads.NOTHING, Role.PLAIN, INPUT_SHAPE, DATA_TYPE),
  CONV_2D("Conv2D", Role.NORMALIZED, CONVOLUTION),
  DEPTHWISE_CONV_2D("DepthwiseConv2D", Role.NORMALIZED, DEPTHWISE_CONVOLUTION),
  DENSE(
      "Dense",
      Role.NORMALIZED,
      UNITS,
      USE_BIAS,
      KERNEL_INITIALIZER,
      BIAS_INITIALIZER,
      KERNEL_L1,
      KERNEL_L2,
      SHARED_WITH),
  CONV_1D("Conv1D", Role.NORMALIZED, CONVOLUTION),
  DEPTHWISE_CONV_1D("DepthwiseConv1D", Role.NORMALIZED, DEPTHWISE_CONVOLUTION),
  SEPARABLE_CONV_2D("SeparableConv2D", Role.NORMALIZED, SEPARABLE_CONVOLUTION),
  SEPARABLE_CONV_1D("SeparableConv1D", Role.NORMALIZED, SEPARABLE_CONVOLUTION),
  CONV_2D_TRANSPOSE("Conv2DTranspose", Role.NORMALIZED, TRANSPOSED_CONVOLUTION),
  CONV_1D_TRANSPOSE("Conv1DTranspose", Role.NORMALIZED, TRANSPOSED_CONVOLUTION),
  /** {@code @BatchNorm} on a field of its own. */
  BATCH_NORM("BatchNorm", Role.ACTIVATED, AttributeKey.BATCH_NORM),
  MAX_POOL_2D("MaxPool2D", Role.ACTIVATED, POOL_SIZE, POOL_STRIDES, PADDING),
  AVERAGE_POOL_2D("AveragePool2D", Role.ACTIVATED, POOL_SIZE, POOL_STRIDES, PADDING),
  GLOBAL_AVERAGE_POOL_2D("GlobalAveragePool2D", Role.PLAIN, KEEP_DIMS),
  GLOBAL_MAX_POOL_2D("GlobalMaxPool2D", Role.PLAIN, KEEP_DIMS),
  MAX_POOL_1D("MaxPool1D", Role.ACTIVATED, POOL_SIZE, POOL_STRIDES, PADDING),
  AVERAGE_POOL_1D("AveragePool1D", Role.ACTIVATED, POOL_SIZE, POOL_STRIDES, PADDING),
  GLOBAL_AVERAGE_POOL_1D("GlobalAveragePool1D", Role.PLAIN, KEEP_DIMS),
  GLOBAL_MAX_POOL_1D("GlobalMaxPool1D", Role.PLAIN, KEEP_DIMS),
  FLATTEN("Flatten", Role.PLAIN),
  RESHAPE("Reshape", Role.PLAIN, RESHAPE_SHAPE),
  ZERO_PAD_2D("ZeroPad2D", Role.PLAIN, MARGINS),
  ADD("Add", Reads.NAMED, Role.ACTIVATED, MERGED),
  MULTIPLY("Multiply", Reads.NAMED, Role.ACTIVATED, MERGED),
  SUBTRACT("Subtract", Reads.NAMED, Role.ACTIVATED, MERGED_PAIR),
  MAXIMUM("Maximum", Reads.NAMED, Role.PLAIN, MERGED),
  MINIMUM("Minimum", Reads.NAMED, Role.PLAIN, MERGED),
  AVERAGE("Average", Reads.NAMED, Role.ACTIVATED, MERGED),
  CONCAT("Concat", Reads.NAMED, Role.PLAIN, MERGED, AXIS),
  PERMUTE("Permute", Role.PLAIN, DIMS),
  ZERO_PAD_1D("ZeroPad1D", Role.PLAIN, PADDING_ENDS),
  CROP_1D("Crop1D", Role.PLAIN, CROPPING_ENDS),
  CROP_2D("Crop2D", Role.PLAIN, CROPPING),
  SLICE("Slice", Role.PLAIN, BEGIN, END, SLICE_STRIDES),
  SPLIT("Split", Role.PLAIN, PARTS, INDEX, AXIS),
  SPACE_TO_DEPTH("SpaceToDepth", Role.PLAIN, BLOCK_SIZE),
  DEPTH_TO_SPACE("DepthToSpace", Role.PLAIN, BLOCK_SIZE),
  UP_SAMPLE_2D("UpSample2D", Role.PLAIN, UP_SAMPLING, INTERPOLATION),
  UP_SAMPLE_1D("UpSample1D", Role.PLAIN, UP_SAMPLING),
  RESIZE("Resize", Role.PLAIN, HEIGHT, WIDTH, INTERPOLATION, ALIGN_CORNERS, HALF_PIXEL_CENTERS),
  MEAN("Mean", Role.PLAIN, AXES, KEEP_DIMS),
  SUM("Sum", Role.PLAIN, AXES, KEEP_DIMS),
  MAX("Max", Role.PLAIN, AXES, KEEP_DIMS),
  ARG_MAX("ArgMax", Role.INDICES, AXIS),
  REPEAT_VECTOR("RepeatVector", Role.PLAIN, TIMES),
  PAD("Pad", Role.PLAIN, MARGINS, PAD_MODE),
  DROPOUT("Dropout", Role.TRAINING_ONLY, RATE),
  SPATIAL_DROPOUT_1D("SpatialDropout1D", Role.TRAINING_ONLY, RATE),
  SPATIAL_DROPOUT_2D("SpatialDropout2D", Role.TRAINING_ONLY, RATE),
  GAUSSIAN_NOISE("GaussianNoise", Role.TRAINING_ONLY, STDDEV),
  STOCHASTIC_DEPTH("StochasticDepth", Role.TRAINING_ONLY, RATE),
  BATCH_MAT_MUL("BatchMatMul", Reads.NAMED, Role.PLAIN, MERGED, TRANSPOSE_A, TRANSPOSE_B),
  SCALED_DOT_PRODUCT_ATTENTION("ScaledDotProductAttention", Reads.NAMED, Role.PLAIN, MERGED),
  MULTI_HEAD_ATTENTION(
      "MultiHeadAttention",
      Role.PLAIN,
      NUM_HEADS,
      KEY_DIM,
      VALUE_DIM,
      ATTENTION_DROPOUT,
      USE_BIAS,
      KERNEL_INITIALIZER,
      BIAS_INITIALIZER,
      KERNEL_L1,
      KERNEL_L2,
      VALUE_FROM,
      KEY_FROM),
  LAYER_NORM("LayerNorm", Role.PLAIN, EPSILON, CENTER, SCALE),
  GROUP_NORMALIZATION("GroupNormalization", Role.PLAIN, NORM_GROUPS, EPSILON, CENTER, SCALE),
  RMS_NORMALIZATION("RmsNormalization", Role.PLAIN, EPSILON),
  LAYER_SCALE("LayerScale", Role.PLAIN, INIT_VALUES),
  RESCALING("Rescaling", Role.PLAIN, RESCALING_SCALE, OFFSET),
  NORMALIZATION("Normalization", Role.PLAIN, MEANS, VARIANCES),
  EMBEDDING("Embedding", Role.LOOKUP, INPUT_DIM, OUTPUT_DIM, EMBEDDINGS_INITIALIZER),
  POSITION_EMBEDDING("PositionEmbedding", Role.PLAIN, POSITION_INITIALIZER),
  GRU(
      "Gru",
      Role.PLAIN,
      UNITS,
      RETURN_SEQUENCES,
      GO_BACKWARDS,
      RESET_AFTER,
      USE_BIAS,
      KERNEL_INITIALIZER,
      RECURRENT_INITIALIZER,
      BIAS_INITIALIZER,
      KERNEL_L1,
      KERNEL_L2),
  LSTM(
      "Lstm",
      Role.PLAIN,
      UNITS,
      RETURN_SEQUENCES,
      GO_BACKWARDS,
      USE_BIAS,
      UNIT_FORGET_BIAS,
      KERNEL_INITIALIZER,
      RECURRENT_INITIALIZER,
      BIAS_INITIALIZER),
  RELU("Relu", Fusion::ofRelu, MAX_VALUE, NEGATIVE_SLOPE, THRESHOLD),
  RELU6("Relu6", Fusion.whole(Activation.RELU6)),
  SOFTMAX("Softmax", Fusion.none(), AXIS),
  HARD_TANH("HardTanh", Fusion.whole(Activation.RELU_N1_TO_1)),
  LEAKY_RELU("LeakyRelu", Fusion.none(), LEAKY_SLOPE),
  PRELU("PRelu", Fusion.none(), ALPHA_INITIALIZER, SHARED_AXES),
  ELU("Elu", Fusion.none(), ELU_ALPHA),
  HARD_SWISH("HardSwish", Fusion.none(), AttributeKey.SPLIT),
  HARD_SIGMOID("HardSigmoid", Fusion.none()),
  SIGMOID("Sigmoid", Fusion.none()),
  TANH("Tanh", Fusion.none()),
  SWISH("Swish", Fusion.none()),
  GELU("Gelu", Fusion.none(), APPROXIMATE),
  LOG_SOFTMAX("LogSoftmax", Fusion.none(), AXIS),
  L2_NORMALIZE("L2Normalize", Fusion.none(), AXIS),
  EXPONENTIAL("Exponential", Fusion.none()),
  SOFTPLUS("Softplus", Fusion.none()),
  SELU("Selu", Fusion.none()),
  MISH("Mish", Fusion.none()),
  THRESHOLDED_RELU("ThresholdedRelu", Fusion.none(), THETA),
  /** An annotation of the user's own that has {@code @CustomLayer}: {@link CustomUse} has more. */
  CUSTOM("CustomLayer", Role.PLAIN);

  /** What a layer reads. */
  public enum Reads {
    /** It is fed from outside. */
    NOTHING,
    /** The layer above, or the one that {@code from} names. */
    ONE,
    /** The layers that it names. */
    NAMED
  }

  /** What may follow an operation on the same field. */
  public enum Stacks {
    /** Folded into kernel and bias. */
    BATCH_NORM,
    /** Fused into the operation; after the others it is one by itself. */
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
    /** Nothing follows and nothing reads it: it yields indices, which the model answers. */
    INDICES,
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
    this(annotation, reads, role, Fusion.none(), List.of(attributes));
  }

  /** A layer that reads one. */
  OperationKind(String annotation, Role role, AttributeKey<?>... attributes) {
    this(annotation, Reads.ONE, role, attributes);
  }

  OperationKind(String annotation, Role role, List<AttributeKey<?>> attributes) {
    this(annotation, Reads.ONE, role, Fusion.none(), attributes);
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

  /** Whether something may follow it on the same field. */
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

  /** Whether it yields indices, which the model answers and nothing reads. */
  public boolean yieldsIndices() {
    return role == Role.INDICES;
  }

  /** Whether it acts in training only, so that the deployed model has no such operation. */
  public boolean isTrainingOnly() {
    return role == Role.TRAINING_ONLY;
  }

  /** Whether it follows an operation, and is one only where it stands alone. */
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
