package dev.detent.runtime.data;

import java.util.List;
import java.util.OptionalInt;

/** One target of a stream: what its examples are like, without any to read. */
record StreamTargets(ExampleStream stream, int number, int size, Targets like) implements Targets {

  /** With so many examples an epoch. */
  StreamTargets sized(int count) {
    return new StreamTargets(stream, number, count, like);
  }

  @Override
  public boolean isClasses() {
    return like.isClasses();
  }

  @Override
  public int classAt(int index) {
    throw ExampleStream.goneBack("example " + index + " to go back to");
  }

  @Override
  public int classesPerExample() {
    return like.classesPerExample();
  }

  @Override
  public void readClasses(int index, int[] into, int offset) {
    throw ExampleStream.goneBack("example " + index + " to go back to");
  }

  @Override
  public OptionalInt blank() {
    return like.blank();
  }

  @Override
  public boolean hasClassNames() {
    return like.hasClassNames();
  }

  @Override
  public int classCount() {
    return like.classCount();
  }

  @Override
  public List<String> classNames() {
    return like.classNames();
  }

  @Override
  public int[] shape() {
    return like.shape();
  }

  @Override
  public void read(int index, float[] into, int offset) {
    throw ExampleStream.goneBack("example " + index + " to go back to");
  }

  @Override
  public boolean movesWithImage() {
    return like.movesWithImage();
  }

  @Override
  public Targets subset(int... indices) {
    throw ExampleStream.goneBack("parts");
  }

  @Override
  public String toString() {
    return "a stream of: " + like;
  }
}
