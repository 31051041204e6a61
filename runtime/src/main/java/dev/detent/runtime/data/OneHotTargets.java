package dev.detent.runtime.data;

import java.util.List;

/** Other targets as numbers, whatever they are. */
final class OneHotTargets extends NumberTargets {
  private final Targets all;

  OneHotTargets(Targets all) {
    this.all = all;
  }

  @Override
  public boolean hasClassNames() {
    return all.hasClassNames();
  }

  @Override
  public int classCount() {
    return all.hasClassNames() ? all.classCount() : super.classCount();
  }

  @Override
  public List<String> classNames() {
    return all.hasClassNames() ? all.classNames() : super.classNames();
  }

  @Override
  public int size() {
    return all.size();
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
    all.read(index, into, offset);
  }

  @Override
  public boolean movesWithImage() {
    return all.movesWithImage();
  }

  @Override
  public void readMoved(int index, Movement movement, float[] into, int offset) {
    all.readMoved(index, movement, into, offset);
  }

  @Override
  public String toString() {
    return "shares of: " + all;
  }
}
