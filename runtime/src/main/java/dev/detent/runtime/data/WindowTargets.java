package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** The targets of windows. */
final class WindowTargets implements Targets {
  private final Windows windows;
  private final List<Targets> series;
  private final List<Windows.Place> places;
  private final Targets first;

  WindowTargets(Windows windows, List<Targets> series) {
    this.windows = windows;
    this.series = series;
    places = windows.places(series.stream().map(Targets::size).toList());
    first = series.get(0);
    boolean isOneClass = first.isClasses() && first.classesPerExample() == 1;
    if (windows.label() == Windows.Label.MAJORITY && !isOneClass) {
      throw new DataException("most steps of a window have one class; these targets have none");
    }
    for (int i = 1; i < series.size(); i++) {
      Targets other = series.get(i);
      boolean isAlike =
          other.isClasses() == first.isClasses()
              && Arrays.equals(other.shape(), first.shape())
              && other.hasClassNames() == first.hasClassNames()
              && (!first.hasClassNames() || other.classNames().equals(first.classNames()));
      if (!isAlike) {
        throw new DataException(
            "the targets of series 0 are %s, but those of series %s are %s; all need one shape and"
                    .formatted(first, i, other)
                + " the same names of classes");
      }
    }
  }

  private Windows.Place place(int index) {
    return places.get(Checks.index(index, places.size()));
  }

  /** The step whose target is the window's, unless most of them decide. */
  private int step(Windows.Place place) {
    return place.start() + windows.length() - 1 + windows.ahead();
  }

  @Override
  public int size() {
    return places.size();
  }

  @Override
  public boolean isClasses() {
    return first.isClasses();
  }

  @Override
  public int classAt(int index) {
    Windows.Place place = place(index);
    Targets of = series.get(place.series());
    if (windows.label() == Windows.Label.LAST) {
      return of.classAt(step(place));
    }
    int[] counts = new int[classCount()];
    int most = 0;
    for (int i = 0; i < windows.length(); i++) {
      counts[of.classAt(place.start() + i)]++;
    }
    for (int c = 1; c < counts.length; c++) {
      if (counts[c] > counts[most]) {
        most = c;
      }
    }
    return most;
  }

  @Override
  public int classesPerExample() {
    return first.classesPerExample();
  }

  @Override
  public void readClasses(int index, int[] into, int offset) {
    if (first.classesPerExample() == 1) {
      into[offset] = classAt(index);
    } else {
      Windows.Place place = place(index);
      series.get(place.series()).readClasses(step(place), into, offset);
    }
  }

  @Override
  public OptionalInt blank() {
    return first.blank();
  }

  @Override
  public boolean hasClassNames() {
    return first.hasClassNames();
  }

  @Override
  public int classCount() {
    return first.classCount();
  }

  @Override
  public List<String> classNames() {
    return first.classNames();
  }

  @Override
  public int[] shape() {
    return first.shape();
  }

  @Override
  public int width() {
    return first.width();
  }

  @Override
  public void read(int index, float[] into, int offset) {
    if (isClasses() && classesPerExample() == 1) {
      Arrays.fill(into, offset, offset + width(), 0);
      into[offset + classAt(index)] = 1;
      return;
    }
    Windows.Place place = place(index);
    series.get(place.series()).read(step(place), into, offset);
  }

  @Override
  public String toString() {
    return size() + " windows of: " + first;
  }
}
