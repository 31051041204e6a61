package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.tflite.export.OperationAttributes.Axis;
import dev.detent.runtime.tflite.export.OperationAttributes.Beta;
import dev.detent.runtime.tflite.export.OperationAttributes.Convolution;
import dev.detent.runtime.tflite.export.OperationAttributes.Custom;
import dev.detent.runtime.tflite.export.OperationAttributes.Fused;
import dev.detent.runtime.tflite.export.OperationAttributes.Pool;
import dev.detent.runtime.tflite.export.OperationAttributes.Reduction;
import dev.detent.runtime.tflite.export.OperationAttributes.TransposedConvolution;
import dev.detent.runtime.tflite.export.OperationAttributes.WithConstant;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.AddOptionsT;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.ConcatenationOptionsT;
import org.tensorflow.lite.schema.Conv2DOptionsT;
import org.tensorflow.lite.schema.DepthwiseConv2DOptionsT;
import org.tensorflow.lite.schema.DequantizeOptionsT;
import org.tensorflow.lite.schema.FullyConnectedOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;
import org.tensorflow.lite.schema.PadOptionsT;
import org.tensorflow.lite.schema.Pool2DOptionsT;
import org.tensorflow.lite.schema.QuantizeOptionsT;
import org.tensorflow.lite.schema.ReducerOptionsT;
import org.tensorflow.lite.schema.SoftmaxOptionsT;
import org.tensorflow.lite.schema.TransposeConvOptionsT;

/**
 * What each operation is in the file: one row an operation.
 *
 * <p>Versions are the smallest that have the kernel (TensorFlow's {@code
 * lite/tools/versioning/op_version.cc}), with the first release that has that version ({@code
 * runtime_version.cc}).
 */
final class OperationTable {
  private OperationTable() {}

  /**
   * A version of an operation.
   *
   * @param number the operator code's version
   * @param runtime the first TFLite release that has it
   */
  record Version(int number, String runtime) {}

  /**
   * One operation in the file.
   *
   * @param code of {@link BuiltinOperator}
   * @param floatVersion for float tensors
   * @param int8Version for int8 tensors
   * @param options its table of options, or null for an operation without
   * @param constants the constant tensors behind its activations
   */
  record Row(
      int code,
      Function<PlanOperation, Version> floatVersion,
      Function<PlanOperation, Version> int8Version,
      Function<PlanOperation, BuiltinOptionsUnion> options,
      Constants constants) {

    /** An operation whose versions do not depend on its attributes. */
    Row(
        int code,
        Version floatVersion,
        Version int8Version,
        Function<PlanOperation, BuiltinOptionsUnion> options,
        Constants constants) {
      this(code, operation -> floatVersion, operation -> int8Version, options, constants);
    }

    /** The operation's name in the schema. */
    String name() {
      return BuiltinOperator.name(code);
    }

    /** The operands in the kernel's order: the activations, then the constants, but for one. */
    int[] operands(int[] activations, int[] ofConstants) {
      if (code == BuiltinOperator.TRANSPOSE_CONV) {
        return new int[] {ofConstants[0], ofConstants[1], activations[0], ofConstants[2]};
      }
      int[] operands = Arrays.copyOf(activations, activations.length + ofConstants.length);
      System.arraycopy(ofConstants, 0, operands, activations.length, ofConstants.length);
      return operands;
    }
  }

  /** Adds the constant tensors of an operation, and returns their indices. */
  interface Constants {
    /** There are none. */
    Constants NONE = (operation, tensors) -> new int[0];

    int[] add(PlanOperation operation, ConstantTensors tensors);
  }

  private static final Version FIRST = new Version(1, "1.5.0");
  private static final Version SECOND = new Version(2, "1.14.0");
  private static final Map<OperationKind, Row> ROWS = rows();

  /** The row of an operation. */
  static Row of(OperationKind kind) {
    Row row = ROWS.get(kind);
    if (row == null) {
      throw new IllegalArgumentException("the export has no row for " + kind);
    }
    return row;
  }

