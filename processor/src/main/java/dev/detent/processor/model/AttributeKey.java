package dev.detent.processor.model;

import dev.detent.annotations.Initializer;
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
    /** One or two numbers, as a {@link Pair}. */
    PAIR,
    /** None, one or two numbers, as an {@link Optional} of a {@link Pair}. */
    OPTIONAL_PAIR,
    /** One to four numbers, as a {@link List} of {@link Integer}. */
    SIZES,
    /** One, two or four numbers, as {@link Margins}. */
    MARGINS,
    /** A {@link Padding}. */
    PADDING,
    /** An {@link Initializer}. */
    INITIALIZER,
    /** Names of layers, as a {@link List} of {@link String}. */
    NAMES
  }

  /** {@code shape} of an input. */
  public static final AttributeKey<List<Integer>> INPUT_SHAPE =
      new AttributeKey<>("shape", Form.SIZES, Bound.atLeast(1));

  /** {@code filters}. */
  public static final AttributeKey<Integer> FILTERS =
      new AttributeKey<>("filters", Form.INTEGER, Bound.atLeast(1));

  /** {@code units}. */
  public static final AttributeKey<Integer> UNITS =
      new AttributeKey<>("units", Form.INTEGER, Bound.atLeast(1));

  /** {@code kernelSize}. */
  public static final AttributeKey<Pair> KERNEL_SIZE =
      new AttributeKey<>("kernelSize", Form.PAIR, Bound.atLeast(1));

  /** {@code strides} of a convolution. */
  public static final AttributeKey<Pair> STRIDES =
      new AttributeKey<>("strides", Form.PAIR, Bound.atLeast(1));

  /** {@code dilationRate}. */
  public static final AttributeKey<Pair> DILATION_RATE =
      new AttributeKey<>("dilationRate", Form.PAIR, Bound.atLeast(1));

  /** {@code depthMultiplier}. */
  public static final AttributeKey<Integer> DEPTH_MULTIPLIER =
      new AttributeKey<>("depthMultiplier", Form.INTEGER, Bound.atLeast(1));

  /** {@code poolSize}. */
  public static final AttributeKey<Pair> POOL_SIZE =
      new AttributeKey<>("poolSize", Form.PAIR, Bound.atLeast(1));

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
  public static final AttributeKey<Boolean> USE_BIAS =
      new AttributeKey<>("useBias", Form.FLAG, Bound.ANY);

  /** {@code kernelInitializer}. */
  public static final AttributeKey<Initializer> KERNEL_INITIALIZER =
      new AttributeKey<>("kernelInitializer", Form.INITIALIZER, Bound.ANY);

  /** {@code depthwiseInitializer}. */
  public static final AttributeKey<Initializer> DEPTHWISE_INITIALIZER =
      new AttributeKey<>("depthwiseInitializer", Form.INITIALIZER, Bound.ANY);

  /** {@code biasInitializer}. */
  public static final AttributeKey<Initializer> BIAS_INITIALIZER =
      new AttributeKey<>("biasInitializer", Form.INITIALIZER, Bound.ANY);

  /** {@code kernelL2}. */
  public static final AttributeKey<Double> KERNEL_L2 =
      new AttributeKey<>("kernelL2", Form.DECIMAL, Bound.nonNegative());

  /** {@code depthwiseL2}. */
  public static final AttributeKey<Double> DEPTHWISE_L2 =
      new AttributeKey<>("depthwiseL2", Form.DECIMAL, Bound.nonNegative());

  /** {@code keepDims}. */
  public static final AttributeKey<Boolean> KEEP_DIMS =
      new AttributeKey<>("keepDims", Form.FLAG, Bound.ANY);

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
  public static final AttributeKey<Double> RATE =
      new AttributeKey<>("rate", Form.DECIMAL, Bound.share());

  /** {@code momentum} of a batch norm. */
  public static final AttributeKey<Double> MOMENTUM =
      new AttributeKey<>("momentum", Form.DECIMAL, Bound.share());

  /** {@code epsilon} of a batch norm. */
  public static final AttributeKey<Double> EPSILON =
      new AttributeKey<>("epsilon", Form.DECIMAL, Bound.positive());

  /** {@code center} of a batch norm. */
  public static final AttributeKey<Boolean> CENTER =
      new AttributeKey<>("center", Form.FLAG, Bound.ANY);

  /** {@code scale} of a batch norm. */
  public static final AttributeKey<Boolean> SCALE =
      new AttributeKey<>("scale", Form.FLAG, Bound.ANY);

  /** All of a batch norm's. */
  public static final List<AttributeKey<?>> BATCH_NORM = List.of(MOMENTUM, EPSILON, CENTER, SCALE);
}
