package dev.detent.processor.model;

import dev.detent.annotations.DataType;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Interpolation;
import dev.detent.annotations.MergeMode;
import dev.detent.annotations.PadMode;
import dev.detent.annotations.Padding;
import java.util.List;
import java.util.Optional;

/**
 * An attribute of a layer's annotation: its name, how it is read, and what it may be.
 *
 * @param <T> the type of its value once read
 * @param name as the user writes it
 * @param form how it is read
 * @param bound what each number of it may be
 */
public record AttributeKey<T>(String name, Form form, Bound bound) {

  /** How an attribute is read. */
  public enum Form {
    /** An {@code int}, as an {@link Integer}. */
    INTEGER,
    /** A {@code double}, as a {@link Double}. */
    DECIMAL,
    /** One or more {@code double}, as a {@link List} of {@link Double}. */
    DECIMALS,
    /** A {@code boolean}, as a {@link Boolean}. */
    FLAG,
    /** One or two numbers, as a {@link Pair}; a plain {@code int} is the width of a row. */
    PAIR,
    /**
     * None, one or two numbers, as an {@link Optional} of a {@link Pair}; a plain {@code int} is
     * the width of a row, and none where it is not written.
     */
    OPTIONAL_PAIR,
    /** One to four numbers, as a {@link List} of {@link Integer}. */
    SIZES,
    /** One, two or four numbers, as {@link Margins}. */
    MARGINS,
    /** One or two numbers, as {@link Ends}. */
    ENDS,
    /** None to four numbers, one for each axis, as a {@link List} of {@link Integer}. */
    PER_AXIS,
    /** An {@link Interpolation}. */
    INTERPOLATION,
    /** A {@link PadMode}. */
    PAD_MODE,
    /** A {@link MergeMode}. */
    MERGE_MODE,
    /** A {@link Padding}. */
    PADDING,
    /** An {@link Initializer}. */
    INITIALIZER,
    /** The name of a layer, or empty, as a {@link String}. */
    NAME,
    /** Names of layers, as a {@link List} of {@link String}. */
    NAMES,
    /** A {@link DataType}. */
    DATA_TYPE,
    /** Any number of different axes, as a {@link List} of {@link Integer}. */
    AXES
  }

  /** {@code shape} of an input. */
  public static final AttributeKey<List<Integer>> INPUT_SHAPE = numbers("shape", Form.SIZES, 1);

  public static final AttributeKey<Integer> FILTERS = integer("filters", 1);
  public static final AttributeKey<Integer> UNITS = integer("units", 1);
  public static final AttributeKey<Pair> KERNEL_SIZE = pair("kernelSize");

  /** {@code strides} of a convolution. */
  public static final AttributeKey<Pair> STRIDES = pair("strides");

  public static final AttributeKey<Pair> DILATION_RATE = pair("dilationRate");
  public static final AttributeKey<Integer> DEPTH_MULTIPLIER = integer("depthMultiplier", 1);
  public static final AttributeKey<Pair> POOL_SIZE = pair("poolSize");

  /** {@code strides} of a pooling. */
  public static final AttributeKey<Optional<Pair>> POOL_STRIDES =
      numbers("strides", Form.OPTIONAL_PAIR, 1);

  /** {@code padding} of a window. */
  public static final AttributeKey<Padding> PADDING = plain("padding", Form.PADDING);

  /** {@code padding} of a zero-padding. */
  public static final AttributeKey<Margins> MARGINS = numbers("padding", Form.MARGINS, 0);

  public static final AttributeKey<Boolean> USE_BIAS = flag("useBias");
  public static final AttributeKey<Initializer> KERNEL_INITIALIZER =
      initializer("kernelInitializer");
  public static final AttributeKey<Initializer> DEPTHWISE_INITIALIZER =
      initializer("depthwiseInitializer");
  public static final AttributeKey<Initializer> BIAS_INITIALIZER = initializer("biasInitializer");
  public static final AttributeKey<Double> KERNEL_L1 = decimal("kernelL1", Bound.NON_NEGATIVE);
  public static final AttributeKey<Double> KERNEL_L2 = decimal("kernelL2", Bound.NON_NEGATIVE);
  public static final AttributeKey<Double> DEPTHWISE_L1 =
      decimal("depthwiseL1", Bound.NON_NEGATIVE);
  public static final AttributeKey<Double> DEPTHWISE_L2 =
      decimal("depthwiseL2", Bound.NON_NEGATIVE);
  public static final AttributeKey<Boolean> KEEP_DIMS = flag("keepDims");