  private static Map<OperationKind, Row> rows() {
    Map<OperationKind, Row> rows = new EnumMap<>(OperationKind.class);
    rows.put(
        OperationKind.CONV_2D,
        new Row(
            BuiltinOperator.CONV_2D,
            FIRST,
            new Version(3, "1.14.0"),
            OperationTable::conv2d,
            (operation, tensors) -> tensors.convolution(operation)));
    rows.put(
        OperationKind.DEPTHWISE_CONV_2D,
        new Row(
            BuiltinOperator.DEPTHWISE_CONV_2D,
            operation -> isDilated(operation) ? new Version(2, "1.12.0") : FIRST,
            operation -> new Version(3, "1.14.0"),
            OperationTable::depthwiseConv2d,
            (operation, tensors) -> tensors.depthwiseConvolution(operation)));
    rows.put(
        OperationKind.FULLY_CONNECTED,
        new Row(
            BuiltinOperator.FULLY_CONNECTED,
            operation -> keepsDims(operation) ? new Version(5, "2.0.0") : FIRST,
            operation -> keepsDims(operation) ? new Version(5, "2.0.0") : new Version(4, "1.14.0"),
            OperationTable::fullyConnected,
            (operation, tensors) -> tensors.fullyConnected(operation)));
    rows.put(
        OperationKind.MAX_POOL_2D,
        new Row(BuiltinOperator.MAX_POOL_2D, FIRST, SECOND, OperationTable::pool, Constants.NONE));
    rows.put(
        OperationKind.AVERAGE_POOL_2D,
        new Row(
            BuiltinOperator.AVERAGE_POOL_2D, FIRST, SECOND, OperationTable::pool, Constants.NONE));
    rows.put(
        OperationKind.MEAN,
        new Row(
            BuiltinOperator.MEAN,
            new Version(1, "1.6.0"),
            SECOND,
            OperationTable::reducer,
            ReductionRows::axes));
    rows.put(
        OperationKind.RESHAPE,
        new Row(
            BuiltinOperator.RESHAPE,
            FIRST,
            FIRST,
            null,
            (operation, tensors) -> {
              int[] shape = operation.output().shape();
              shape[0] = -1; // the batch, as TFLite's converter writes it
              return new int[] {tensors.int32(operation.layer() + "/shape", shape, shape.length)};
            }));
    rows.put(
        OperationKind.PAD,
        new Row(
            BuiltinOperator.PAD,
            FIRST,
            SECOND,
            operation -> union(BuiltinOptions.PadOptions, new PadOptionsT()),
            (operation, tensors) -> ArrangementRows.paddings(operation, tensors)));
    rows.put(
        OperationKind.ADD,
        new Row(
            BuiltinOperator.ADD, FIRST, SECOND, OperationTable::add, ActivationRows::numberIfAny));
    rows.put(
        OperationKind.CONCATENATION,
        new Row(
            BuiltinOperator.CONCATENATION,
            FIRST,
            SECOND,
            OperationTable::concatenation,
            Constants.NONE));
    rows.put(
        OperationKind.RELU,
        new Row(BuiltinOperator.RELU, FIRST, new Version(2, "2.1.0"), null, Constants.NONE));
    rows.put(
        OperationKind.RELU6, new Row(BuiltinOperator.RELU6, FIRST, SECOND, null, Constants.NONE));
    rows.put(
        OperationKind.SOFTMAX,
        new Row(BuiltinOperator.SOFTMAX, FIRST, SECOND, OperationTable::softmax, Constants.NONE));
    rows.put(
        OperationKind.QUANTIZE,
        new Row(
            BuiltinOperator.QUANTIZE,
            new Version(1, "1.14.0"),
            new Version(1, "1.14.0"),
            operation -> union(BuiltinOptions.QuantizeOptions, new QuantizeOptionsT()),
            Constants.NONE));
    rows.put(
        OperationKind.DEQUANTIZE,
        new Row(
            BuiltinOperator.DEQUANTIZE,
            SECOND,
            SECOND,
            operation -> union(BuiltinOptions.DequantizeOptions, new DequantizeOptionsT()),
            Constants.NONE));
    rows.put(
        OperationKind.TRANSPOSE_CONV,
        new Row(
            BuiltinOperator.TRANSPOSE_CONV,
            OperationTable::transposeConvVersion,
            OperationTable::transposeConvVersion,
            OperationTable::transposeConv,
            (operation, tensors) -> tensors.transposedConvolution(operation)));
    rows.put(
        OperationKind.MUL_CONSTANT,
        new Row(
            BuiltinOperator.MUL,
            FIRST,
            SECOND,
            OperationTable::multiplyConstant,
            (operation, tensors) -> tensors.constantOperand(operation)));
    rows.put(
        OperationKind.ADD_CONSTANT,
        new Row(
            BuiltinOperator.ADD,
            FIRST,
            SECOND,
            OperationTable::addConstant,
            (operation, tensors) -> tensors.constantOperand(operation)));
    rows.put(
        OperationKind.CUSTOM,
        new Row(
            BuiltinOperator.CUSTOM,
            FIRST,
            FIRST,
            null,
            (operation, tensors) ->
                ((Custom) operation.attributes())
                    .weights().stream().mapToInt(tensors::weight).toArray()));
    rows.putAll(ActivationRows.rows());
    rows.putAll(MergeRows.rows());
    rows.putAll(ArrangementRows.rows());
    rows.putAll(ReductionRows.rows());
    rows.putAll(SequenceRows.rows());
    return rows;
  }

  private static boolean isDilated(PlanOperation operation) {
    var convolution = (Convolution) operation.attributes();
    return convolution.dilationHeight() != 1 || convolution.dilationWidth() != 1;
  }

  private static boolean keepsDims(PlanOperation operation) {
    return operation.output().dims().length > 1;
  }

  /** With a bias always, as TFLite's converter quantizes it. */
  private static Version transposeConvVersion(PlanOperation operation) {
    var from = (TransposedConvolution) operation.attributes();
    return from.activation() == Activation.NONE
        ? new Version(3, "2.3.0")
        : new Version(4, "2.13.0");
  }

