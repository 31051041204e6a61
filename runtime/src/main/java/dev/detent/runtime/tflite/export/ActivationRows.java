package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;
import dev.detent.runtime.tflite.export.OperationAttributes.Approximation;
import dev.detent.runtime.tflite.export.OperationAttributes.Fused;
import dev.detent.runtime.tflite.export.OperationAttributes.Slope;
import dev.detent.runtime.tflite.export.OperationAttributes.WithNumber;
import dev.detent.runtime.tflite.export.OperationTable.Constants;
import dev.detent.runtime.tflite.export.OperationTable.Row;
import dev.detent.runtime.tflite.export.OperationTable.Version;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.EnumMap;
import java.util.Map;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.ExpOptionsT;
import org.tensorflow.lite.schema.GeluOptionsT;
import org.tensorflow.lite.schema.HardSwishOptionsT;
import org.tensorflow.lite.schema.L2NormOptionsT;
import org.tensorflow.lite.schema.LeakyReluOptionsT;
import org.tensorflow.lite.schema.LogSoftmaxOptionsT;

/** The rows of activations, and of the operations that some of them are made of. */
final class ActivationRows {
  private ActivationRows() {}

  private static final Version ORIGINAL = new Version(1, "1.5.0");
  private static final Version FIRST = new Version(1, "1.14.0");
  private static final Version SECOND = new Version(2, "1.14.0");

  static Map<OperationKind, Row> rows() {
    Map<OperationKind, Row> rows = new EnumMap<>(OperationKind.class);
    rows.put(
        OperationKind.RELU_N1_TO_1,
        new Row(BuiltinOperator.RELU_N1_TO_1, ORIGINAL, ORIGINAL, null, Constants.NONE));
    rows.put(
        OperationKind.LOGISTIC,
        new Row(BuiltinOperator.LOGISTIC, FIRST, SECOND, null, Constants.NONE));
    rows.put(
        OperationKind.TANH, new Row(BuiltinOperator.TANH, FIRST, SECOND, null, Constants.NONE));
    Version leakyRelu = new Version(1, "1.13.1");
    rows.put(
        OperationKind.LEAKY_RELU,
        new Row(
            BuiltinOperator.LEAKY_RELU,
            leakyRelu,
            leakyRelu,
            ActivationRows::leakyRelu,
            Constants.NONE));
    Version prelu = new Version(1, "1.8.0");
    rows.put(
        OperationKind.PRELU,
        new Row(
            BuiltinOperator.PRELU,
            prelu,
            prelu,
            null,
            (operation, tensors) -> new int[] {tensors.alpha(operation)}));
    rows.put(OperationKind.ELU, new Row(BuiltinOperator.ELU, FIRST, FIRST, null, Constants.NONE));
    Version hardSwish = new Version(1, "1.15.0");
    rows.put(
        OperationKind.HARD_SWISH,
        new Row(
            BuiltinOperator.HARD_SWISH,
            hardSwish,
            hardSwish,
            operation ->
                OperationTable.union(BuiltinOptions.HardSwishOptions, new HardSwishOptionsT()),
            Constants.NONE));
    rows.put(
        OperationKind.GELU,
        new Row(
            BuiltinOperator.GELU,
            new Version(1, "2.9.0"),
            new Version(2, "2.9.0"),
            ActivationRows::gelu,
            Constants.NONE));
    rows.put(
        OperationKind.LOG_SOFTMAX,
        new Row(
            BuiltinOperator.LOG_SOFTMAX,
            FIRST,
            SECOND,
            operation ->
                OperationTable.union(BuiltinOptions.LogSoftmaxOptions, new LogSoftmaxOptionsT()),
            Constants.NONE));
    rows.put(
        OperationKind.L2_NORMALIZATION,
        new Row(
            BuiltinOperator.L2_NORMALIZATION,
            ORIGINAL,
            SECOND,
            operation -> OperationTable.union(BuiltinOptions.L2NormOptions, new L2NormOptionsT()),
            Constants.NONE));
    rows.put(
        OperationKind.EXP,
        new Row(
            BuiltinOperator.EXP,
            new Version(1, "1.7.0"),
            new Version(2, "2.12.0"),
            operation -> OperationTable.union(BuiltinOptions.ExpOptions, new ExpOptionsT()),
            Constants.NONE));
    return rows;
  }

  /** The second operand of an operation with a number. */
  static int[] numberIfAny(PlanOperation operation, ConstantTensors tensors) {
    return operation.attributes() instanceof WithNumber with
        ? new int[] {tensors.scalar(operation, with.number())}
        : new int[0];
  }

  /** What is fused into an operation that may have a number for its second operand. */
  static Activation fused(PlanOperation operation) {
    return operation.attributes() instanceof WithNumber with
        ? with.activation()
        : ((Fused) operation.attributes()).activation();
  }

  private static BuiltinOptionsUnion leakyRelu(PlanOperation operation) {
    var options = new LeakyReluOptionsT();
    options.setAlpha((float) ((Slope) operation.attributes()).alpha());
    return OperationTable.union(BuiltinOptions.LeakyReluOptions, options);
  }

  private static BuiltinOptionsUnion gelu(PlanOperation operation) {
    var options = new GeluOptionsT();
    options.setApproximate(((Approximation) operation.attributes()).isApproximate());
    return OperationTable.union(BuiltinOptions.GeluOptions, options);
  }
}
