package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.processor.RandomNetwork;
import dev.detent.processor.RandomNetworks;
import dev.detent.processor.model.OperationKind;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.train.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole random models out of every row of the table, compiled, calibrated and exported: one
 * operation at a time, fed with equal inputs, the real interpreter computes what the quantized
 * graph computes, on both sets of kernels. None is more than one step off, and of each operation at
 * least 99% are equal, or as many as its roundings allow. {@code -Ddetent.models=2000} makes a long
 * run of it, {@code -Ddetent.seed} another one. A model that fails is printed as Java, as small as
 * it can be made.
 */
class WholeModelsPropertyTest {
  private static final int MODELS = Integer.getInteger("detent.models", 150);
  private static final long SEED = Long.getLong("detent.seed", 1);
  private static final int AT_A_TIME = 50;

  /** More models than these are not drawn in search of a row. */
  private static final int MOST_DRAWN = MODELS + 1000;

  /** Failures that are made small; one cause has many. */
  private static final int SHRUNK = 5;

  @TempDir private Path folder;
  private final Map<String, Total> totals = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<OperationKind> met = EnumSet.noneOf(OperationKind.class);
  private int compared;
  private int refused;

  /** What one operation came to on one set of kernels, over all models. */
  private static final class Total {
    private long values;
    private long different;
    private double allowed;
    private double worst = -1;
    private RandomNetwork worstNetwork;

    void add(RandomNetwork network, NetworkParity.Result result) {
      NetworkParity.Agreement agreement = result.agreement();
      values += agreement.values();
      different += agreement.different();
      allowed += result.share() * agreement.values();
      double excess = agreement.different() - result.share() * agreement.values();
      if (excess > worst) {
        worst = excess;
        worstNetwork = network;
      }
    }

    /** Five deviations of that number of values are left to chance, and one value. */
    boolean holds() {
      return different <= allowed + 5 * Math.sqrt(allowed) + 1;
    }
  }

  @Test
  void operationsComputeWhatTheGraphComputes() {
    for (int first = 0; first < MODELS; first += AT_A_TIME) {
      compare(IntStream.range(first, Math.min(MODELS, first + AT_A_TIME)));
    }
    Set<OperationKind> left = missing();
    if (!left.isEmpty()) { // what their models began with did not fit the rest, and was left out
      compare(
          IntStream.range(MODELS, MOST_DRAWN)
              .filter(i -> left.contains(RandomNetworks.first(i)))
              .limit(AT_A_TIME));
    }
    totals.forEach(this::report);
    System.out.println(compared + " models; rows: " + met + "; refused: " + refused);

    assertThat(failures).isEmpty();
    assertThat(missing()).as("rows that no model has").isEmpty();
    assertThat(refused).isLessThanOrEqualTo(MODELS / 100);
  }

  private Set<OperationKind> missing() {
    Set<OperationKind> missing = EnumSet.complementOf(EnumSet.copyOf(met));
    missing.remove(OperationKind.CUSTOM); // what it computes is the user's
    return missing;
  }

  /** Draws the models of some numbers, and compares them. */
  private void compare(IntStream numbers) {
    List<RandomNetwork> drawn =
        numbers.mapToObj(i -> RandomNetworks.draw("Random" + i, SEED, i)).toList();
    List<RandomNetwork> networks = RandomNetwork.right(drawn);
    ClassLoader models = load(networks);
    for (RandomNetwork network : networks) {
      note(network);
      failure(network, models)
          .ifPresent(
              failure ->
                  failures.add(
                      failure
                          + "\n"
                          + (failures.size() < SHRUNK ? shrunk(network, cause(failure)) : network)
                              .source()));
    }
  }

  private static ClassLoader load(List<RandomNetwork> networks) {
    return CompiledModels.load(
        networks.stream().map(RandomNetwork::file).toArray(JavaFileObject[]::new));
  }

  private void report(String operation, Total total) {
    System.out.printf(
        "%-45s %9d values, %7d differ, %10.0f may%n",
        operation, total.values, total.different, total.allowed);
    if (!total.holds()) {
      failures.add(
          operation
              + ": "
              + total.different
              + " of "
              + total.values
              + " values differ, "
              + total.allowed
              + " may; most in\n"
              + total.worstNetwork.source());
    }
  }

  private void note(RandomNetwork network) {
    for (RandomNetwork.Field field : network.fields()) {
      for (OperationKind kind : OperationKind.values()) {
        if (field.annotations().matches("(.* )?@" + kind.annotation() + "\\b.*")) {
          met.add(kind);
        }
      }
    }
  }

  /** What is wrong with a model; empty if nothing is. */
  private Optional<String> failure(RandomNetwork network, ClassLoader models) {
    try {
      List<NetworkParity.Result> results = NetworkParity.of(network, models, folder);
      compared += results.isEmpty() ? 0 : 1;
      for (NetworkParity.Result result : results) {
        totals
            .computeIfAbsent(result.operation() + " on " + result.kernels(), key -> new Total())
            .add(network, result);
      }
      return Optional.empty();
    } catch (TrainingException e) {
      // An exponential of an exponential, in float: there is nothing to quantize.
      if (e.getMessage().contains("is not a number after the calibration")
          && network.source().contains("@Exponential")) {
        refused++;
        return Optional.empty();
      }
      return Optional.of(e.toString());
    } catch (TfliteException e) {
      // A sum of zeros, as of x - x: there are no ranges but the same one.
      if (e.getMessage().contains("TFLite's int8 SUM is wrong")) {
        refused++;
        return Optional.empty();
      }
      // An exponential of a product, whose steps are more than 2^22 times those of what reads it.
      if (e.getMessage().contains("times as wide as those of its output")
          && network.source().contains("@Exponential")) {
        refused++;
        return Optional.empty();
      }
      return Optional.of(e.toString());
    } catch (IOException | RuntimeException | AssertionError e) {
      return Optional.of(e.toString());
    }
  }

  /** The kind of error and the first words: the same fault in another model has the same. */
  private static String cause(String failure) {
    return failure.split("'", 2)[0];
  }

  /** Leaves out one field after another, as long as the model still fails for the same cause. */
  private RandomNetwork shrunk(RandomNetwork network, String cause) {
    for (int i = network.fields().size() - 1; i > 0; i--) {
      if (network.isRemovable(i)) {
        List<RandomNetwork> smaller = RandomNetwork.right(List.of(network.without(i)));
        if (!smaller.isEmpty()
            && smaller.get(0).fields().size() < network.fields().size()
            && failure(smaller.get(0), load(smaller))
                .filter(failure -> cause(failure).equals(cause))
                .isPresent()) {
          return shrunk(smaller.get(0), cause);
        }
      }
    }
    return network;
  }
}
