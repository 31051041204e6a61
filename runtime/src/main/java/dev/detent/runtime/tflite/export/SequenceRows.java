package dev.detent.runtime.tflite.export;

import dev.detent.runtime.tflite.export.OperationAttributes.MatrixProduct;
import dev.detent.runtime.tflite.export.OperationTable.Constants;
import dev.detent.runtime.tflite.export.OperationTable.Row;
import dev.detent.runtime.tflite.export.OperationTable.Version;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BatchMatMulOptionsT;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.GatherOptionsT;
import org.tensorflow.lite.schema.UnidirectionalSequenceLSTMOptionsT;

/** The rows of {@link OperationTable} for attention, normalization and tables. */
final class SequenceRows {
  private static final Map<OperationKind, Row> ROWS = new EnumMap<>(OperationKind.class);

  private SequenceRows() {}

  static Map<OperationKind, Row> all() {
    return ROWS;
  }

  private static void row(
      OperationKind kind,
      int code,
      Version floatVersion,
      Version int8Version,
      Function<PlanOperation, BuiltinOptionsUnion> options,
      Constants constants) {
    ROWS.put(
        kind,
        new Row(code, operation -> floatVersion, operation -> int8Version, options, constants));
  }

  static {
    row(
        OperationKind.BATCH_MATMUL,
        BuiltinOperator.BATCH_MATMUL,
        new Version(1, "2.3.0"),
        new Version(2, "2.3.0"),
        SequenceRows::batchMatMul,
        OperationTable.NO_CONSTANTS);
    row(
        OperationKind.UNIDIRECTIONAL_SEQUENCE_LSTM,
        BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM,
        new Version(1, "1.13.1"),
        new Version(1, "1.13.1"),
        operation -> lstm(),
        (operation, tensors) -> tensors.lstm().operands(operation));
    row(
        OperationKind.GATHER,
        BuiltinOperator.GATHER,
        new Version(1, "1.6.0"),
        new Version(2, "1.14.0"),
        operation -> OperationTable.union(BuiltinOptions.GatherOptions, new GatherOptionsT()),
        OperationTable.NO_CONSTANTS);
  }

  private static BuiltinOptionsUnion batchMatMul(PlanOperation operation) {
    var from = (MatrixProduct) operation.attributes();
    var options = new BatchMatMulOptionsT();
    options.setAdjX(from.transposeA());
    options.setAdjY(from.transposeB());
    return OperationTable.union(BuiltinOptions.BatchMatMulOptions, options);
  }

  private static BuiltinOptionsUnion lstm() {
    var options = new UnidirectionalSequenceLSTMOptionsT();
    options.setFusedActivationFunction(ActivationFunctionType.TANH);
    return OperationTable.union(BuiltinOptions.UnidirectionalSequenceLSTMOptions, options);
  }
}
