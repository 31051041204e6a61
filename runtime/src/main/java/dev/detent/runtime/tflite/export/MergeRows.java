package dev.detent.runtime.tflite.export;

import dev.detent.runtime.tflite.export.OperationAttributes.Fused;
import dev.detent.runtime.tflite.export.OperationAttributes.WithNumber;
import dev.detent.runtime.tflite.export.OperationTable.Row;
import dev.detent.runtime.tflite.export.OperationTable.Version;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.MaximumMinimumOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;
import org.tensorflow.lite.schema.SubOptionsT;

/** The rows of the table for operations that compute value by value on two tensors. */
final class MergeRows {
  private static final int MOST_AXES_OF_FIRST_BROADCAST = 4;

  private MergeRows() {}

  static Map<OperationKind, Row> rows() {
    return Map.of(
        OperationKind.MUL,
        new Row(
            BuiltinOperator.MUL,
            operation -> new Version(1, "1.5.0"),
            // Version 2 takes no multiplier of 1 or more, which only the numbers tell.
            operation -> new Version(3, "1.15.0"),
            MergeRows::mul,
            ActivationRows::numberIfAny),
        OperationKind.SUB,
        new Row(
            BuiltinOperator.SUB,
            broadcasting(new Version(1, "1.6.0")),
            broadcasting(new Version(2, "1.14.0")),
            MergeRows::sub,
            OperationTable.Constants.NONE),
        OperationKind.MAXIMUM,
        extremum(BuiltinOperator.MAXIMUM),
        OperationKind.MINIMUM,
        extremum(BuiltinOperator.MINIMUM));
  }

  private static Row extremum(int code) {
    return new Row(
        code,
        broadcasting(new Version(1, "1.14.0")),
        broadcasting(new Version(2, "1.14.0")),
        operation ->
            OperationTable.union(
                BuiltinOptions.MaximumMinimumOptions, new MaximumMinimumOptionsT()),
        (operation, tensors) ->
            operation.attributes() instanceof WithNumber with
                ? new int[] {tensors.scalarOnGrid(operation, with.number())}
                : new int[0]);
  }

  /** Tensors of five axes whose sizes differ came later. */
  private static Function<PlanOperation, Version> broadcasting(Version otherwise) {
    return operation -> {
      if (operation.inputs().size() == 1) {
        return otherwise; // the other one is a number
      }
      int[] a = operation.inputs().get(0).shape();
      int[] b = operation.inputs().get(1).shape();
      boolean isNewer = a.length > MOST_AXES_OF_FIRST_BROADCAST && !Arrays.equals(a, b);
      return isNewer ? new Version(3, "2.3.0") : otherwise;
    };
  }

  private static BuiltinOptionsUnion mul(PlanOperation operation) {
    var options = new MulOptionsT();
    options.setFusedActivationFunction(OperationTable.activation(ActivationRows.fused(operation)));
    return OperationTable.union(BuiltinOptions.MulOptions, options);
  }

  private static BuiltinOptionsUnion sub(PlanOperation operation) {
    var options = new SubOptionsT();
    options.setFusedActivationFunction(
        OperationTable.activation(((Fused) operation.attributes()).activation()));
    return OperationTable.union(BuiltinOptions.SubOptions, options);
  }
}