  /** {@code shape} of a reshape: -1 is checked where it is worked out. */
  public static final AttributeKey<List<Integer>> RESHAPE_SHAPE =
      new AttributeKey<>(
          "shape",
          Form.SIZES,
          new Bound("at least 1, or -1", -1, true, Double.POSITIVE_INFINITY, false));

  /** The layers that a merging layer reads. */
  public static final AttributeKey<List<String>> MERGED = numbers("value", Form.NAMES, 2);

  /** {@code axis}, which counts the batch. */
  public static final AttributeKey<Integer> AXIS = plain("axis", Form.INTEGER);

  public static final AttributeKey<Double> RATE = decimal("rate", Bound.SHARE);

  /** {@code momentum} of a batch norm. */
  public static final AttributeKey<Double> MOMENTUM = decimal("momentum", Bound.SHARE);

  /** {@code epsilon} of a batch norm. */
  public static final AttributeKey<Double> EPSILON = decimal("epsilon", Bound.POSITIVE);

  /** {@code center} of a batch norm. */
  public static final AttributeKey<Boolean> CENTER = flag("center");

  /** {@code scale} of a batch norm. */
  public static final AttributeKey<Boolean> SCALE = flag("scale");

  /** {@code dataType} of an input. */
  public static final AttributeKey<DataType> DATA_TYPE = plain("dataType", Form.DATA_TYPE);

  /** {@code transposeA} of a matrix product. */
  public static final AttributeKey<Boolean> TRANSPOSE_A = flag("transposeA");

  /** {@code transposeB} of a matrix product. */
  public static final AttributeKey<Boolean> TRANSPOSE_B = flag("transposeB");

  public static final AttributeKey<Integer> NUM_HEADS = integer("numHeads", 1);
  public static final AttributeKey<Integer> KEY_DIM = integer("keyDim", 1);

  /** {@code valueDim}; 0 stands for {@code keyDim}. */
  public static final AttributeKey<Integer> VALUE_DIM = integer("valueDim", 0);

  /** {@code valueFrom} of an attention: empty where it is the query's. */
  public static final AttributeKey<String> VALUE_FROM = plain("valueFrom", Form.NAME);

  /** {@code keyFrom} of an attention: empty where it is the value's. */
  public static final AttributeKey<String> KEY_FROM = plain("keyFrom", Form.NAME);

  /** {@code dropout} of the attention weights. */
  public static final AttributeKey<Double> ATTENTION_DROPOUT = decimal("dropout", Bound.SHARE);

  /** {@code inputDim} of an embedding. */
  public static final AttributeKey<Integer> INPUT_DIM = integer("inputDim", 1);

  /** {@code outputDim} of an embedding. */
  public static final AttributeKey<Integer> OUTPUT_DIM = integer("outputDim", 1);

  public static final AttributeKey<Initializer> EMBEDDINGS_INITIALIZER =
      initializer("embeddingsInitializer");
  public static final AttributeKey<Boolean> RETURN_SEQUENCES = flag("returnSequences");
  public static final AttributeKey<Boolean> GO_BACKWARDS = flag("goBackwards");

  /** {@code mergeMode} of a stacked {@code @Bidirectional}; a layer without one has none. */
  public static final AttributeKey<MergeMode> MERGE_MODE = plain("mergeMode", Form.MERGE_MODE);

  public static final AttributeKey<Boolean> RESET_AFTER = flag("resetAfter");
  public static final AttributeKey<Boolean> UNIT_FORGET_BIAS = flag("unitForgetBias");
  public static final AttributeKey<Initializer> RECURRENT_INITIALIZER =
      initializer("recurrentInitializer");

  /** {@code initializer} of a position embedding. */
  public static final AttributeKey<Initializer> POSITION_INITIALIZER = initializer("initializer");

  public static final AttributeKey<Double> MAX_VALUE =
      decimal(
          "maxValue", new Bound("above 0, or infinite", 0, false, Double.POSITIVE_INFINITY, true));

  /** {@code negativeSlope} of a ReLU. */
  public static final AttributeKey<Double> NEGATIVE_SLOPE =
      decimal("negativeSlope", Bound.atLeast(0));

  /** {@code negativeSlope} of a leaky ReLU. */
  public static final AttributeKey<Double> LEAKY_SLOPE = decimal("negativeSlope", Bound.POSITIVE);