  private static BuiltinOptionsUnion transposeConv(PlanOperation operation) {
    var from = (TransposedConvolution) operation.attributes();
    var options = new TransposeConvOptionsT();
    options.setPadding(padding(from.padding()));
    options.setStrideH(from.strideHeight());
    options.setStrideW(from.strideWidth());
    options.setFusedActivationFunction(activation(from.activation()));
    return union(BuiltinOptions.TransposeConvOptions, options);
  }

  private static BuiltinOptionsUnion multiplyConstant(PlanOperation operation) {
    var options = new MulOptionsT();
    options.setFusedActivationFunction(
        activation(((WithConstant) operation.attributes()).activation()));
    return union(BuiltinOptions.MulOptions, options);
  }

  private static BuiltinOptionsUnion addConstant(PlanOperation operation) {
    var options = new AddOptionsT();
    options.setFusedActivationFunction(
        activation(((WithConstant) operation.attributes()).activation()));
    return union(BuiltinOptions.AddOptions, options);
  }

  private static BuiltinOptionsUnion conv2d(PlanOperation operation) {
    var from = (Convolution) operation.attributes();
    var options = new Conv2DOptionsT();
    options.setPadding(padding(from.padding()));
    options.setStrideH(from.strideHeight());
    options.setStrideW(from.strideWidth());
    options.setDilationHFactor(from.dilationHeight());
    options.setDilationWFactor(from.dilationWidth());
    options.setFusedActivationFunction(activation(from.activation()));
    return union(BuiltinOptions.Conv2DOptions, options);
  }

  private static BuiltinOptionsUnion depthwiseConv2d(PlanOperation operation) {
    var from = (Convolution) operation.attributes();
    var options = new DepthwiseConv2DOptionsT();
    options.setPadding(padding(from.padding()));
    options.setStrideH(from.strideHeight());
    options.setStrideW(from.strideWidth());
    options.setDilationHFactor(from.dilationHeight());
    options.setDilationWFactor(from.dilationWidth());
    options.setDepthMultiplier(from.depthMultiplier());
    options.setFusedActivationFunction(activation(from.activation()));
    return union(BuiltinOptions.DepthwiseConv2DOptions, options);
  }

  private static BuiltinOptionsUnion fullyConnected(PlanOperation operation) {
    var options = new FullyConnectedOptionsT();
    options.setFusedActivationFunction(activation(((Fused) operation.attributes()).activation()));
    options.setKeepNumDims(keepsDims(operation));
    return union(BuiltinOptions.FullyConnectedOptions, options);
  }

  private static BuiltinOptionsUnion pool(PlanOperation operation) {
    var from = (Pool) operation.attributes();
    var options = new Pool2DOptionsT();
    options.setPadding(padding(from.padding()));
    options.setStrideH(from.strideHeight());
    options.setStrideW(from.strideWidth());
    options.setFilterHeight(from.windowHeight());
    options.setFilterWidth(from.windowWidth());
    options.setFusedActivationFunction(activation(from.activation()));
    return union(BuiltinOptions.Pool2DOptions, options);
  }

  static BuiltinOptionsUnion reducer(PlanOperation operation) {
    var options = new ReducerOptionsT();
    options.setKeepDims(((Reduction) operation.attributes()).keepDims());
    return union(BuiltinOptions.ReducerOptions, options);
  }

  private static BuiltinOptionsUnion add(PlanOperation operation) {
    var options = new AddOptionsT();
    options.setPotScaleInt16(false); // scales of 16 bits need not be powers of two
    options.setFusedActivationFunction(activation(ActivationRows.fused(operation)));
    return union(BuiltinOptions.AddOptions, options);
  }

  private static BuiltinOptionsUnion concatenation(PlanOperation operation) {
    var options = new ConcatenationOptionsT();
    options.setAxis(((Axis) operation.attributes()).axis());
    return union(BuiltinOptions.ConcatenationOptions, options);
  }

  private static BuiltinOptionsUnion softmax(PlanOperation operation) {
    var options = new SoftmaxOptionsT();
    options.setBeta((float) ((Beta) operation.attributes()).beta());
    return union(BuiltinOptions.SoftmaxOptions, options);
  }

  static BuiltinOptionsUnion union(byte type, Object value) {
    var union = new BuiltinOptionsUnion();
    union.setType(type);
    union.setValue(value);
    return union;
  }

  private static byte padding(Padding padding) {
    return switch (padding) {
      case SAME -> org.tensorflow.lite.schema.Padding.SAME;
      case VALID -> org.tensorflow.lite.schema.Padding.VALID;
      case CAUSAL ->
          throw new IllegalArgumentException("TFLite has no causal padding: put a PAD in front");
    };
  }

  static byte activation(Activation activation) {
    return switch (activation) {
      case NONE -> ActivationFunctionType.NONE;
      case RELU -> ActivationFunctionType.RELU;
      case RELU6 -> ActivationFunctionType.RELU6;
      case RELU_N1_TO_1 -> ActivationFunctionType.RELU_N1_TO_1;
    };
  }
}
