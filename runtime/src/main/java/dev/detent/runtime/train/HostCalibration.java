package dev.detent.runtime.train;

import dev.detent.runtime.internal.graph.HostSite;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.quantizer.Calibration;
import dev.detent.runtime.quantizer.HistogramQuantizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** What quantizers work out on the JVM in one calibration. */
final class HostCalibration {

  /** Values that are fetched at a time, about: 64 MiB. */
  private static final long HELD_VALUES = 1 << 24;

  private final List<Running> activations = new ArrayList<>();

  /** Weights are the same in all batches, so they are taken once. */
  private final List<Running> weights = new ArrayList<>();

  private record Running(HostSite site, Calibration calibration) {}

  /**
   * New calibrations of all sites that want one.
   *
   * @param ranges in place of the smallest and the largest value; or null
   */
  HostCalibration(List<HostSite> sites, @Nullable HistogramQuantizer ranges) {
    for (HostSite site : sites) {
      List<Running> which = site.isWeight() ? weights : activations;
      site.calibration(ranges).ifPresent(calibration -> which.add(new Running(site, calibration)));
    }
  }

  /** Whether no site wants one. */
  boolean isEmpty() {
    return weights.isEmpty() && activations.isEmpty();
  }

  /** Examples in one batch, so that what is fetched fits the memory. */
  int batchSize(int wanted) {
    long perExample =
        activations.stream()
            .flatMap(running -> running.site.tensors().stream())
            .mapToLong(HostCalibration::valuesOfOneExample)
            .reduce(1, Long::sum);
    return (int) Math.max(1, Math.min(wanted, HELD_VALUES / perExample));
  }

  private static long valuesOfOneExample(Operand<TFloat32> tensor) {
    return Arrays.stream(tensor.asOutput().shape().asArray())
        .skip(1)
        .reduce(1, Math::multiplyExact);
  }

  /** Asks for what one batch has to yield. */
  void fetch(Session.Runner runner, boolean isFirst) {
    for (Running running : running(isFirst)) {
      running.site.tensors().forEach(runner::fetch);
    }
  }

  /**
   * Takes what {@link #fetch} asked for.
   *
   * @throws TrainingException if a quantizer cannot do with the values
   */
  void take(Result result, boolean isFirst) {
    int index = 0;
    for (Running running : running(isFirst)) {
      for (int i = 0; i < running.site.tensors().size(); i++) {
        float[] values = Tensors.toArray((TFloat32) result.get(index++));
        attempt(running, () -> running.calibration.accept(values));
      }
    }
  }

  private List<Running> running(boolean withWeights) {
    List<Running> all = new ArrayList<>(activations);
    if (withWeights) {
      all.addAll(weights);
    }
    return all;
  }

  /**
   * Sets the quantizers' variables.
   *
   * @throws TrainingException if a quantizer finds no answer
   */
  void finish(Variables variables) {
    for (Running running : running(true)) {
      attempt(running, () -> running.site.set(variables, running.calibration.result()));
    }
  }

  private static void attempt(Running running, Runnable call) {
    try {
      call.run();
    } catch (IllegalStateException e) {
      throw new TrainingException(
          "the calibration of '" + running.site.name() + "' fails: " + e.getMessage(), e);
    }
  }
}
