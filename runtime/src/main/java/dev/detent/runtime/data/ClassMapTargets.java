package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** One class for each place of an example, as for each pixel of an image. */
final class ClassMapTargets extends NamedClasses {
  /** Classes are kept in bytes. */
  static final int MOST_CLASSES = 256;

  private final byte[][] examples;
  private final OptionalInt blank;
  private final int[] shape;
  private final int places;

  ClassMapTargets(byte[][] examples, List<String> names, int... placesShape) {
    this(examples, names, OptionalInt.empty(), placesShape);
  }

  /** With the class that stands for no label, where these are sequences of labels. */
  ClassMapTargets(byte[][] examples, List<String> names, OptionalInt blank, int... placesShape) {
    super(examples.length, names);
    this.examples = examples;
    this.blank = blank;
    if (names.size() > MOST_CLASSES) {
      throw new DataException(
          "there are " + names.size() + " classes; a byte tells " + MOST_CLASSES + " apart");
    }
    shape = Arrays.copyOf(placesShape, placesShape.length + 1);
    shape[placesShape.length] = names.size();
    places = Checks.elements(placesShape);
    for (int i = 0; i < examples.length; i++) {
      check(i, examples[i]);
    }
  }

  private void check(int index, byte[] classes) {
    if (classes.length != places) {
      throw new DataException(
          "example %s has classes for %s places; the shape %s has %s"
              .formatted(
                  index,
                  classes.length,
                  Arrays.toString(Arrays.copyOf(shape, shape.length - 1)),
                  places));
    }
    for (int place = 0; place < places; place++) {
      if (Byte.toUnsignedInt(classes[place]) >= classCount()) {
        throw outOfRange(
            "place " + place + " of example " + index, Byte.toUnsignedInt(classes[place]));
      }
    }
  }

  @Override
  public int classesPerExample() {
    return places;
  }

  @Override
  public int classAt(int index) {
    throw new UnsupportedOperationException(
        "these targets have " + places + " classes an example; readClasses reads them");
  }

  @Override
  public void readClasses(int index, int[] into, int offset) {
    byte[] classes = examples[Checks.index(index, examples.length)];
    for (int place = 0; place < places; place++) {
      into[offset + place] = Byte.toUnsignedInt(classes[place]);
    }
  }

  @Override
  public OptionalInt blank() {
    return blank;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public void read(int index, float[] into, int offset) {
    byte[] classes = examples[Checks.index(index, examples.length)];
    int count = classCount();
    Arrays.fill(into, offset, offset + places * count, 0);
    for (int place = 0; place < places; place++) {
      into[offset + place * count + Byte.toUnsignedInt(classes[place])] = 1;
    }
  }

  @Override
  public String toString() {
    return size()
        + (blank.isPresent() ? " sequences of up to " : " maps of ")
        + places
        + (blank.isPresent() ? " labels in " : " places in ")
        + classCount()
        + " classes";
  }
}
