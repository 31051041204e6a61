package dev.detent.runtime.tflite.export;

import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.export.OperationAttributes.Beta;
import dev.detent.runtime.tflite.export.OperationAttributes.WithNumber;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether TFLite's kernels take the widths and scales of a plan: all that they do not take, or that
 * nobody compared with the graph's arithmetic, is told at once.
 *
 * <p>Activations have 8 bits, or 16 with the zero point 0; weights 8, or 4 beside activations of 8
 * bits. FULLY_CONNECTED takes weights of 4 bits with one scale for the tensor only. Weights of
 * float layers may have 8 bits: a DEQUANTIZE stands in front then. What each operation takes is in
 * {@link WideVersions}; the forms of an operation that are compared in 8 bits only are refused
 * here.
 */
final class Deployability {
  private final Plan plan;
  private final TrainedValues values;
  private final Set<String> findings = new LinkedHashSet<>();
  private final ScaleLimits scales;

  private Deployability(Plan plan, TrainedValues values, Function<PlanTensor, Encoding> encodings) {
    this.plan = plan;
    this.values = values;
    scales = new ScaleLimits(values, encodings, findings);
  }

  /**
   * Checks the plan of a quantized model.
   *
   * @param encodings of its tensors; null for float ones
   * @throws TfliteException that names each layer and its widths or scales
   */
  static void check(Plan plan, TrainedValues values, Function<PlanTensor, Encoding> encodings) {
    Set<String> findings = new Deployability(plan, values, encodings).findings();
    if (!findings.isEmpty()) {
      throw new TfliteException(
          "TensorFlow Lite cannot run this model as it is quantized; it can be trained and evaluated,"
              + " and exported in float:\n  "
              + String.join("\n  ", findings));
    }
  }

  private Set<String> findings() {
    plan.inputs().forEach(this::checkActivation);
    for (PlanOperation operation : plan.operations()) {
      checkActivation(operation.output());
      scales.check(operation);
      checkWidths(operation);
      checkForm(operation);
      if (hasWeights(operation.kind())) {
        checkWeights(operation);
      } else if (operation.kind() == OperationKind.PRELU) {
        checkAlpha(operation);
      }
    }
    return findings;
  }

  private static boolean hasWeights(OperationKind kind) {
    return kind == OperationKind.CONV_2D
        || kind == OperationKind.DEPTHWISE_CONV_2D
        || kind == OperationKind.FULLY_CONNECTED
        || kind == OperationKind.TRANSPOSE_CONV;
  }

  private void checkActivation(PlanTensor tensor) {
    tensor.range().ifPresent(range -> checkRange(tensor.name(), range));
    scales.check(tensor);
  }

  private void checkRange(String tensor, ActivationRange range) {
    if (range.bits() != Byte.SIZE && range.bits() != Short.SIZE) {
      findings.add(
          "the output of '" + tensor + "' has " + range.bits() + " bits; 8 and 16 can be deployed");
    } else if (range.bits() == Short.SIZE && !range.isSymmetric()) {
      findings.add(
          "the output of '"
              + tensor
              + "' has 16 bits and a zero point; activations of 16 bits must be symmetric");
    }
  }

  private void checkWidths(PlanOperation operation) {
    List<Integer> widths = new ArrayList<>();
    operation.inputs().forEach(input -> bits(input).ifPresent(widths::add));
    bits(operation.output()).ifPresent(widths::add);
    boolean isConversion = operation.kind() == OperationKind.QUANTIZE;
    if (!isConversion && widths.stream().distinct().count() > 1) {
      findings.add(
          operation.kind()
              + " '"
              + operation.layer()
              + "' has activations of "
              + widths.stream().distinct().map(String::valueOf).toList()
              + " bits; one operation takes one width");
    }
  }

