package dev.detent.runtime.train;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.ElementType;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What values the inputs of a model have in some examples, so that those given later can be
 * compared with those it was trained on: pixels from 0 to 255 where training had 0 to 1 are found.
 *
 * @param examples how many were looked at
 * @param inputs one for each input
 */
public record InputStatistics(int examples, List<Input> inputs) {
  /** Examples that are looked at, evenly spread. */
  private static final int EXAMPLES = 256;

  /** Inputs with more features are looked at as a whole. */
  private static final int MOST_FEATURES = 256;

  /**
   * A mean that has moved by this share of training's deviation is no accident. Less comes of
   * training on augmented data: spectrograms of recordings made louder and fainter moved by 0.55.
   */
  private static final double MOVED = 0.75;

  /**
   * And so is a spread that is so many times as wide, or as narrow. The standard deviation would
   * not do: a single value far out doubles it where distributions have long tails.
   */
  private static final double OTHER_SPREAD = 1.6;

  /** What chance can do with so few examples: deviations of the mean. */
  private static final double CHANCE_DEVIATIONS = 2;

  /**
   * With fewer examples nothing is said of the spread, and ranges are uncertain: the next example
   * goes beyond the extremes of n others with a probability of 2 / (n + 1), here 10%.
   */
  public static final int ENOUGH_EXAMPLES = 20;

  /** Copies the list. */
  public InputStatistics {
    inputs = List.copyOf(inputs);
  }

  /**
   * One input.
   *
   * @param features one for each place of the last axis, or one for all
   */
  public record Input(String name, List<Feature> features) {
    /** Copies the list. */
    public Input {
      features = List.copyOf(features);
    }
  }

  /**
   * Values of a feature, over all examples and places.
   *
   * @param spread the mean of their distances from the mean, about
   */
  public record Feature(
      long count, float min, float max, double mean, double deviation, double spread) {
    private Feature and(Feature other) {
      long n = count + other.count;
      double m = (count * mean + other.count * other.mean) / n;
      double squares =
          count * (deviation * deviation + Math.pow(mean - m, 2))
              + other.count * (other.deviation * other.deviation + Math.pow(other.mean - m, 2));
      return new Feature(
          n,
          Math.min(min, other.min),
          Math.max(max, other.max),
          m,
          Math.sqrt(squares / n),
          (count * spread + other.count * other.spread) / n);
    }

    private String text() {
      return "%s to %s (mean %s)"
          .formatted(
              UnlikeRanges.number(min, 3),
              UnlikeRanges.number(max, 3),
              UnlikeRanges.number(mean, 3));
    }
  }

