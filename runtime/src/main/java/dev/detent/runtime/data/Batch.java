package dev.detent.runtime.data;

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
  private final byte[][] bytes;
  private final float[][] floats;
  private final int[][] classes;
  private final float[][] values;
  private final int[] indices;
  private int count;

  Batch(List<Features> features, List<Targets> targets, int capacity) {
    this.features = features;
    this.targets = targets;
    this.bytes = new byte[features.size()][];
    this.floats = new float[features.size()][];
    this.classes = new int[targets.size()][];
    this.values = new float[targets.size()][];
    this.indices = new int[capacity];
    for (int i = 0; i < features.size(); i++) {
      int length = length(capacity, features.get(i).elements());
      if (features.get(i).type() == ElementType.UINT8) {
        bytes[i] = new byte[length];
      } else {
        floats[i] = new float[length];
      }
    }
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).isClasses()) {
        classes[i] = new int[length(capacity, targets.get(i).classesPerExample())];
      } else {
        values[i] = new float[length(capacity, targets.get(i).width())];
      }
    }
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
    for (int i = 0; i < count; i++) {
      indices[i] = order[from + i];
    }
    for (int f = 0; f < bytes.length; f++) {
      Features source = features.get(f);
      int elements = source.elements();
      for (int i = 0; i < count; i++) {
        readFeatures(f, source, i, i * elements);
      }
    }
    for (int t = 0; t < classes.length; t++) {
      Targets source = targets.get(t);
      int width = source.isClasses() ? source.classesPerExample() : source.width();
      for (int i = 0; i < count; i++) {
        if (classes[t] != null) {
          source.readClasses(indices[i], classes[t], i * width);
        } else {
          source.read(indices[i], values[t], i * width);
        }
      }
    }
  }

  private void readFeatures(int input, Features source, int position, int offset) {
    int index = indices[position];
    try {
      if (bytes[input] != null) {
        source.read(index, bytes[input], offset);
      } else {
        source.read(index, floats[input], offset);
      }
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new DataException(source.name(index) + " cannot be read: " + e, e);
    }
  }

  void augment(
      Augmentation augmentation,
      int input,
      int[] shape,
      Image image,
      SeededRandom random,
      long seed,
      long epoch) {
    int elements = features.get(input).elements();
    for (int i = 0; i < count; i++) {
      random.seed(seed, epoch, indices[i], input);
      image.at(bytes[input], floats[input], i * elements, shape);
      try {
        augmentation.apply(image, random);
      } catch (RuntimeException e) {
        String name = features.get(input).name(indices[i]);
        throw new DataException("augmenting " + name + " failed: " + e, e);
      }
    }
  }

  /**
   * Returns how many examples there are.
   *
   * @return 1 to {@link #capacity()}
   */
  public int count() {
    return count;
  }

  /**
   * Returns for how many examples there is room.
   *
   * @return the batch size
   */
  public int capacity() {
    return indices.length;
  }

  /**
   * Returns the number of inputs.
   *
   * @return at least 0
   */
  public int inputCount() {
    return bytes.length;
  }

  /**
   * Returns the number of targets.
   *
   * @return at least 0
   */
  public int targetCount() {
    return classes.length;
  }

  /**
   * Returns which example of the data set stands at a place of this batch.
   *
   * @param position the place, 0 to {@code count() - 1}
   * @return the index of the example
   */
  public int index(int position) {
    return indices[Checks.index(position, count)];
  }

  /**
   * Returns the features that an input comes from, for their shape, type, scale and offset.
   *
   * @param input the input, 0 to {@code inputCount() - 1}
   * @return the features
   */
  public Features features(int input) {
    return features.get(input);
  }

  /**
   * Returns the elements of an input whose features are {@link ElementType#UINT8}, not scaled.
   *
   * @param input the input, 0 to {@code inputCount() - 1}
   * @return {@code capacity() * elements} bytes, the first {@code count() * elements} valid
   * @throws IllegalStateException if the input is of another type
   */
  public byte[] bytes(int input) {
    if (bytes[input] == null) {
      throw new IllegalStateException("input " + input + " is made of floats, not of bytes");
    }
    return bytes[input];
  }

  /**
   * Returns the values of an input whose features are {@link ElementType#FLOAT32}, scaled.
   *
   * @param input the input, 0 to {@code inputCount() - 1}
   * @return {@code capacity() * elements} floats, the first {@code count() * elements} valid
   * @throws IllegalStateException if the input is of another type
   */
  public float[] floats(int input) {
    if (floats[input] == null) {
      throw new IllegalStateException("input " + input + " is made of bytes, not of floats");
    }
    return floats[input];
  }

  /**
   * Returns whether a target is classes rather than numbers.
   *
   * @param target the target, 0 to {@code targetCount() - 1}
   * @return true for classes
   */
  public boolean isClasses(int target) {
    return classes[target] != null;
  }

  /**
   * Returns how many classes each example of a target has.
   *
   * @param target the target, 0 to {@code targetCount() - 1}
   * @return at least 1
   * @throws IllegalStateException if the target is no classes
   */
  public int classesPerExample(int target) {
    return classes(target).length / capacity();
  }

  /**
   * Returns the classes of a target, {@link #classesPerExample} of each example.
   *
   * @param target the target, 0 to {@code targetCount() - 1}
   * @return {@code capacity() * classesPerExample} classes, the first {@code count() *
   *     classesPerExample} valid
   * @throws IllegalStateException if the target is no classes
   */
  public int[] classes(int target) {
    if (classes[target] == null) {
      throw new IllegalStateException("target " + target + " is made of numbers, not of classes");
    }
    return classes[target];
  }

  /**
   * Returns the numbers of a target.
   *
   * @param target the target, 0 to {@code targetCount() - 1}
   * @return {@code capacity() * width} numbers, the first {@code count() * width} valid
   * @throws IllegalStateException if the target is classes
   */
  public float[] values(int target) {
    if (values[target] == null) {
      throw new IllegalStateException("target " + target + " is made of classes, not of numbers");
    }
    return values[target];
  }
}
