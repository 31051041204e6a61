package dev.detent.runtime.data;

import java.util.List;
import java.util.OptionalInt;

/** Some examples of other targets. */
record SubsetTargets(Targets all, int[] indices) implements Targets {
  private int at(int index) {
    return indices[Checks.index(index, indices.length)];
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public boolean isClasses() {
    return all.isClasses();
  }

  @Override
  public int classAt(int index) {
    return all.classAt(at(index));
  }

  @Override
  public int classesPerExample() {
    return all.classesPerExample();
  }

  @Override
  public void readClasses(int index, int[] into, int offset) {
    all.readClasses(at(index), into, offset);
  }

  @Override
  public OptionalInt blank() {
    return all.blank();
  }

  @Override
  public boolean hasClassNames() {
    return all.hasClassNames();
  }

  @Override
  public int classCount() {
    return all.classCount();
  }

  @Override
  public List<String> classNames() {
    return all.classNames();
  }

  @Override
  public int[] shape() {
    return all.shape();
  }

  @Override
  public int width() {
    return all.width();
  }

  @Override
  public void read(int index, float[] into, int offset) {
    all.read(at(index), into, offset);
  }

  @Override
  public boolean movesWithImage() {
    return all.movesWithImage();
  }

  @Override
  public void readMoved(int index, Movement movement, float[] into, int offset) {
    all.readMoved(at(index), movement, into, offset);
  }

  @Override
  public void readClassesMoved(int index, Movement movement, int[] into, int offset) {
    all.readClassesMoved(at(index), movement, into, offset);
  }

  @Override
  public String toString() {
    return indices.length + " of: " + all;
  }
}
