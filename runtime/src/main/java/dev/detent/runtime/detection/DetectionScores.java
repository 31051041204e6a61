package dev.detent.runtime.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How good detections are over a data set, as COCO's evaluation measures it (Lin et al.: "Microsoft
 * COCO: Common Objects in Context", 2014; cocoapi's {@code COCOeval}), without its crowds and
 * areas.
 *
 * <p>In each picture and class the detections, {@value #MOST_PER_CLASS} at most, from the highest
 * score to the lowest, each take the object that they overlap most of those that none has taken, if
 * their intersection over union is at least a threshold; what takes one is right. Over all
 * pictures, from the highest score to the lowest, each detection gives a precision, {@code right /
 * all so far}, and a recall, {@code right / objects}; a precision counts as the largest at that
 * recall or a higher one. The average precision (AP) of a class is the mean of the precisions at
 * the {@value #RECALLS} recalls 0, 0.01, ... 1, and 0 at those that are not reached.
 *
 * <p>Means are over the classes that there is an object of, and over the thresholds 0.5, 0.55, ...
 * 0.95; a measure is NaN if there is no object at all.
 */
public final class DetectionScores {
  /** The recalls at which precisions are averaged: {@value}. */
  public static final int RECALLS = 101;

  /** Detections of a class in a picture that count, those of the highest scores: {@value}. */
  public static final int MOST_PER_CLASS = 100;

  private static final int THRESHOLDS = 10;

  private final List<String> names;

  /** By class and threshold; NaN for classes without an object. */
  private final double[][] precisions;

  private final int[] objects;

  private DetectionScores(List<String> names, double[][] precisions, int... objects) {
    this.names = names;
    this.precisions = precisions;
    this.objects = objects;
  }

  /** A detection, right or wrong at each threshold. */
  private record Judged(float score, boolean[] isRight) {}

  /**
   * Compares what was found with what there is.
   *
   * @param objects of each picture
   * @param found in each picture, in any order; of equal scores the earlier one counts first
   * @param names of the classes, that of the background first
   * @throws IllegalArgumentException if there are not as many pictures of one as of the other, or a
   *     class is out of range
   */
  public static DetectionScores of(
      List<List<LabeledBox>> objects, List<List<Detection>> found, List<String> names) {
    if (objects.size() != found.size()) {
      throw new IllegalArgumentException(
          "objects of %s pictures, but detections in %s".formatted(objects.size(), found.size()));
    }
    double[][] precisions = new double[names.size()][];
    int[] counts = new int[names.size()];
    for (int i = 0; i < objects.size(); i++) {
      for (LabeledBox object : objects.get(i)) {
        counts[checked(object.label(), names, i)]++;
      }
      for (Detection detection : found.get(i)) {
        checked(detection.label(), names, i);
      }
    }
    for (int label = 0; label < precisions.length; label++) {
      precisions[label] = new double[THRESHOLDS];
      if (counts[label] == 0) {
        Arrays.fill(precisions[label], Double.NaN);
        continue;
      }
      List<Judged> judged = new ArrayList<>();
      for (int i = 0; i < objects.size(); i++) {
        judge(boxesOf(label, objects.get(i)), ofClass(label, found.get(i)), judged);
      }
      judged.sort(Comparator.comparingDouble(Judged::score).reversed());
      for (int t = 0; t < THRESHOLDS; t++) {
        precisions[label][t] = averagePrecision(judged, t, counts[label]);
      }
    }
    return new DetectionScores(List.copyOf(names), precisions, counts);
  }

  private static int checked(int label, List<String> names, int picture) {
    if (label >= names.size()) {
      throw new IllegalArgumentException(
          "picture %s has a box of class %s; there are the classes 1 to %s"
              .formatted(picture, label, names.size() - 1));
    }
    return label;
  }

  private static List<Box> boxesOf(int label, List<LabeledBox> objects) {
    return objects.stream().filter(o -> o.label() == label).map(LabeledBox::box).toList();
  }

  private static List<Detection> ofClass(int label, List<Detection> found) {
    return found.stream()
        .filter(detection -> detection.label() == label)
        .sorted(Comparator.comparingDouble(Detection::score).reversed())
        .limit(MOST_PER_CLASS)
        .toList();
  }

  /** The detections of a class in one picture. */
  private static void judge(List<Box> objects, List<Detection> found, List<Judged> into) {
    boolean[][] isTaken = new boolean[THRESHOLDS][objects.size()];
    for (Detection detection : found) {
      double[] overlaps = objects.stream().mapToDouble(detection.box()::iou).toArray();
      boolean[] isRight = new boolean[THRESHOLDS];
      for (int t = 0; t < THRESHOLDS; t++) {
        int best = -1;
        double most = threshold(t);
        for (int o = 0; o < overlaps.length; o++) {
          if (!isTaken[t][o] && overlaps[o] >= most) {
            most = overlaps[o];
            best = o;
          }
        }
        if (best >= 0) {
          isTaken[t][best] = true;
          isRight[t] = true;
        }
      }
      into.add(new Judged(detection.score(), isRight));
    }
  }

  private static double threshold(int index) {
    return 0.5 + 0.05 * index;
  }

  private static double averagePrecision(List<Judged> judged, int threshold, int objects) {
    int count = judged.size();
    double[] precision = new double[count];
    int[] rightSoFar = new int[count];
    int right = 0;
    for (int i = 0; i < count; i++) {
      right += judged.get(i).isRight[threshold] ? 1 : 0;
      rightSoFar[i] = right;
      precision[i] = (double) right / (i + 1);
    }
    for (int i = count - 2; i >= 0; i--) {
      precision[i] = Math.max(precision[i], precision[i + 1]);
    }
    double sum = 0;
    int at = 0;
    for (int r = 0; r < RECALLS; r++) {
      // In whole numbers, so that no rounding moves a recall past the one that it equals.
      while (at < count && (long) rightSoFar[at] * (RECALLS - 1) < (long) r * objects) {
        at++;
      }
      sum += at < count ? precision[at] : 0;
    }
    return sum / RECALLS;
  }

  /** COCO's first number, mAP: the mean over classes and thresholds, 0 to 1. */
  public double meanAveragePrecision() {
    double sum = 0;
    for (int t = 0; t < THRESHOLDS; t++) {
      sum += meanOfClasses(t);
    }
    return sum / THRESHOLDS;
  }

  /** Its mean over classes where an overlap of 0.5 is enough, as in Pascal VOC, 0 to 1. */
  public double ap50() {
    return meanOfClasses(0);
  }

  /** Its mean over classes where an overlap of 0.75 is needed, 0 to 1. */
  public double ap75() {
    return meanOfClasses(THRESHOLDS / 2);
  }

  private double meanOfClasses(int threshold) {
    return Arrays.stream(precisions)
        .mapToDouble(ofClass -> ofClass[threshold])
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The mean over thresholds of one class, 0 to 1; NaN if there is no object of it.
   *
   * @param label 1 or more
   */
  public double meanAveragePrecision(int label) {
    return Arrays.stream(precisions[label]).average().orElseThrow();
  }

  /** Of one class at 0.5, 0 to 1; NaN if there is no object of it. */
  public double ap50(int label) {
    return precisions[label][0];
  }

  /** A line for all, and one for each class. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "mAP %.4f, AP50 %.4f, AP75 %.4f%n",
            meanAveragePrecision(),
            ap50(),
            ap75()));
    for (int label = 1; label < names.size(); label++) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %s (%d): mAP %.4f, AP50 %.4f%n",
              names.get(label),
              objects[label],
              meanAveragePrecision(label),
              ap50(label)));
    }
    return text.toString();
  }
}
