package dev.detent.runtime.internal.tflite.write;

import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.Operation.Weighted;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.TfliteException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether TFLite's kernels take the widths and scales of a model: all that they do not take, or
 * that nobody compared with the graph's arithmetic, is told at once.
 *
 * <p>Activations have 8 bits, or 16 with the zero point 0; weights 8, or 4 beside activations of 8
 * bits. FULLY_CONNECTED takes weights of 4 bits with one scale for the tensor only. Weights of
 * float layers may have 8 bits: a DEQUANTIZE stands in front then. What each operation takes is in
 * its {@link Row}, with the form of it that is compared in 8 bits only.
 */
final class Deployability {
  private final TrainedValues values;
  private final Set<String> findings = new LinkedHashSet<>();
  private final ScaleLimits scales;

  private Deployability(TrainedValues values, Function<Tensor, Encoding> encodings) {
    this.values = values;
    scales = new ScaleLimits(values, encodings, findings);
  }

  /**
   * Checks a quantized model.
   *
   * @param encodings of its tensors; null for float ones
   * @throws TfliteException that names each layer and its widths or scales
   */
  static void check(
      List<Operation.Input> inputs,
      List<Row> rows,
      TrainedValues values,
      Function<Tensor, Encoding> encodings) {
    var check = new Deployability(values, encodings);
    inputs.forEach(input -> check.checkActivation(input.output()));
    rows.forEach(check::checkRow);
    if (!check.findings.isEmpty()) {
      throw new TfliteException(
          ("TensorFlow Lite cannot run this model as it is quantized; it can be trained and"
                  + " evaluated, and exported in float:\n  %s")
              .formatted(String.join("\n  ", check.findings)));
    }
  }

  private void checkRow(Row row) {
    Operation operation = row.operation();
    checkActivation(operation.output());
    scales.check(row);
    checkWidths(row);
    if (operation instanceof Weighted layer) {
      checkWeights(row, layer);
    } else if (operation instanceof Operation.PRelu relu) {
      checkAlpha(row, relu);
    }
  }

  private void checkActivation(Tensor tensor) {
    ActivationRange range = tensor.range();
    if (range != null && range.bits() != Byte.SIZE && range.bits() != Short.SIZE) {
      findings.add(
          "the output of '%s' has %s bits; 8 and 16 can be deployed"
              .formatted(tensor.name(), range.bits()));
    } else if (range != null && range.bits() == Short.SIZE && !range.isSymmetric()) {
      findings.add(
          "the output of '"
              + tensor.name()
              + "' has 16 bits and a zero point; activations of 16 bits must be symmetric");
    }
    scales.check(tensor);
  }

  /** One width, and sixteen bits only where a kernel has them and was compared. */
  private void checkWidths(Row row) {
    Operation operation = row.operation();
    List<Integer> widths =
        Stream.concat(operation.inputs().stream(), Stream.of(operation.output()))
            .map(Tensor::range)
            .filter(Objects::nonNull)
            .map(ActivationRange::bits)
            .distinct()
            .toList();
    if (widths.size() > 1 && row.operator() != TfliteOperator.QUANTIZE) {
      findings.add(row + " has activations of " + widths + " bits; one operation takes one width");
    }
    if (!widths.contains(Short.SIZE)) {
      return;
    }
    if (row.versions().int16() == null) {
      findings.add(row + " has activations of 16 bits; this operation can be deployed with 8");
    } else if (row.narrowForm() != null) {
      findings.add(
          row + " has activations of 16 bits and " + row.narrowForm() + "; 8 bits can be deployed");
    }
  }

  /** Of PRELU: one row of integers of 8 bits beside integers. */
  private void checkAlpha(Row row, Operation.PRelu relu) {
    LayerWeights weights = values.weights(relu.name());
    if (weights == null) {
      return; // which is refused where it is written
    }
    boolean isInteger = relu.x().range() != null;
    if (weights.isQuantized() != isInteger) {
      findings.add(
          row
              + (isInteger
                  ? " has quantized activations, but its alpha is float"
                  : " has float activations, but its alpha is quantized"));
    } else if (isInteger && weights.bits() != Byte.SIZE) {
      findings.add(
          row + " has an alpha of " + weights.bits() + " bits; one of 8 bits can be deployed");
    }
  }

  private void checkWeights(Row row, Weighted layer) {
    LayerWeights weights = values.weights(layer.name());
    if (weights == null) {
      return; // which is refused where they are written
    }
    ActivationRange x = layer.x().range();
    if (!weights.isQuantized()) {
      if (x != null) {
        findings.add(row + " has quantized activations, but its weights are float");
      }
      return;
    }
    int bits = weights.bits();
    boolean isInt4 =
        bits == TensorTypes.INT4_BITS
            && row.versions().int4Weights() != null
            && x != null
            && x.bits() == Byte.SIZE;
    if (x == null && row.operator() == TfliteOperator.TRANSPOSE_CONV) {
      findings.add(row + " has quantized weights in a float layer; float ones can be deployed");
    } else if (bits != Byte.SIZE && !isInt4) {
      findings.add(
          "%s has weights of %s bits%s; %s"
              .formatted(
                  row,
                  bits,
                  x == null ? " in a float layer" : " and activations of " + x.bits(),
                  x == null || bits == TensorTypes.INT4_BITS
                      ? "weights of 8 bits can be deployed there"
                      : "weights of 8 bits can be deployed, and of 4 beside activations of 8"));
    } else if (isInt4 && row.narrowForm() != null) {
      findings.add(
          row + " has weights of 4 bits and " + row.narrowForm() + "; 8 bits can be deployed");
    } else if (isInt4
        && row.operator() == TfliteOperator.FULLY_CONNECTED
        && weights.scales().length > 1) {
      findings.add(
          row
              + " has weights of 4 bits with a scale for each channel; this kernel takes one scale"
              + " for the tensor");
    }
  }
}
