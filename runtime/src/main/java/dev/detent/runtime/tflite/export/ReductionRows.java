package dev.detent.runtime.tflite.export;

import dev.detent.runtime.tflite.export.OperationAttributes.Reduction;
import dev.detent.runtime.tflite.export.OperationTable.Row;
import dev.detent.runtime.tflite.export.OperationTable.Version;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.Map;
import org.tensorflow.lite.schema.BuiltinOperator;

/** The rows of the table for operations that bring axes down to one value. */
final class ReductionRows {
  private ReductionRows() {}

  static Map<OperationKind, Row> rows() {
    return Map.of(
        OperationKind.SUM,
        row(BuiltinOperator.SUM, new Version(1, "1.10.0"), new Version(2, "1.15.0")),
        OperationKind.REDUCE_MAX,
        row(BuiltinOperator.REDUCE_MAX, new Version(1, "1.11.0"), new Version(2, "1.14.0")));
  }

  private static Row row(int code, Version floatVersion, Version int8Version) {
    return new Row(code, floatVersion, int8Version, OperationTable::reducer, ReductionRows::axes);
  }

  /** The axes of a reduction. */
  static int[] axes(PlanOperation operation, ConstantTensors tensors) {
    int[] values =
        ((Reduction) operation.attributes()).axes().stream().mapToInt(Integer::intValue).toArray();
    return new int[] {tensors.int32(operation.layer() + "/axes", values, values.length)};
  }
}
