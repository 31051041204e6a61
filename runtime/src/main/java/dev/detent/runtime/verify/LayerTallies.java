package dev.detent.runtime.verify;

import dev.detent.runtime.quantizer.Encoding;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sums up the {@link LayerError} of every layer of a file. */
final class LayerTallies {
  /** A share of input values that a range by percentile may leave out is no surprise. */
  private static final double CLIPPED_INPUTS = 0.02;

  /** Values that are the same but for rounding. */
  private static final float JITTER = 1e-3f;

  private final List<Entry> entries = new ArrayList<>();
  private final List<String> names;
  private Map<Integer, Integer> positions = Map.of();

  /** What is summed up for one layer. */
  private static final class Entry {
    final DeployedFile.Layer layer;
    final int name;
    final ThreeWayTally agreement;
    final NoiseTally noise = new NoiseTally();
    final DoubleSummaryStatistics inFloat = new DoubleSummaryStatistics();
    final DoubleSummaryStatistics inFile = new DoubleSummaryStatistics();
    long clipped;
    long values;

    Entry(DeployedFile.Layer layer, int name) {
      this.layer = layer;
      this.name = name;
      agreement = new ThreeWayTally(layer.tensor(), 0);
    }

    /** Adds what the file has on the built-in kernels, and float from {@code from} on. */
    void add(float[] exact, int from) {
      DeployedTensor tensor = layer.tensor();
      noise.add(exact, from, tensor.reals);
      for (int i = 0; i < tensor.elements(); i++) {
        inFloat.accept(exact[from + i]);
        inFile.accept(tensor.reals[i]);
      }
      values += tensor.elements();
      clipped += clipped(tensor, exact, from);
    }
  }

  LayerTallies(DeployedFile file) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (DeployedFile.Layer layer : file.layers()) {
      String name = layer.tensor().layer();
      numbers.putIfAbsent(name, numbers.size());
      entries.add(new Entry(layer, numbers.get(name)));
    }
    names = List.copyOf(numbers.keySet());
  }

  /** Of the layers whose values {@link #add} wants, in that order. */
  List<String> names() {
    return names;
  }

  /**
   * Adds one example, which the interpreters have just computed.
   *
   * @param example its place in the batch
   * @param place its place in the run of the interpreters
   * @param floats of the float pass, one array for each name
   * @param quantized of the quantized pass
   * @param builtIn with all tensors as outputs
   * @param xnnpack with all tensors as outputs
   */
  void add(
      int example,
      int place,
      List<float[]> floats,
      List<float[]> quantized,
      TfliteInterpreter builtIn,
      TfliteInterpreter xnnpack) {
    if (positions.isEmpty()) {
      positions = positions(builtIn); // the same in both, and in every example
    }
    for (Entry entry : entries) {
      DeployedTensor tensor = entry.layer.tensor();
      int from = example * tensor.elements();
      entry.agreement.add(
          quantized.get(entry.name),
          from,
          () -> {
            read(entry, builtIn, place);
            entry.add(floats.get(entry.name), from);
          },
          () -> read(entry, xnnpack, place));
    }
  }

  private static Map<Integer, Integer> positions(TfliteInterpreter interpreter) {
    Map<Integer, Integer> positions = new HashMap<>();
    for (int i = 0; i < interpreter.outputs().size(); i++) {
      positions.putIfAbsent(interpreter.outputs().get(i).index(), i);
    }
    return positions;
  }

  private void read(Entry entry, TfliteInterpreter interpreter, int place) {
    if (entry.layer.feed() != null) {
      entry.layer.feed().decode(place);
    } else {
      DeployedTensor tensor = entry.layer.tensor();
      tensor.read(interpreter, positions.getOrDefault(tensor.info().index(), -1), place);
    }
  }

  /** How many values lie outside of the range, by more than rounding. */
  private static int clipped(DeployedTensor tensor, float[] exact, int from) {
    if (!tensor.isInteger()) {
      return 0;
    }
    Encoding grid = tensor.encoding();
    int half = 1 << (grid.bits() - 1);
    float lowest = grid.dequantize(-half) - grid.scale();
    float highest = grid.dequantize(half - 1) + grid.scale();
    int clipped = 0;
    for (int i = from; i < from + tensor.elements(); i++) {
      clipped += exact[i] < lowest || exact[i] > highest ? 1 : 0;
    }
    return clipped;
  }

  /** What the ranges have cut away, in sentences. */
  List<String> losses() {
    List<String> losses = new ArrayList<>();
    List<String> dead = new ArrayList<>();
    for (Entry entry : entries) {
      DeployedTensor tensor = entry.layer.tensor();
      double share = (double) entry.clipped / entry.values;
      if (entry.layer.feed() != null && share > CLIPPED_INPUTS) {
        int half = 1 << (tensor.encoding().bits() - 1);
        losses.add(
            String.format(
                Locale.ROOT,
                "%.1f %% of the values of input '%s' lie outside of its range, %.3g to %.3g, and"
                    + " are clipped: calibrate with examples like these, or prepare these like"
                    + " those of the calibration",
                100 * share,
                tensor.layer(),
                tensor.encoding().dequantize(-half),
                tensor.encoding().dequantize(half - 1)));
      }
      double lowest = entry.inFloat.getMin();
      double highest = entry.inFloat.getMax();
      boolean varies = highest - lowest > JITTER * Math.max(Math.abs(lowest), Math.abs(highest));
      if (tensor.isInteger() && varies && entry.inFile.getMin() == entry.inFile.getMax()) {
        dead.add(tensor.layer());
      }
    }
    if (!dead.isEmpty()) {
      losses.add(
          Findings.listed(dead)
              + (dead.size() == 1 ? " has" : " have")
              + " one value only in the file, and many in float. Look at what is in front and at"
              + " the ranges, and calibrate with examples like these");
    }
    return losses;
  }

  /** What was summed up, in the order of the file. */
  List<LayerError> errors() {
    Map<Integer, LayerError> known = new HashMap<>();
    List<LayerError> errors = new ArrayList<>();
    for (Entry entry : entries) {
      DeployedTensor tensor = entry.layer.tensor();
      double inputEqual = 1;
      double inputDecibels = Double.POSITIVE_INFINITY;
      for (int input : entry.layer.inputs()) {
        LayerError of = known.get(input);
        if (of != null) {
          inputEqual = Math.min(inputEqual, of.builtIn().equalShare());
          inputDecibels = Math.min(inputDecibels, of.sqnrDb());
        }
      }
      Agreement builtIn = entry.agreement.builtIn();
      double decibels = entry.noise.decibels();
      LayerError error =
          new LayerError(
              tensor.layer(),
              entry.layer.operation(),
              tensor.info().shape().subList(1, tensor.info().shape().size()),
              tensor.isInteger(),
              tensor.hasSameScale(),
              builtIn,
              entry.agreement.xnnpack(),
              entry.agreement.betweenKernels(),
              inputEqual - builtIn.equalShare(),
              decibels,
              entry.noise.noise() / (tensor.isInteger() ? tensor.encoding().scale() : 1),
              Double.isInfinite(inputDecibels) ? Double.NaN : inputDecibels - decibels);
      errors.add(error);
      known.put(tensor.info().index(), error);
    }
    return errors;
  }
}