  /** {@code threshold} of a ReLU. */
  public static final AttributeKey<Double> THRESHOLD = decimal("threshold", Bound.only(0));

  /** {@code theta} of a thresholded ReLU. */
  public static final AttributeKey<Double> THETA = decimal("theta", Bound.NON_NEGATIVE);

  /** {@code alpha} of an ELU. */
  public static final AttributeKey<Double> ELU_ALPHA = decimal("alpha", Bound.only(1));

  public static final AttributeKey<Initializer> ALPHA_INITIALIZER = initializer("alphaInitializer");

  /** {@code sharedAxes}, which count the batch. */
  public static final AttributeKey<List<Integer>> SHARED_AXES = numbers("sharedAxes", Form.AXES, 1);

  public static final AttributeKey<Boolean> APPROXIMATE = flag("approximate");
  public static final AttributeKey<Boolean> SPLIT = flag("split");

  /** The two layers that a difference is of. */
  public static final AttributeKey<List<String>> MERGED_PAIR =
      new AttributeKey<>("value", Form.NAMES, new Bound("two", 2, true, 2, true));

  /** {@code dims} of a permutation, checked where the shape is known. */
  public static final AttributeKey<List<Integer>> DIMS = numbers("dims", Form.PER_AXIS, 1);

  /** {@code padding} of a sequence. */
  public static final AttributeKey<Ends> PADDING_ENDS = numbers("padding", Form.ENDS, 0);

  /** {@code cropping} of a sequence. */
  public static final AttributeKey<Ends> CROPPING_ENDS = numbers("cropping", Form.ENDS, 0);

  /** {@code cropping} of an image. */
  public static final AttributeKey<Margins> CROPPING = numbers("cropping", Form.MARGINS, 0);

  /** {@code begin} of a slice. */
  public static final AttributeKey<List<Integer>> BEGIN = plain("begin", Form.PER_AXIS);

  /** {@code end} of a slice. */
  public static final AttributeKey<List<Integer>> END = plain("end", Form.PER_AXIS);

  /** {@code strides} of a slice. */
  public static final AttributeKey<List<Integer>> SLICE_STRIDES =
      numbers("strides", Form.PER_AXIS, 1);

  /** {@code parts} of a split. */
  public static final AttributeKey<Integer> PARTS = integer("parts", 2);

  /** {@code index} of a split. */
  public static final AttributeKey<Integer> INDEX = integer("index", 0);

  public static final AttributeKey<Integer> BLOCK_SIZE = integer("blockSize", 2);

  /** {@code size} of an up-sampling. */
  public static final AttributeKey<Pair> UP_SAMPLING = pair("size");

  /** {@code height} of a resized image. */
  public static final AttributeKey<Integer> HEIGHT = integer("height", 1);

  /** {@code width} of a resized image. */
  public static final AttributeKey<Integer> WIDTH = integer("width", 1);

  public static final AttributeKey<Interpolation> INTERPOLATION =
      plain("interpolation", Form.INTERPOLATION);
  public static final AttributeKey<Boolean> ALIGN_CORNERS = flag("alignCorners");
  public static final AttributeKey<Boolean> HALF_PIXEL_CENTERS = flag("halfPixelCenters");

  /** {@code axis} of a reduction, which counts the batch. */
  public static final AttributeKey<List<Integer>> AXES = plain("axis", Form.PER_AXIS);

  /** {@code n} of a repetition. */
  public static final AttributeKey<Integer> TIMES = integer("n", 1);

  /** {@code mode} of a padding. */
  public static final AttributeKey<PadMode> PAD_MODE = plain("mode", Form.PAD_MODE);

  public static final AttributeKey<Integer> GROUPS = integer("groups", 1);
  public static final AttributeKey<Optional<Pair>> OUTPUT_PADDING =
      numbers("outputPadding", Form.OPTIONAL_PAIR, 0);
  public static final AttributeKey<Initializer> POINTWISE_INITIALIZER =
      initializer("pointwiseInitializer");
  public static final AttributeKey<Double> POINTWISE_L1 =
      decimal("pointwiseL1", Bound.NON_NEGATIVE);
  public static final AttributeKey<Double> POINTWISE_L2 =
      decimal("pointwiseL2", Bound.NON_NEGATIVE);

  /** {@code sharedWith}: empty for a layer with weights of its own. */
  public static final AttributeKey<String> SHARED_WITH = plain("sharedWith", Form.NAME);

