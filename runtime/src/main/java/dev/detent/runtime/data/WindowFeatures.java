package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Runs of the examples of other features. */
final class WindowFeatures implements Features {
  private final Windows windows;
  private final List<Features> series;
  private final List<Windows.Place> places;
  private final Features first;
  private final int[] shape;

  WindowFeatures(Windows windows, List<Features> series) {
    this.windows = windows;
    this.series = series;
    places = windows.places(series.stream().map(Features::size).toList());
    first = series.get(0);
    int[] step = first.shape();
    shape =
        step.length == 0
            ? new int[] {windows.length(), 1}
            : IntStream.concat(IntStream.of(windows.length()), IntStream.of(step)).toArray();
    Checks.elements(shape);
    for (int i = 1; i < series.size(); i++) {
      Features other = series.get(i);
      boolean isAlike =
          Arrays.equals(other.shape(), step)
              && other.type() == first.type()
              && other.scale() == first.scale()
              && other.offset() == first.offset();
      if (!isAlike) {
        throw new DataException(
            "series 0 is %s, but series %s is %s; all need one shape, type and scale"
                .formatted(first, i, other));
      }
    }
  }

  @Override
  public int size() {
    return places.size();
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public ElementType type() {
    return first.type();
  }

  @Override
  public float scale() {
    return first.scale();
  }

  @Override
  public float offset() {
    return first.offset();
  }

  @Override
  public String name(int index) {
    Windows.Place place = place(index);
    return "the window of series " + place.series() + " from step " + place.start();
  }

  private Windows.Place place(int index) {
    return places.get(Checks.index(index, places.size()));
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    Windows.Place place = place(index);
    for (int i = 0; i < windows.length(); i++) {
      series.get(place.series()).read(place.start() + i, into, offset + i * first.elements());
    }
  }

  @Override
  public void read(int index, float[] into, int offset) {
    Windows.Place place = place(index);
    for (int i = 0; i < windows.length(); i++) {
      series.get(place.series()).read(place.start() + i, into, offset + i * first.elements());
    }
  }

  @Override
  public String toString() {
    return ArrayFeatures.describe(this);
  }
}
