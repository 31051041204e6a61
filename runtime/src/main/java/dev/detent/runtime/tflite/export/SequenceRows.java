package dev.detent.runtime.tflite.export;

import dev.detent.runtime.tflite.export.OperationAttributes.Fused;
import dev.detent.runtime.tflite.export.OperationAttributes.MatrixProduct;
import dev.detent.runtime.tflite.export.OperationAttributes.Order;
import dev.detent.runtime.tflite.export.OperationAttributes.StepOfSequence;
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
import org.tensorflow.lite.schema.StridedSliceOptionsT;
import org.tensorflow.lite.schema.SubOptionsT;
import org.tensorflow.lite.schema.TransposeOptionsT;
import org.tensorflow.lite.schema.UnidirectionalSequenceLSTMOptionsT;

/** The rows of {@link OperationTable} for attention, normalization and tables. */
final class SequenceRows {
  private static final Map<OperationKind, Row> ROWS = new EnumMap<>(OperationKind.class);

  /** The first and the third axis, as bits. */
  private static final int BATCH_AND_CHANNELS = 0b101;

  /** The second axis, as a bit. */
  private static final int STEPS = 0b010;

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
        OperationKind.TRANSPOSE,
        BuiltinOperator.TRANSPOSE,
        new Version(1, "1.6.0"),
        new Version(2, "1.14.0"),
        operation -> OperationTable.union(BuiltinOptions.TransposeOptions, new TransposeOptionsT()),
        (operation, tensors) -> {
          var axes = ((Order) operation.attributes()).axes();
          int[] values = axes.stream().mapToInt(Integer::intValue).toArray();
          return new int[] {tensors.int32(operation.layer() + "/order", values, values.length)};
        });
    row(
        OperationKind.SUB,
        BuiltinOperator.SUB,
        new Version(1, "1.6.0"),
        new Version(2, "1.14.0"),
        SequenceRows::sub,
        OperationTable.NO_CONSTANTS);
    row(
        OperationKind.UNIDIRECTIONAL_SEQUENCE_LSTM,
        BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM,
        new Version(1, "1.13.1"),
        new Version(1, "1.13.1"),
        operation -> lstm(),
        (operation, tensors) -> tensors.lstm().operands(operation));
    row(
        OperationKind.STRIDED_SLICE,
        BuiltinOperator.STRIDED_SLICE,
        new Version(1, "1.6.0"),
        new Version(2, "1.14.0"),
        SequenceRows::step,
        (operation, tensors) -> {
          int index = ((StepOfSequence) operation.attributes()).index();
          String name = operation.layer();
          return new int[] {
            tensors.int32(name + "/begin", new int[] {0, index, 0}, 3),
            tensors.int32(name + "/end", new int[] {0, index + 1, 0}, 3),
            tensors.int32(name + "/strides", new int[] {1, 1, 1}, 3)
          };
        });
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

  private static BuiltinOptionsUnion sub(PlanOperation operation) {
    var options = new SubOptionsT();
    options.setFusedActivationFunction(
        OperationTable.activation(((Fused) operation.attributes()).activation()));
    return OperationTable.union(BuiltinOptions.SubOptions, options);
  }

  private static BuiltinOptionsUnion lstm() {
    var options = new UnidirectionalSequenceLSTMOptionsT();
    options.setFusedActivationFunction(ActivationFunctionType.TANH);
    return OperationTable.union(BuiltinOptions.UnidirectionalSequenceLSTMOptions, options);
  }

  private static BuiltinOptionsUnion step(PlanOperation operation) {
    var options = new StridedSliceOptionsT();
    options.setBeginMask(BATCH_AND_CHANNELS);
    options.setEndMask(BATCH_AND_CHANNELS);
    options.setShrinkAxisMask(((StepOfSequence) operation.attributes()).isAlone() ? STEPS : 0);
    return OperationTable.union(BuiltinOptions.StridedSliceOptions, options);
  }
}