  /** {@code scale} of a rescaling. */
  public static final AttributeKey<Double> RESCALING_SCALE = decimal("scale", Bound.NON_ZERO);

  /** {@code offset} of a rescaling. */
  public static final AttributeKey<Double> OFFSET = decimal("offset", Bound.ANY);

  /** {@code mean} of a normalization: one, or one a channel. */
  public static final AttributeKey<List<Double>> MEANS = plain("mean", Form.DECIMALS);

  /** {@code variance} of a normalization: one, or one a channel. */
  public static final AttributeKey<List<Double>> VARIANCES =
      new AttributeKey<>("variance", Form.DECIMALS, Bound.POSITIVE);

  /** {@code initValues} of a layer scale. */
  public static final AttributeKey<Double> INIT_VALUES = decimal("initValues", Bound.ANY);

  /** {@code groups} of a normalization; -1 stands for as many as there are channels. */
  public static final AttributeKey<Integer> NORM_GROUPS =
      new AttributeKey<>(
          "groups",
          Form.INTEGER,
          new Bound("at least 1, or -1", -1, true, Double.POSITIVE_INFINITY, false, false));

  public static final AttributeKey<Double> STDDEV = decimal("stddev", Bound.atLeast(0));

  /** All of a convolution's. */
  public static final List<AttributeKey<?>> CONVOLUTION =
      List.of(
          FILTERS,
          KERNEL_SIZE,
          STRIDES,
          PADDING,
          DILATION_RATE,
          GROUPS,
          USE_BIAS,
          KERNEL_INITIALIZER,
          BIAS_INITIALIZER,
          KERNEL_L1,
          KERNEL_L2,
          SHARED_WITH);

  /** All of a depthwise convolution's. */
  public static final List<AttributeKey<?>> DEPTHWISE_CONVOLUTION =
      List.of(
          KERNEL_SIZE,
          STRIDES,
          PADDING,
          DEPTH_MULTIPLIER,
          DILATION_RATE,
          USE_BIAS,
          DEPTHWISE_INITIALIZER,
          BIAS_INITIALIZER,
          DEPTHWISE_L1,
          DEPTHWISE_L2,
          SHARED_WITH);

  /** All of a transposed convolution's. */
  public static final List<AttributeKey<?>> TRANSPOSED_CONVOLUTION =
      List.of(
          FILTERS,
          KERNEL_SIZE,
          STRIDES,
          PADDING,
          OUTPUT_PADDING,
          USE_BIAS,
          KERNEL_INITIALIZER,
          BIAS_INITIALIZER,
          KERNEL_L1,
          KERNEL_L2,
          SHARED_WITH);

  /** All of a separable convolution's. */
  public static final List<AttributeKey<?>> SEPARABLE_CONVOLUTION =
      List.of(
          FILTERS,
          KERNEL_SIZE,
          STRIDES,
          PADDING,
          DEPTH_MULTIPLIER,
          DILATION_RATE,
          USE_BIAS,
          DEPTHWISE_INITIALIZER,
          POINTWISE_INITIALIZER,
          BIAS_INITIALIZER,
          DEPTHWISE_L1,
          DEPTHWISE_L2,
          POINTWISE_L1,
          POINTWISE_L2,
          SHARED_WITH);

  /** All of a batch norm's. */
  public static final List<AttributeKey<?>> BATCH_NORM = List.of(MOMENTUM, EPSILON, CENTER, SCALE);

  private static <T> AttributeKey<T> plain(String name, Form form) {
    return new AttributeKey<>(name, form, Bound.ANY);
  }

  private static <T> AttributeKey<T> numbers(String name, Form form, int lowest) {
    return new AttributeKey<>(name, form, Bound.atLeast(lowest));
  }

  private static AttributeKey<Integer> integer(String name, int lowest) {
    return numbers(name, Form.INTEGER, lowest);
  }

  private static AttributeKey<Double> decimal(String name, Bound bound) {
    return new AttributeKey<>(name, Form.DECIMAL, bound);
  }

  private static AttributeKey<Boolean> flag(String name) {
    return plain(name, Form.FLAG);
  }

  private static AttributeKey<Pair> pair(String name) {
    return numbers(name, Form.PAIR, 1);
  }

  private static AttributeKey<Initializer> initializer(String name) {
    return plain(name, Form.INITIALIZER);
  }
}
