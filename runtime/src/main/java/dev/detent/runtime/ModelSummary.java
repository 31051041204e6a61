package dev.detent.runtime;

import dev.detent.runtime.network.Network;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model as Keras's {@code summary()} has it, in 80 columns: layers, shapes of outputs, parameters
 * and their sums; and of each layer its width in the quantized model.
 */
final class ModelSummary {
  private static final int COLUMNS = 80;
  private static final int[] WIDTHS = {34, 19, 11, 16};
  private static final String FLOAT = "float";
  private static final String INDICES = "int32";

  /** Statistics of batch norm: a mean and a variance. */
  private static final int STATISTICS = 2;

  private final ModelSpec spec;
  private final Map<String, Operation> operations = new HashMap<>();
  private final Network network;
  private final Set<String> frozen;
  private final StringBuilder text = new StringBuilder();

  ModelSummary(ModelSpec spec, Network network, Set<String> frozen) {
    this.spec = spec;
    this.frozen = frozen;
    this.network = network;
    network.operations().forEach(operation -> operations.put(operation.name(), operation));
  }

  /** The lines, each ended by a newline. */
  String write() {
    text.append("Model: \"").append(spec.name()).append("\"\n");
    rule('_');
    row("Layer (type)", "Output Shape", "Param #", "Quantized");
    rule('=');
    for (ModelSpec.LayerSpec layer : spec.layers()) {
      String kind = layer.kind().isEmpty() ? "" : " (" + layer.kind() + ")";
      row(
          layer.name() + kind,
          layer.shape().stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")")),
          String.format(Locale.ROOT, "%,d", layer.parameters()),
          width(operations.get(layer.name())));
    }
    rule('=');
    long all = spec.parameters();
    long kept = Math.min(all, statistics() + frozenParameters());
    total("Total params", all);
    total("Trainable params", all - kept);
    total("Non-trainable params", kept);
    text.append(
        String.format(Locale.ROOT, "Multiply-accumulates: %,d\n", spec.multiplyAccumulates()));
    rule('_');
    return text.toString();
  }

  private void rule(char of) {
    text.append(String.valueOf(of).repeat(COLUMNS)).append('\n');
  }

  /** What is too long for its column goes on in the next line. */
  private void row(String... cells) {
    StringBuilder line = new StringBuilder();
    String[] rests = new String[cells.length];
    boolean goesOn = false;
    for (int i = 0; i < cells.length; i++) {
      int end = end(cells[i], WIDTHS[i] - 1);
      rests[i] = cells[i].substring(end).strip();
      goesOn |= !rests[i].isEmpty();
      line.append(cells[i], 0, end).append(" ".repeat(WIDTHS[i] - end));
    }
    text.append(line.toString().stripTrailing()).append('\n');
    if (goesOn) {
      row(rests);
    }
  }

  /** How much of a text fits, up to a blank where there is one. */
  private static int end(String cell, int room) {
    if (cell.length() <= room) {
      return cell.length();
    }
    int blank = cell.lastIndexOf(' ', room);
    return blank > 0 ? blank : room;
  }

  private void total(String what, long count) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %,d (%,.2f KB in float)\n",
            what,
            count,
            count * Float.BYTES / 1024.0));
  }

  /** The width of a layer's output in the quantized model, and of its weights if it is another. */
  private static String width(@Nullable Operation operation) {
    if (operation == null) {
      return "";
    }
    if (operation instanceof Operation.ArgMax) {
      return INDICES;
    }
    ActivationRange range = operation.output().range();
    boolean isFloat = range == null || range.quantizerFactory().get().leavesFloat();
    String output = range == null || isFloat ? FLOAT : "int" + range.bits();
    WeightQuantization kernel =
        operation instanceof Operation.Weighted weighted ? weighted.weights().quantization() : null;
    if (kernel == null || range != null && kernel.bits() == range.bits()) {
      return output;
    }
    return output + ", w int" + kernel.bits();
  }

  private long frozenParameters() {
    return spec.layers().stream()
        .filter(layer -> frozen.contains(layer.name()))
        .mapToLong(ModelSpec.LayerSpec::parameters)
        .sum();
  }

  /** What follows the data, and is not trained, of layers that are not frozen. */
  private long statistics() {
    Set<String> owners = new HashSet<>(frozen);
    long count = 0;
    for (Operation operation : network.operations()) {
      if (operation instanceof Operation.Weighted weighted
          && weighted.weights().batchNorm() != null
          && owners.add(weighted.weights().owner())) {
        count += STATISTICS * channels(weighted.output());
      } else if (operation instanceof Operation.BatchNorm norm && owners.add(norm.owner())) {
        count += STATISTICS * channels(norm.output());
      }
    }
    return count;
  }

  private static long channels(Tensor tensor) {
    int[] shape = tensor.shape();
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }
}
