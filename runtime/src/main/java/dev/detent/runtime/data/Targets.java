package dev.detent.runtime.data;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What one output of a model is to answer: a class, several classes, or numbers, for each of {@link
 * #size()} examples.
 *
 * <p>Implementations can be read from several threads at once.
 */
public interface Targets {

  /** The number of examples, at least 0. */
  int size();

  /** Whether these are classes rather than numbers. */
  boolean isClasses();

  /**
   * The class of one example, 0 to {@code classCount() - 1}.
   *
   * @throws UnsupportedOperationException if these are no classes, or several an example
   */
  int classAt(int index);

  /** How many classes each example has: 1, or one for each place, as for each pixel of an image. */
  default int classesPerExample() {
    return 1;
  }

  /**
   * Copies the classes of one example, place by place.
   *
   * @param index the example, 0 to {@code size() - 1}
   * @param into where to, {@link #classesPerExample()} classes, each 0 to {@code classCount() - 1}
   * @param offset where in {@code into} the first goes
   * @throws UnsupportedOperationException if these are no classes
   */
  default void readClasses(int index, int[] into, int offset) {
    into[offset] = classAt(index);
  }

  /** Whether there are names of classes: of classes, and of classes as {@link #oneHot} numbers. */
  default boolean hasClassNames() {
    return isClasses();
  }

  /**
   * The number of classes, at least 1.
   *
   * @throws UnsupportedOperationException if there are none: see {@link #hasClassNames}
   */
  int classCount();

  /**
   * The names of the classes, "0", "1" and so on where none were given.
   *
   * @throws UnsupportedOperationException if there are none: see {@link #hasClassNames}
   */
  List<String> classNames();

  /**
   * The class that stands for no label, where the classes of an example are a sequence of labels in
   * their order, and behind them blanks: the places of an output are not those of the labels then,
   * and it is {@linkplain LabelSequences#decode decoded} before it is compared. Empty for all
   * others.
   */
  default OptionalInt blank() {
    return OptionalInt.empty();
  }

  /**
   * The shape of the numbers of one example, without the batch; for classes that is {@code
   * [classCount]}, and where each place has one, {@code [...places, classCount]}.
   *
   * @return a new array of dimensions, each at least 1
   */
  int[] shape();

  /** The number of numbers of one example, the product of its {@link #shape()}, at least 1. */
  default int width() {
    return Checks.elements(shape());
  }

  /**
   * Copies the numbers of one example. A class becomes a 1 at its own place among zeros.
   *
   * @param index the example, 0 to {@code size() - 1}
   * @param into where to, {@link #width()} floats
   * @param offset where in {@code into} the first goes
   */
  void read(int index, float[] into, int offset);

  /** Whether these have places in an image, as boxes, and are others where its content moves. */
  default boolean movesWithImage() {
    return false;
  }

  /**
   * The same as {@link #read(int, float[], int)} of an example whose image has moved.
   *
   * @param movement of the image's content
   */
  default void readMoved(int index, Movement movement, float[] into, int offset) {
    read(index, into, offset);
  }

  /**
   * The same as {@link #readClasses} of an example whose image has moved.
   *
   * @param movement of the image's content
   */
  default void readClassesMoved(int index, Movement movement, int[] into, int offset) {
    readClasses(index, into, offset);
  }

  /**
   * The targets of some of the examples.
   *
   * @param indices the examples, in the order wanted; they may repeat
   * @return a view
   * @throws IndexOutOfBoundsException if one of the indices is not below {@link #size()}
   */
  default Targets subset(int... indices) {
    return new SubsetTargets(this, Checks.indices(indices, size()));
  }

  /**
   * The targets of the first examples.
   *
   * @param count how many, 0 to {@link #size()}
   * @return a view
   */
  default Targets take(int count) {
    return subset(Checks.firstIndices(Checks.take(count, size())));
  }

  /**
   * These targets as numbers: a class becomes a 1 at its own place among zeros, as {@link
   * #read(int, float[], int)} has it. For {@link Augmentation#mixup}, which makes them shares. The
   * names of the classes stay.
   *
   * @return a view
   */
  default Targets oneHot() {
    return new OneHotTargets(this);
  }

  /**
   * One class an example, with classes called "0", "1" and so on.
   *
   * @param classes the class of each example, 0 to {@code classCount - 1}; copied
   * @param classCount the number of classes, at least 1
   * @throws DataException if a class is out of range
   */
  static Targets classes(int[] classes, int classCount) {
    Checks.atLeast(1, classCount, "the number of classes");
    return classes(classes, IntStream.range(0, classCount).mapToObj(Integer::toString).toList());
  }

  /**
   * One class an example, with names.
   *
   * @param classes the class of each example, 0 to {@code names.size() - 1}; copied
   * @param names the names of the classes, at least 1
   * @throws DataException if a class is out of range
   */
  static Targets classes(int[] classes, List<String> names) {
    return new ClassTargets(classes, names);
  }

  /**
   * One class for each place of an example, as for each pixel of an image in segmentation. The
   * model's output is {@code [...shape, classes]}.
   *
   * @param examples for each example one class a place, row by row, each 0 to {@code names.size() -
   *     1}, unsigned; not copied
   * @param names the names of the classes, 1 to 256
   * @param shape the places of one example, {@code {height, width}} of an image
   * @throws DataException if an example has more or fewer places, or a class is out of range
   */
  static Targets classMaps(byte[][] examples, List<String> names, int... shape) {
    return new ClassMapTargets(examples, names, shape);
  }

  /**
   * A sequence of labels for each example, as of speech or handwriting, for an output of {@code
   * [steps, classes]} that is to give them in this order, at whichever steps: {@code Losses.ctc} is
   * the loss of such targets if no other is asked for. They have the shape {@code [steps,
   * classes]}, as the output has.
   *
   * @param labels for each example its labels, none to {@code steps}; behind the last one a row may
   *     go on with -1; copied
   * @param names the names of the classes, 2 to 256, that of the blank among them
   * @param blank the class that stands for no label
   * @param steps of the output
   * @throws DataException if a label is no class or the blank, or labels take more steps than there
   *     are: one each, and one between two that are equal
   */
  static Targets labelSequences(int[][] labels, List<String> names, int blank, int steps) {
    return LabelSequences.targets(labels, names, blank, steps);
  }

  /**
   * Numbers, one array an example.
   *
   * @param examples the examples, each as long as {@code shape} says; they are not copied
   * @param shape the shape of one example; none stands for {@code [length of the first]}
   * @throws DataException if an example is of another length
   */
  static Targets values(float[][] examples, int... shape) {
    return new FeatureTargets(Features.of(examples, shape));
  }

  /** One number for each example; the array is not copied. */
  static Targets values(float[] values) {
    return new FeatureTargets(Features.of(values, 1));
  }

  /** The scaled values of features as what a model is to answer, as an autoencoder does. */
  static Targets values(Features features) {
    return new FeatureTargets(features);
  }
}
