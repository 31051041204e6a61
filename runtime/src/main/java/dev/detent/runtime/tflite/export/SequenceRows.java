package dev.detent.runtime.tflite.export;

import dev.detent.runtime.tflite.export.OperationAttributes.MatrixProduct;
import dev.detent.runtime.tflite.export.OperationTable.Constants;
import dev.detent.runtime.tflite.export.OperationTable.Row;
import dev.detent.runtime.tflite.export.OperationTable.Version;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.EnumMap;
import java.util.Map;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BatchMatMulOptionsT;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.GatherOptionsT;
import org.tensorflow.lite.schema.UnidirectionalSequenceLSTMOptionsT;

/** The rows of {@link OperationTable} for attention, normalization and tables. */
final class SequenceRows {
  private SequenceRows() {}

  static Map<OperationKind, Row> rows() {
    Map<OperationKind, Row> rows = new EnumMap<>(OperationKind.class);
    rows.put(
        OperationKind.BATCH_MATMUL,
        new Row(
            BuiltinOperator.BATCH_MATMUL,
            new Version(1, "2.3.0"),
            new Version(2, "2.3.0"),
            SequenceRows::batchMatMul,
            Constants.NONE));
    rows.put(
        OperationKind.UNIDIRECTIONAL_SEQUENCE_LSTM,
        new Row(
            BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM,
            new Version(1, "1.13.1"),
            new Version(1, "1.13.1"),
            operation -> lstm(),
            (operation, tensors) -> tensors.lstm().operands(operation)));
    rows.put(
        OperationKind.GATHER,
        new Row(
            BuiltinOperator.GATHER,
            new Version(1, "1.6.0"),
            new Version(2, "1.14.0"),
            operation -> OperationTable.union(BuiltinOptions.GatherOptions, new GatherOptionsT()),
            Constants.NONE));
    return rows;
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
