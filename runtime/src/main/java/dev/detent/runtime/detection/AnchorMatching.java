package dev.detent.runtime.detection;

import java.util.List;

/**
 * Which anchor is to answer which object.
 *
 * <p>An anchor gets the object that it overlaps most, if their intersection over union is at least
 * {@code positive}; it is background where that is below {@code negative}, and between the two it
 * is ignored. Before that, each object gets the anchor that overlaps it most, however little that
 * is, so that none is lost: of all pairs the one with the greatest overlap is taken first, and
 * neither of the two a second time.
 *
 * <p>That is SSD's matching for two equal thresholds (Liu et al., 2016, section 2.2), and
 * RetinaNet's for two different ones (Lin et al.: "Focal Loss for Dense Object Detection", 2017,
 * section 4).
 *
 * @param positive in (0, 1]
 * @param negative in (0, {@code positive}]
 */
public record AnchorMatching(double positive, double negative) {
  /** Of an anchor that shows no object. */
  public static final int BACKGROUND = -1;

  /** Of an anchor that does not count. */
  public static final int IGNORED = -2;

  /**
   * Checks the thresholds.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public AnchorMatching {
    if (!(negative > 0 && negative <= positive && positive <= 1)) {
      throw new IllegalArgumentException(
          "matching from an overlap of %s on, background below %s: 0 < negative <= positive <= 1"
              .formatted(positive, negative));
    }
  }

  /** SSD's: an object from 0.5 on, else background. */
  public static AnchorMatching ssd() {
    return new AnchorMatching(0.5, 0.5);
  }

  /** RetinaNet's: an object from 0.5 on, background below 0.4. */
  public static AnchorMatching retinaNet() {
    return new AnchorMatching(0.5, 0.4);
  }

  /** Whether there are overlaps at which an anchor does not count. */
  public boolean ignoresSome() {
    return negative < positive;
  }

  /**
   * Gives each anchor an object.
   *
   * @return for each anchor the index of its object, {@link #BACKGROUND} or {@link #IGNORED}
   */
  public int[] match(Anchors anchors, List<LabeledBox> objects) {
    int count = anchors.size();
    double[][] overlaps = new double[objects.size()][count];
    int[] matched = new int[count];
    for (int a = 0; a < count; a++) {
      int best = BACKGROUND;
      double most = 0;
      for (int o = 0; o < overlaps.length; o++) {
        overlaps[o][a] = objects.get(o).box().iou(anchors.boxes().get(a));
        if (overlaps[o][a] > most) {
          most = overlaps[o][a];
          best = o;
        }
      }
      matched[a] = most >= positive ? best : most < negative ? BACKGROUND : IGNORED;
    }
    claim(overlaps, matched);
    return matched;
  }

  /** Gives each object the anchor that overlaps it most and is not given to another one. */
  private static void claim(double[][] overlaps, int[] matched) {
    boolean[] isTaken = new boolean[matched.length];
    boolean[] isServed = new boolean[overlaps.length];
    for (int turn = 0; turn < overlaps.length; turn++) {
      int object = -1;
      int anchor = -1;
      double most = 0;
      for (int o = 0; o < overlaps.length; o++) {
        for (int a = 0; !isServed[o] && a < matched.length; a++) {
          if (!isTaken[a] && overlaps[o][a] > most) {
            most = overlaps[o][a];
            object = o;
            anchor = a;
          }
        }
      }
      if (object < 0) {
        return; // what is left overlaps no free anchor
      }
      isServed[object] = true;
      isTaken[anchor] = true;
      matched[anchor] = object;
    }
  }
}
