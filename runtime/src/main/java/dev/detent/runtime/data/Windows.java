package dev.detent.runtime.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Windows over series, as of sensors: of data whose examples are the steps of a series in their
 * order, {@link #over} makes data whose examples are runs of {@code length} steps, one beginning
 * {@code hop} steps after the other.
 *
 * <pre>{@code
 * Dataset steps = space.dataset(Csv.at(Path.of("walk.csv")).read()); // one row a step: [6]
 * Dataset windows = Windows.of(128, 64).label(Windows.Label.MAJORITY).over(steps); // [128, 6]
 * Dataset tomorrow = Windows.of(24, 1).ahead(24).over(hours); // the target 24 steps later
 * }</pre>
 *
 * <p>Steps at the end of a series that do not fill a window belong to none, and no window reaches
 * from one series into another. Windows are views, however much they overlap. Split into training
 * and test data by series, or by time, before windows are made: those that overlap are no
 * independent examples. Steps must not be missing: of tables take {@link MissingValues#IMPUTE}, for
 * a row that is left out makes its neighbours follow each other.
 *
 * @param length steps a window, at least 1
 * @param hop steps from the beginning of a window to that of the next, at least 1
 * @param label which step's target is the window's
 * @param ahead how many steps after the window's own the target is, at least 0
 */
public record Windows(int length, int hop, Label label, int ahead) {

  /** Which step's target is the window's. */
  public enum Label {
    /** That of the last step. */
    LAST,

    /** That which most steps have, of several the one with the lowest number. For classes. */
    MAJORITY
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one of them is out of its range, or most of the steps ahead
   *     were asked for
   */
  public Windows {
    Checks.atLeast(1, length, "the length of a window");
    Checks.atLeast(1, hop, "the hop");
    Checks.atLeast(0, ahead, "the steps ahead");
    if (ahead > 0 && label == Label.MAJORITY) {
      throw new IllegalArgumentException(
          "the target " + ahead + " steps ahead is one step's: take Label.LAST");
    }
  }

  /** Windows with the target of their last step. */
  public static Windows of(int length, int hop) {
    return new Windows(length, hop, Label.LAST, 0);
  }

  /** With this step's target. */
  public Windows label(Label newLabel) {
    return new Windows(length, hop, newLabel, ahead);
  }

  /** With the target so many steps after the window's last one, for forecasts. */
  public Windows ahead(int steps) {
    return new Windows(length, hop, label, steps);
  }

  /** How many windows a series of so many steps has. */
  public int count(int steps) {
    int last = steps - length - ahead;
    return last < 0 ? 0 : last / hop + 1;
  }

  /**
   * The windows of series, one series after the other.
   *
   * @param series at least one; the steps of each in their order
   * @return features of the shape {@code [length, ...shape of a step]}
   * @throws DataException if a series is too short for a window, or the series differ in shape,
   *     scale or classes
   */
  public Dataset over(Dataset... series) {
    List<Features> features = new ArrayList<>();
    List<Targets> targets = new ArrayList<>();
    for (Dataset each : series) {
      features.add(each.features());
      targets.add(each.labels());
    }
    return new Dataset(
        over(features.toArray(Features[]::new)), new WindowTargets(this, List.copyOf(targets)));
  }

  /**
   * The windows of series without targets, as of an autoencoder.
   *
   * @param series at least one; the steps of each in their order
   * @return of the shape {@code [length, ...shape of a step]}
   * @throws DataException if a series is too short for a window, or the series differ in shape or
   *     scale
   */
  public Features over(Features... series) {
    return new WindowFeatures(this, List.of(series));
  }

  /** Where in its series each window begins. */
  record Place(int series, int start) {}

  /** All windows of series of so many steps. */
  List<Place> places(List<Integer> steps) {
    if (steps.isEmpty()) {
      throw new DataException("windows need at least one series; there is none");
    }
    List<Place> places = new ArrayList<>();
    for (int s = 0; s < steps.size(); s++) {
      int count = count(steps.get(s));
      if (count == 0) {
        throw new DataException(
            "series %s has %s steps; a window takes %s%s"
                .formatted(
                    s,
                    steps.get(s),
                    length,
                    ahead > 0 ? " and its target " + ahead + " more" : ""));
      }
      for (int i = 0; i < count; i++) {
        places.add(new Place(s, i * hop));
      }
    }
    return places;
  }
}
