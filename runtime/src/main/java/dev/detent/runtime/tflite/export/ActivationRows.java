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
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.GeluOptionsT;
import org.tensorflow.lite.schema.HardSwishOptionsT;
import org.tensorflow.lite.schema.L2NormOptionsT;
import org.tensorflow.lite.schema.LeakyReluOptionsT;
import org.tensorflow.lite.schema.LogSoftmaxOptionsT;
import org.tensorflow.lite.schema.MaximumMinimumOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;

/** The rows of activations, and of the operations that some of them are made of. */
final class ActivationRows {
  private ActivationRows() {}

  private static final Constants NO_CONSTANTS = (operation, tensors) -> new int[0];
  private static final Version ORIGINAL = new Version(1, "1.5.0");
  private static final Version FIRST = new Version(1, "1.14.0");
  private static final Version SECOND = new Version(2, "1.14.0");

  /** Adds them to the table. */
  static void addTo(Map<OperationKind, Row> rows) {
    rows.put(
        OperationKind.RELU_N1_TO_1,
        row(BuiltinOperator.RELU_N1_TO_1, ORIGINAL, ORIGINAL, null, NO_CONSTANTS));
    rows.put(
        OperationKind.LOGISTIC, row(BuiltinOperator.LOGISTIC, FIRST, SECOND, null, NO_CONSTANTS));
    rows.put(OperationKind.TANH, row(BuiltinOperator.TANH, FIRST, SECOND, null, NO_CONSTANTS));
    Version leakyRelu = new Version(1, "1.13.1");
    rows.put(
        OperationKind.LEAKY_RELU,
        row(
            BuiltinOperator.LEAKY_RELU,
            leakyRelu,
            leakyRelu,
            ActivationRows::leakyRelu,
            NO_CONSTANTS));
    Version prelu = new Version(1, "1.8.0");
    rows.put(
        OperationKind.PRELU,
        row(
            BuiltinOperator.PRELU,
            prelu,
            prelu,
            null,
            (operation, tensors) -> new int[] {tensors.alpha(operation)}));
    rows.put(OperationKind.ELU, row(BuiltinOperator.ELU, FIRST, FIRST, null, NO_CONSTANTS));
    Version hardSwish = new Version(1, "1.15.0");
    rows.put(
        OperationKind.HARD_SWISH,
        row(
            BuiltinOperator.HARD_SWISH,
            hardSwish,
            hardSwish,
            operation ->
                OperationTable.union(BuiltinOptions.HardSwishOptions, new HardSwishOptionsT()),
            NO_CONSTANTS));
    rows.put(
        OperationKind.GELU,
        row(
            BuiltinOperator.GELU,
            new Version(1, "2.9.0"),
            new Version(2, "2.9.0"),
            ActivationRows::gelu,
            NO_CONSTANTS));
    rows.put(
        OperationKind.LOG_SOFTMAX,
        row(
            BuiltinOperator.LOG_SOFTMAX,
            FIRST,
            SECOND,
            operation ->
                OperationTable.union(BuiltinOptions.LogSoftmaxOptions, new LogSoftmaxOptionsT()),
            NO_CONSTANTS));
    rows.put(
        OperationKind.L2_NORMALIZATION,
        row(
            BuiltinOperator.L2_NORMALIZATION,
            ORIGINAL,
            SECOND,
            operation -> OperationTable.union(BuiltinOptions.L2NormOptions, new L2NormOptionsT()),
            NO_CONSTANTS));
    rows.put(
        OperationKind.MUL,
        row(
            BuiltinOperator.MUL,
            ORIGINAL,
            // Version 2 has int8 whose product of scales is below the result's scale; ranges are
            // not known here, and kernels that have the one have the other since 1.15.
            new Version(3, "1.15.0"),
            ActivationRows::mul,
            ActivationRows::numberIfAny));
    rows.put(
        OperationKind.MINIMUM,
        row(
            BuiltinOperator.MINIMUM,
            FIRST,
            SECOND,
            operation ->
                OperationTable.union(
                    BuiltinOptions.MaximumMinimumOptions, new MaximumMinimumOptionsT()),
            (operation, tensors) ->
                new int[] {
                  tensors.scalarOnGrid(operation, ((WithNumber) operation.attributes()).number())
                }));
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

  private static Row row(
      int code,
      Version floatVersion,
      Version int8Version,
      Function<PlanOperation, BuiltinOptionsUnion> options,
      Constants constants) {
    return new Row(code, operation -> floatVersion, operation -> int8Version, options, constants);
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

  private static BuiltinOptionsUnion mul(PlanOperation operation) {
    var options = new MulOptionsT();
    options.setFusedActivationFunction(OperationTable.activation(fused(operation)));
    return OperationTable.union(BuiltinOptions.MulOptions, options);
  }
}
