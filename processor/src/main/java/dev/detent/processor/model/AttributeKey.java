package dev.detent.processor.model;

import dev.detent.annotations.DataType;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Interpolation;
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
  public static final AttributeKey<List<Integer>> INPUT_SHAPE =
      new AttributeKey<>("shape", Form.SIZES, Bound.atLeast(1));

  /** {@code filters}. */
  public static final AttributeKey<Integer> FILTERS = integer("filters", 1);

  /** {@code units}. */
  public static final AttributeKey<Integer> UNITS = integer("units", 1);

  /** {@code kernelSize}. */
  public static final AttributeKey<Pair> KERNEL_SIZE = pair("kernelSize");

  /** {@code strides} of a convolution. */
  public static final AttributeKey<Pair> STRIDES = pair("strides");

  /** {@code dilationRate}. */
  public static final AttributeKey<Pair> DILATION_RATE = pair("dilationRate");

  /** {@code depthMultiplier}. */
  public static final AttributeKey<Integer> DEPTH_MULTIPLIER = integer("depthMultiplier", 1);

  /** {@code poolSize}. */
  public static final AttributeKey<Pair> POOL_SIZE = pair("poolSize");

  /** {@code strides} of a pooling. */
  public static final AttributeKey<Optional<Pair>> POOL_STRIDES =
      new AttributeKey<>("strides", Form.OPTIONAL_PAIR, Bound.atLeast(1));

  /** {@code padding} of a window. */
  public static final AttributeKey<Padding> PADDING =
      new AttributeKey<>("padding", Form.PADDING, Bound.ANY);

  /** {@code padding} of a zero-padding. */
  public static final AttributeKey<Margins> MARGINS =
      new AttributeKey<>("padding", Form.MARGINS, Bound.atLeast(0));

  /** {@code useBias}. */
  public static final AttributeKey<Boolean> USE_BIAS = flag("useBias");

  /** {@code kernelInitializer}. */
  public static final AttributeKey<Initializer> KERNEL_INITIALIZER =
      initializer("kernelInitializer");

  /** {@code depthwiseInitializer}. */
  public static final AttributeKey<Initializer> DEPTHWISE_INITIALIZER =
      initializer("depthwiseInitializer");

  /** {@code biasInitializer}. */
  public static final AttributeKey<Initializer> BIAS_INITIALIZER = initializer("biasInitializer");

  /** {@code kernelL2}. */
  public static final AttributeKey<Double> KERNEL_L2 = decimal("kernelL2", Bound.nonNegative());

  /** {@code depthwiseL2}. */
  public static final AttributeKey<Double> DEPTHWISE_L2 =
      decimal("depthwiseL2", Bound.nonNegative());

  /** {@code keepDims}. */
  public static final AttributeKey<Boolean> KEEP_DIMS = flag("keepDims");

  /** {@code shape} of a reshape: -1 is checked where it is worked out. */
  public static final AttributeKey<List<Integer>> RESHAPE_SHAPE =
      new AttributeKey<>(
          "shape",
          Form.SIZES,
          new Bound("at least 1, or -1", -1, true, Double.POSITIVE_INFINITY, false));

  /** The layers that a merging layer reads. */
  public static final AttributeKey<List<String>> MERGED =
      new AttributeKey<>("value", Form.NAMES, Bound.atLeast(2));

  /** {@code axis}, which counts the batch. */
  public static final AttributeKey<Integer> AXIS =
      new AttributeKey<>("axis", Form.INTEGER, Bound.ANY);

  /** {@code rate}. */
  public static final AttributeKey<Double> RATE = decimal("rate", Bound.share());

  /** {@code momentum} of a batch norm. */
  public static final AttributeKey<Double> MOMENTUM = decimal("momentum", Bound.share());

  /** {@code epsilon} of a batch norm. */
  public static final AttributeKey<Double> EPSILON = decimal("epsilon", Bound.positive());

  /** {@code center} of a batch norm. */
  public static final AttributeKey<Boolean> CENTER = flag("center");

  /** {@code scale} of a batch norm. */
  public static final AttributeKey<Boolean> SCALE = flag("scale");

  /** {@code dataType} of an input. */
  public static final AttributeKey<DataType> DATA_TYPE =
      new AttributeKey<>("dataType", Form.DATA_TYPE, Bound.ANY);

  /** {@code transposeA} of a matrix product. */
  public static final AttributeKey<Boolean> TRANSPOSE_A = flag("transposeA");

  /** {@code transposeB} of a matrix product. */
  public static final AttributeKey<Boolean> TRANSPOSE_B = flag("transposeB");

  /** {@code numHeads}. */
  public static final AttributeKey<Integer> NUM_HEADS = integer("numHeads", 1);

  /** {@code keyDim}. */
  public static final AttributeKey<Integer> KEY_DIM = integer("keyDim", 1);

  /** {@code valueDim}; 0 stands for {@code keyDim}. */
  public static final AttributeKey<Integer> VALUE_DIM = integer("valueDim", 0);

  /** {@code dropout} of the attention weights. */
  public static final AttributeKey<Double> ATTENTION_DROPOUT = decimal("dropout", Bound.share());

  /** {@code inputDim} of an embedding. */
  public static final AttributeKey<Integer> INPUT_DIM = integer("inputDim", 1);

  /** {@code outputDim} of an embedding. */
  public static final AttributeKey<Integer> OUTPUT_DIM = integer("outputDim", 1);

  /** {@code embeddingsInitializer}. */
  public static final AttributeKey<Initializer> EMBEDDINGS_INITIALIZER =
      initializer("embeddingsInitializer");

  /** {@code returnSequences}. */
  public static final AttributeKey<Boolean> RETURN_SEQUENCES = flag("returnSequences");

  /** {@code resetAfter}. */
  public static final AttributeKey<Boolean> RESET_AFTER = flag("resetAfter");

  /** {@code unitForgetBias}. */
  public static final AttributeKey<Boolean> UNIT_FORGET_BIAS = flag("unitForgetBias");

  /** {@code recurrentInitializer}. */
  public static final AttributeKey<Initializer> RECURRENT_INITIALIZER =
      initializer("recurrentInitializer");

  /** {@code initializer} of a position embedding. */
  public static final AttributeKey<Initializer> POSITION_INITIALIZER = initializer("initializer");

  /** {@code maxValue}. */
  public static final AttributeKey<Double> MAX_VALUE =
      new AttributeKey<>(
          "maxValue",
          Form.DECIMAL,
          new Bound("above 0, or infinite", 0, false, Double.POSITIVE_INFINITY, true));

  /** {@code negativeSlope} of a ReLU. */
  public static final AttributeKey<Double> NEGATIVE_SLOPE =
      decimal("negativeSlope", Bound.atLeast(0));

  /** {@code negativeSlope} of a leaky ReLU. */
  public static final AttributeKey<Double> LEAKY_SLOPE = decimal("negativeSlope", Bound.positive());

  /** {@code threshold} of a ReLU. */
  public static final AttributeKey<Double> THRESHOLD =
      new AttributeKey<>("threshold", Form.DECIMAL, Bound.only(0, "for which TFLite has a kernel"));

  /** {@code alpha} of an ELU. */
  public static final AttributeKey<Double> ELU_ALPHA =
      new AttributeKey<>("alpha", Form.DECIMAL, Bound.only(1, "for which TFLite has a kernel"));

  /** {@code alphaInitializer}. */
  public static final AttributeKey<Initializer> ALPHA_INITIALIZER = initializer("alphaInitializer");

  /** {@code sharedAxes}, which count the batch. */
  public static final AttributeKey<List<Integer>> SHARED_AXES =
      new AttributeKey<>("sharedAxes", Form.AXES, Bound.atLeast(1));

  /** {@code approximate}. */
  public static final AttributeKey<Boolean> APPROXIMATE = flag("approximate");

  /** {@code split}. */
  public static final AttributeKey<Boolean> SPLIT = flag("split");

  /** The two layers that a difference is of. */
  public static final AttributeKey<List<String>> MERGED_PAIR =
      new AttributeKey<>("value", Form.NAMES, new Bound("two", 2, true, 2, true));

  /** {@code dims} of a permutation, checked where the shape is known. */
  public static final AttributeKey<List<Integer>> DIMS =
      new AttributeKey<>("dims", Form.PER_AXIS, Bound.atLeast(1));

  /** {@code padding} of a sequence. */
  public static final AttributeKey<Ends> PADDING_ENDS =
      new AttributeKey<>("padding", Form.ENDS, Bound.atLeast(0));

  /** {@code cropping} of a sequence. */
  public static final AttributeKey<Ends> CROPPING_ENDS =
      new AttributeKey<>("cropping", Form.ENDS, Bound.atLeast(0));

  /** {@code cropping} of an image. */
  public static final AttributeKey<Margins> CROPPING =
      new AttributeKey<>("cropping", Form.MARGINS, Bound.atLeast(0));

  /** {@code begin} of a slice. */
  public static final AttributeKey<List<Integer>> BEGIN =
      new AttributeKey<>("begin", Form.PER_AXIS, Bound.ANY);

  /** {@code end} of a slice. */
  public static final AttributeKey<List<Integer>> END =
      new AttributeKey<>("end", Form.PER_AXIS, Bound.ANY);

  /** {@code strides} of a slice. */
  public static final AttributeKey<List<Integer>> SLICE_STRIDES =
      new AttributeKey<>("strides", Form.PER_AXIS, Bound.atLeast(1));

  /** {@code parts} of a split. */
  public static final AttributeKey<Integer> PARTS = integer("parts", 2);

  /** {@code index} of a split. */
  public static final AttributeKey<Integer> INDEX = integer("index", 0);

  /** {@code blockSize}. */
  public static final AttributeKey<Integer> BLOCK_SIZE = integer("blockSize", 2);

  /** {@code size} of an up-sampling. */
  public static final AttributeKey<Pair> UP_SAMPLING = pair("size");

  /** {@code height} of a resized image. */
  public static final AttributeKey<Integer> HEIGHT = integer("height", 1);

  /** {@code width} of a resized image. */
  public static final AttributeKey<Integer> WIDTH = integer("width", 1);

  /** {@code interpolation}. */
  public static final AttributeKey<Interpolation> INTERPOLATION =
      new AttributeKey<>("interpolation", Form.INTERPOLATION, Bound.ANY);

  /** {@code alignCorners}. */
  public static final AttributeKey<Boolean> ALIGN_CORNERS = flag("alignCorners");

  /** {@code halfPixelCenters}. */
  public static final AttributeKey<Boolean> HALF_PIXEL_CENTERS = flag("halfPixelCenters");

  /** {@code axis} of a reduction, which counts the batch. */
  public static final AttributeKey<List<Integer>> AXES =
      new AttributeKey<>("axis", Form.PER_AXIS, Bound.ANY);

  /** {@code n} of a repetition. */
  public static final AttributeKey<Integer> TIMES = integer("n", 1);

  /** {@code mode} of a padding. */
  public static final AttributeKey<PadMode> PAD_MODE =
      new AttributeKey<>("mode", Form.PAD_MODE, Bound.ANY);

  /** {@code groups}. */
  public static final AttributeKey<Integer> GROUPS = integer("groups", 1);

  /** {@code outputPadding}. */
  public static final AttributeKey<Optional<Pair>> OUTPUT_PADDING =
      new AttributeKey<>("outputPadding", Form.OPTIONAL_PAIR, Bound.atLeast(0));

  /** {@code pointwiseInitializer}. */
  public static final AttributeKey<Initializer> POINTWISE_INITIALIZER =
      initializer("pointwiseInitializer");

  /** {@code pointwiseL2}. */
  public static final AttributeKey<Double> POINTWISE_L2 = decimal("pointwiseL2", Bound.atLeast(0));

  /** {@code sharedWith}: empty for a layer with weights of its own. */
  public static final AttributeKey<String> SHARED_WITH =
      new AttributeKey<>("sharedWith", Form.NAME, Bound.ANY);

  /** {@code stddev}. */
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
          DEPTHWISE_L2,
          POINTWISE_L2,
          SHARED_WITH);

  /** All of a batch norm's. */
  public static final List<AttributeKey<?>> BATCH_NORM = List.of(MOMENTUM, EPSILON, CENTER, SCALE);

  private static AttributeKey<Integer> integer(String name, int lowest) {
    return new AttributeKey<>(name, Form.INTEGER, Bound.atLeast(lowest));
  }

  private static AttributeKey<Double> decimal(String name, Bound bound) {
    return new AttributeKey<>(name, Form.DECIMAL, bound);
  }

  private static AttributeKey<Boolean> flag(String name) {
    return new AttributeKey<>(name, Form.FLAG, Bound.ANY);
  }

  private static AttributeKey<Pair> pair(String name) {
    return new AttributeKey<>(name, Form.PAIR, Bound.atLeast(1));
  }

  private static AttributeKey<Initializer> initializer(String name) {
    return new AttributeKey<>(name, Form.INITIALIZER, Bound.ANY);
  }
}
