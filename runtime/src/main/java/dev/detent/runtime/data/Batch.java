package dev.detent.runtime.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Some examples, in one contiguous array for each input and each target.
 *
 * <p>The arrays are as long as a full batch needs and are used again for a later batch: only the
 * first {@link #count()} examples are valid, and only until the iterator is asked for more. Their
 * layout is {@code [batch, ...shape of one example]}, row-major.
 */
public final class Batch {
  private final List<Features> features;
  private final List<Targets> targets;

  /** A {@code byte[]} or {@code float[]} for each input. */
  private final Object[] elements;

  /** An {@code int[]} of classes or a {@code float[]} for each target. */
  private final Object[] answers;

  private final int[] indices;

  /** What each example's targets were read from, and which of it they are. */
  private final List<List<Targets>> sources = new ArrayList<>();

  private final int[] sourceIndices;
  private int count;

  Batch(List<Features> features, List<Targets> targets, int capacity) {
    this.features = features;
    this.targets = targets;
    this.elements = features.stream().map(input -> elements(capacity, input)).toArray();
    this.answers = targets.stream().map(target -> answers(capacity, target)).toArray();
    this.indices = new int[capacity];
    this.sourceIndices = new int[capacity];
  }

  private static Object elements(int capacity, Features input) {
    int length = length(capacity, input.elements());
    return input.type() == ElementType.UINT8 ? new byte[length] : new float[length];
  }

  private static Object answers(int capacity, Targets target) {
    return target.isClasses()
        ? new int[length(capacity, target.classesPerExample())]
        : new float[length(capacity, target.width())];
  }

  private static int length(int capacity, int elements) {
    long length = (long) capacity * elements;
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a batch of " + capacity + " examples of " + elements + " elements is too large");
    }
    return (int) length;
  }

  /** Reads these examples; the arrays after them keep what they hold. */
  void fill(int[] order, int from, int newCount) {
    count = newCount;
    System.arraycopy(order, from, indices, 0, count);
    for (int i = 0; i < count; i++) {
      read(i, features, targets, indices[i]);
    }
  }

  /**
   * Reads the next examples of a stream.
   *
   * @param first the number of the first of them in its epoch
   */
  void fill(List<ExampleStream.Piece.One> examples, int first) {
    count = examples.size();
    for (int i = 0; i < count; i++) {
      indices[i] = first + i;
      ExampleStream.Piece.One one = examples.get(i);
      read(i, one.of().inputs(), one.of().targets(), one.index());
    }
  }

  private void read(int position, List<Features> inputs, List<Targets> wanted, int index) {
    for (int f = 0; f < elements.length; f++) {
      Features source = inputs.get(f);
      read(source, index, elements[f], position * source.elements());
    }
    while (sources.size() <= position) {
      sources.add(targets);
    }
    sources.set(position, wanted);
    sourceIndices[position] = index;
    for (int t = 0; t < answers.length; t++) {
      Targets source = wanted.get(t);
      if (answers[t] instanceof int[] classes) {
        source.readClasses(index, classes, position * source.classesPerExample());
      } else {
        source.read(index, (float[]) answers[t], position * source.width());
      }
    }
  }

  private static void read(Features source, int index, Object into, int offset) {
    try {
      if (into instanceof byte[] bytes) {
        source.read(index, bytes, offset);
      } else {
        source.read(index, (float[]) into, offset);
      }
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new DataException(source.name(index) + " cannot be read: " + e, e);
    }
  }

  /** The classes of all places of all targets that have some for each place of an example. */
  private List<int[]> maps() {
    List<int[]> maps = new ArrayList<>();
    for (int t = 0; t < answers.length; t++) {
      Targets target = targets.get(t);
      if (target.isClasses() && target.classesPerExample() > 1 && !target.movesWithImage()) {
        maps.add((int[]) answers[t]);
      }
    }
    return maps;
  }

  /** How many targets there are. */
  int targetCount() {
    return answers.length;
  }

  void augment(
      Augmentation augmentation,
      int input,
      int[] shape,
      Image image,
      SeededRandom random,
      long seed,
      long epoch) {
    int width = features.get(input).elements();
    List<int[]> maps = maps();
    for (int i = 0; i < count; i++) {
      random.seed(seed, epoch, indices[i], input);
      image.at(elements[input], i * width, shape);
      image.with(maps, i * shape[0] * shape[1]);
      try {
        augmentation.apply(image, random);
      } catch (RuntimeException e) {
        String name = features.get(input).name(indices[i]);
        throw new DataException("augmenting " + name + " failed: " + e, e);
      }
      if (!image.movement().equals(Movement.NONE)) {
        move(i, image.movement());
      }
    }
  }

  /** Reads the targets of an example anew that have places in its image. */
  private void move(int position, Movement movement) {
    int index = sourceIndices[position];
    for (int t = 0; t < answers.length; t++) {
      Targets source = sources.get(position).get(t);
      if (source.movesWithImage()) {
        if (answers[t] instanceof int[] classes) {
          source.readClassesMoved(index, movement, classes, position * source.classesPerExample());
        } else {
          source.readMoved(index, movement, (float[]) answers[t], position * source.width());
        }
      }
    }
  }

  /** How many examples there are, 1 to {@link #capacity()}. */
  public int count() {
    return count;
  }

  /** For how many examples there is room: the batch size. */
  public int capacity() {
    return indices.length;
  }

  /** The number of inputs, at least 0. */
  public int inputCount() {
    return elements.length;
  }

  /** Which example of the data set stands at a place of this batch, 0 to {@code count() - 1}. */
  public int index(int position) {
    return indices[Checks.index(position, count)];
  }

  /** The features that an input comes from, for their shape, type, scale and offset. */
  public Features features(int input) {
    return features.get(input);
  }

  /**
   * The elements of an input whose features are {@link ElementType#UINT8}, not scaled.
   *
   * @return {@code capacity() * elements} bytes, the first {@code count() * elements} valid
   * @throws IllegalStateException if the input is of another type
   */
  public byte[] bytes(int input) {
    if (elements[input] instanceof byte[] bytes) {
      return bytes;
    }
    throw new IllegalStateException("input " + input + " is made of floats, not of bytes");
  }

  /**
   * The values of an input whose features are {@link ElementType#FLOAT32}, scaled.
   *
   * @return {@code capacity() * elements} floats, the first {@code count() * elements} valid
   * @throws IllegalStateException if the input is of another type
   */
  public float[] floats(int input) {
    if (elements[input] instanceof float[] floats) {
      return floats;
    }
    throw new IllegalStateException("input " + input + " is made of bytes, not of floats");
  }

  /** Whether a target is classes rather than numbers. */
  public boolean isClasses(int target) {
    return answers[target] instanceof int[];
  }

  /**
   * How many classes each example of a target has, at least 1.
   *
   * @throws IllegalStateException if the target is no classes
   */
  public int classesPerExample(int target) {
    return classes(target).length / capacity();
  }

  /**
   * The classes of a target, {@link #classesPerExample} of each example.
   *
   * @return {@code capacity() * classesPerExample} classes, the first {@code count() *
   *     classesPerExample} valid
   * @throws IllegalStateException if the target is no classes
   */
  public int[] classes(int target) {
    if (answers[target] instanceof int[] classes) {
      return classes;
    }
    throw new IllegalStateException("target " + target + " is made of numbers, not of classes");
  }

  /**
   * The numbers of a target.
   *
   * @return {@code capacity() * width} numbers, the first {@code count() * width} valid
   * @throws IllegalStateException if the target is classes
   */
  public float[] values(int target) {
    if (answers[target] instanceof float[] values) {
      return values;
    }
    throw new IllegalStateException("target " + target + " is made of classes, not of numbers");
  }
}