  /**
   * Reads some of the examples.
   *
   * @param names of the inputs
   */
  public static InputStatistics of(Examples examples, List<String> names) {
    Examples some = SomeExamples.spread(examples, EXAMPLES);
    List<Running[]> running = new ArrayList<>();
    for (Features features : some.inputs()) {
      int[] shape = features.shape();
      int last = shape.length == 0 ? 1 : shape[shape.length - 1];
      Running[] each = new Running[last > MOST_FEATURES ? 1 : last];
      Arrays.setAll(each, i -> new Running());
      running.add(each);
    }
    try (BatchIterator iterator = Batches.of(some, Math.min(some.size(), 32)).epoch(0)) {
      iterator.forEachRemaining(
          batch -> {
            for (int input = 0; input < running.size(); input++) {
              add(running.get(input), batch, input);
            }
          });
    }
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < running.size(); i++) {
      List<Feature> features = Arrays.stream(running.get(i)).map(Running::feature).toList();
      inputs.add(new Input(names.get(i), features));
    }
    return new InputStatistics(some.size(), inputs);
  }

  private static void add(Running[] running, Batch batch, int input) {
    Features features = batch.features(input);
    int values = batch.count() * features.elements();
    if (features.type() == ElementType.UINT8) {
      byte[] bytes = batch.bytes(input);
      for (int i = 0; i < values; i++) {
        float value = (bytes[i] & 0xff) * features.scale() + features.offset();
        running[i % running.length].add(value);
      }
    } else {
      float[] floats = batch.floats(input);
      for (int i = 0; i < values; i++) {
        running[i % running.length].add(floats[i]);
      }
    }
  }

  /** Welford's mean and variance. */
  private static final class Running {
    private long count;
    private float min = Float.POSITIVE_INFINITY;
    private float max = Float.NEGATIVE_INFINITY;
    private double mean;
    private double squares;
    private double distances;

    void add(float value) {
      count++;
      min = Math.min(min, value);
      max = Math.max(max, value);
      double difference = value - mean;
      mean += difference / count;
      squares += difference * (value - mean);
      distances += Math.abs(value - mean);
    }

    Feature feature() {
      return new Feature(count, min, max, mean, Math.sqrt(squares / count), distances / count);
    }
  }

  /**
   * Compares with what training saw.
   *
   * @return a sentence for each input whose values are others; empty if all are alike
   */
  public List<String> unlike(InputStatistics training) {
    List<String> findings = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Input given = inputs.get(i);
      Input seen = training.inputs.get(i);
      Feature all = given.features.stream().reduce(Feature::and).orElseThrow();
      Feature allSeen = seen.features.stream().reduce(Feature::and).orElseThrow();
      boolean isOtherSpread =
          Math.min(examples, training.examples) >= ENOUGH_EXAMPLES
              && (all.spread - chance(all, allSeen) > OTHER_SPREAD * allSeen.spread
                  || all.spread + chance(all, allSeen) < allSeen.spread / OTHER_SPREAD);
      if (isOtherSpread || isMoved(all, allSeen)) {
        findings.add(finding("input '" + given.name + "'", all, allSeen));
        continue;
      }
      int moved = 0;
      int first = 0;
      for (int k = given.features.size() - 1; k >= 0; k--) {
        if (isMoved(given.features.get(k), seen.features.get(k))) {
          moved++;
          first = k;
        }
      }
      if (moved > 0) {
        String name =
            "feature %s%s of input '%s'"
                .formatted(first, moved > 1 ? ", as " + (moved - 1) + " more," : "", given.name);
        findings.add(finding(name, given.features.get(first), seen.features.get(first)));
      }
    }
    return findings;
  }

  /**
   * What makes these examples bad ones to calibrate with.
   *
   * @return a sentence for each reason; empty if there is none
   */
  public List<String> tooLittle() {
    List<String> findings = new ArrayList<>();
    if (examples < ENOUGH_EXAMPLES) {
      findings.add(
          "the ranges are those of "
              + (examples == 1 ? "1 example" : examples + " examples")
              + ": what others have beyond them is clipped; a few hundred are usual");
    }
    for (Input input : inputs) {
      Feature all = input.features.stream().reduce(Feature::and).orElseThrow();
      if (all.min == all.max) {
        findings.add(
            ("input '%s' is %s in all of the examples: its range is a guess; calibrate with"
                    + " typical ones")
                .formatted(input.name, UnlikeRanges.number(all.min, 3)));
      }
    }
    return findings;
  }

  private boolean isMoved(Feature given, Feature seen) {
    double rounding = 1e-6 * Math.max(Math.abs(seen.min), Math.abs(seen.max));
    return Math.abs(given.mean - seen.mean)
        > MOVED * seen.deviation + chance(given, seen) + rounding;
  }

  /** Of few examples the deviation is uncertain, too. */
  private double chance(Feature given, Feature seen) {
    double deviation = Math.max(given.deviation, examples < ENOUGH_EXAMPLES ? seen.deviation : 0);
    return CHANCE_DEVIATIONS * deviation / Math.sqrt(examples);
  }

  private static String finding(String what, Feature given, Feature seen) {
    return ("%s is unlike what the model was trained on: %s here, %s in training. Prepare both"
            + " alike, as with scaled(1f / 255)")
        .formatted(what, given.text(), seen.text());
  }

  /** For {@link #ofText}. */
  public String toText() {
    return new Gson().toJson(this);
  }

  /**
   * Reads what {@link #toText} wrote.
   *
   * @param text null where nothing was written
   * @return nothing if there is nothing that could be read
   */
  public static Optional<InputStatistics> ofText(@Nullable String text) {
    try {
      return Optional.ofNullable(new Gson().fromJson(text, InputStatistics.class));
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }
}