  /** Sixteen bits where no kernel has them, or where the kernel was compared in 8 only. */
  private void checkForm(PlanOperation operation) {
    boolean isWide =
        Stream.concat(operation.inputs().stream(), Stream.of(operation.output()))
            .anyMatch(tensor -> bits(tensor).filter(width -> width == Short.SIZE).isPresent());
    if (!isWide || operation.kind() == OperationKind.CUSTOM) {
      return;
    }
    String layer = operation.kind() + " '" + operation.layer() + "'";
    if (WideVersions.int16(operation.kind()) == null) {
      findings.add(layer + " has activations of 16 bits; this operation can be deployed with 8");
      return;
    }
    String form = null;
    if (operation.attributes() instanceof Beta beta && beta.beta() != 1) {
      form = "a beta of " + beta.beta();
    } else if (operation.attributes() instanceof WithNumber) {
      form = "a number for its second operand";
    } else if (operation.kind() == OperationKind.ADD
        && operation.inputs().stream()
            .anyMatch(input -> !Arrays.equals(input.dims(), operation.output().dims()))) {
      form = "operands of different shapes";
    } else if (isGrouped(operation)) {
      form = "groups of channels";
    }
    if (form != null) {
      findings.add(layer + " has activations of 16 bits and " + form + "; 8 bits can be deployed");
    }
  }

  private boolean isGrouped(PlanOperation operation) {
    LayerWeights weights =
        operation.kind() == OperationKind.CONV_2D ? values.weights(operation.layer()) : null;
    int[] dims = operation.inputs().get(0).dims();
    return weights != null
        && weights.kernelShape().length == 4
        && weights.kernelShape()[2] != dims[dims.length - 1];
  }

  /** Of PRELU: one row of integers of 8 bits beside integers. */
  private void checkAlpha(PlanOperation operation) {
    LayerWeights weights = values.weights(operation.layer());
    if (weights == null) {
      return; // which is refused where it is written
    }
    String layer = operation.kind() + " '" + operation.layer() + "'";
    boolean isInteger = bits(operation.inputs().get(0)).isPresent();
    if (weights.isQuantized() != isInteger) {
      findings.add(
          layer
              + (isInteger
                  ? " has quantized activations, but its alpha is float"
                  : " has float activations, but its alpha is quantized"));
    } else if (isInteger && weights.bits() != Byte.SIZE) {
      findings.add(
          layer + " has an alpha of " + weights.bits() + " bits; one of 8 bits can be deployed");
    }
  }

  private static Optional<Integer> bits(PlanTensor tensor) {
    return tensor.range().map(ActivationRange::bits);
  }

  private void checkWeights(PlanOperation operation) {
    LayerWeights weights = values.weights(operation.layer());
    if (weights == null) {
      return; // which is refused where they are written
    }
    String layer = operation.kind() + " '" + operation.layer() + "'";
    Optional<Integer> activation = bits(operation.inputs().get(0));
    if (!weights.isQuantized()) {
      if (activation.isPresent()) {
        findings.add(layer + " has quantized activations, but its weights are float");
      }
      return;
    }
    int bits = weights.bits();
    boolean isInt4 =
        bits == TensorTypes.INT4_BITS
            && WideVersions.int4Weights(operation.kind()) != null
            && activation.filter(width -> width == Byte.SIZE).isPresent();
    if (activation.isEmpty() && operation.kind() == OperationKind.TRANSPOSE_CONV) {
      findings.add(layer + " has quantized weights in a float layer; float ones can be deployed");
    } else if (bits != Byte.SIZE && !isInt4) {
      findings.add(
          layer
              + " has weights of "
              + bits
              + " bits"
              + activation.map(width -> " and activations of " + width).orElse(" in a float layer")
              + "; "
              + (activation.isEmpty() || bits == 4
                  ? "weights of 8 bits can be deployed there"
                  : "weights of 8 bits can be deployed, and of 4 beside activations of 8"));
    } else if (isInt4 && isGrouped(operation)) {
      findings.add(layer + " has weights of 4 bits and groups of channels; 8 bits can be deployed");
    } else if (isInt4
        && operation.kind() == OperationKind.FULLY_CONNECTED
        && weights.scales().length > 1) {
      findings.add(
          layer
              + " has weights of 4 bits with a scale for each channel; this kernel takes one scale"
              + " for the tensor");
    }
  }
}
