package dev.detent.runtime.tflite;

import dev.detent.runtime.tflite.interpreter.TfliteInterpreter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums up the {@link LayerError} of every layer of a file. */
final class LayerTallies {
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> names;
  private Map<Integer, Integer> positions;

  /** What is summed up for one layer. */
  private static final class Entry {
    final DeployedFile.Layer layer;
    final int name;
    final AgreementTally builtIn;
    final AgreementTally xnnpack;
    final AgreementTally betweenKernels;
    final NoiseTally noise = new NoiseTally();

    Entry(DeployedFile.Layer layer, int name) {
      this.layer = layer;
      this.name = name;
      int bits = layer.tensor().bits();
      builtIn = new AgreementTally(bits, 0);
      xnnpack = new AgreementTally(bits, 0);
      betweenKernels = new AgreementTally(bits, 0);
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
    if (positions == null) {
      positions = positions(builtIn); // the same in both, and in every example
    }
    for (Entry entry : entries) {
      DeployedTensor tensor = entry.layer.tensor();
      int from = example * tensor.elements();
      float[] expected = new float[tensor.elements()];
      tensor.graphSteps(quantized.get(entry.name), from, expected);
      read(entry, builtIn, place);
      float[] ofBuiltIn = tensor.steps.clone();
      entry.builtIn.add(expected, ofBuiltIn);
      entry.noise.add(floats.get(entry.name), from, tensor.reals);
      read(entry, xnnpack, place);
      entry.xnnpack.add(expected, tensor.steps);
      entry.betweenKernels.add(ofBuiltIn, tensor.steps);
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
      tensor.read(interpreter, positions.get(tensor.info().index()), place);
    }
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
      Agreement builtIn = entry.builtIn.agreement();
      double decibels = entry.noise.decibels();
      LayerError error =
          new LayerError(
              tensor.layer(),
              entry.layer.operation(),
              tensor.info().shape().subList(1, tensor.info().shape().size()),
              tensor.isInteger(),
              tensor.hasSameScale(),
              builtIn,
              entry.xnnpack.agreement(),
              entry.betweenKernels.agreement(),
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
