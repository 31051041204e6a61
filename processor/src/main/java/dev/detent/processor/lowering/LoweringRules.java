package dev.detent.processor.lowering;

import dev.detent.annotations.Activation;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.OperationKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The table of lowering rules: one row a layer. */
final class LoweringRules {
  private static final Map<OperationKind, LoweringRule> TABLE = new EnumMap<>(OperationKind.class);

  static {
    TABLE.put(OperationKind.INPUT, TableLowering::input);
    TABLE.put(OperationKind.CONV_2D, one(OpCode.CONV_2D));
    TABLE.put(OperationKind.DEPTHWISE_CONV_2D, one(OpCode.DEPTHWISE_CONV_2D));
    TABLE.put(OperationKind.DENSE, one(OpCode.FULLY_CONNECTED));
    TABLE.put(OperationKind.MAX_POOL_2D, one(OpCode.MAX_POOL_2D));
    TABLE.put(OperationKind.AVERAGE_POOL_2D, one(OpCode.AVERAGE_POOL_2D));
    TABLE.put(OperationKind.GLOBAL_AVERAGE_POOL_2D, one(OpCode.MEAN));
    TABLE.put(OperationKind.FLATTEN, one(OpCode.RESHAPE));
    TABLE.put(OperationKind.RESHAPE, one(OpCode.RESHAPE));
    TABLE.put(OperationKind.ZERO_PAD_2D, one(OpCode.PAD));
    TABLE.put(OperationKind.ADD, MergeLowering.chain(OpCode.ADD, "sum"));
    TABLE.put(OperationKind.MULTIPLY, MergeLowering.chain(OpCode.MUL, "product"));
    TABLE.put(OperationKind.SUBTRACT, MergeLowering.chain(OpCode.SUB, "difference"));
    TABLE.put(OperationKind.MAXIMUM, MergeLowering.chain(OpCode.MAXIMUM, "maximum"));
    TABLE.put(OperationKind.MINIMUM, MergeLowering.chain(OpCode.MINIMUM, "minimum"));
    TABLE.put(OperationKind.AVERAGE, MergeLowering::average);
    TABLE.put(OperationKind.CONCAT, one(OpCode.CONCATENATION));
    TABLE.put(OperationKind.PERMUTE, one(OpCode.TRANSPOSE));
    TABLE.put(OperationKind.ZERO_PAD_1D, one(OpCode.PAD));
    TABLE.put(OperationKind.CROP_1D, one(OpCode.STRIDED_SLICE));
    TABLE.put(OperationKind.CROP_2D, one(OpCode.STRIDED_SLICE));
    TABLE.put(OperationKind.SLICE, one(OpCode.STRIDED_SLICE));
    TABLE.put(OperationKind.SPLIT, one(OpCode.SPLIT));
    TABLE.put(OperationKind.SPACE_TO_DEPTH, one(OpCode.SPACE_TO_DEPTH));
    TABLE.put(OperationKind.DEPTH_TO_SPACE, one(OpCode.DEPTH_TO_SPACE));
    TABLE.put(OperationKind.UP_SAMPLE_2D, LoweringRules::resize);
    TABLE.put(OperationKind.RESIZE, LoweringRules::resize);
    TABLE.put(OperationKind.MEAN, one(OpCode.MEAN));
    TABLE.put(OperationKind.SUM, one(OpCode.SUM));
    TABLE.put(OperationKind.MAX, one(OpCode.REDUCE_MAX));
    TABLE.put(OperationKind.REPEAT_VECTOR, LoweringRules::repeat);
    TABLE.put(OperationKind.PAD, one(OpCode.MIRROR_PAD));
    TABLE.put(OperationKind.DROPOUT, one(OpCode.DROPOUT));
    TABLE.put(OperationKind.RELU, ActivationLowering::relu);
    TABLE.put(
        OperationKind.CONV_1D, Sequences.asImages(OperationKind.CONV_2D, one(OpCode.CONV_2D)));
    TABLE.put(OperationKind.SEPARABLE_CONV_2D, SeparableConvolutions::lower);
    TABLE.put(
        OperationKind.SEPARABLE_CONV_1D,
        Sequences.asImages(OperationKind.SEPARABLE_CONV_2D, SeparableConvolutions::lower));
    TABLE.put(OperationKind.CONV_2D_TRANSPOSE, one(OpCode.TRANSPOSE_CONV));
    TABLE.put(OperationKind.BATCH_NORM, LoweringRules::scaleAndShift);
    TABLE.put(OperationKind.GLOBAL_MAX_POOL_2D, one(OpCode.REDUCE_MAX));
    TABLE.put(
        OperationKind.MAX_POOL_1D,
        Sequences.asImages(OperationKind.MAX_POOL_2D, one(OpCode.MAX_POOL_2D)));
    TABLE.put(
        OperationKind.AVERAGE_POOL_1D,
        Sequences.asImages(OperationKind.AVERAGE_POOL_2D, one(OpCode.AVERAGE_POOL_2D)));
    TABLE.put(OperationKind.GLOBAL_AVERAGE_POOL_1D, one(OpCode.MEAN));
    TABLE.put(OperationKind.GLOBAL_MAX_POOL_1D, one(OpCode.REDUCE_MAX));
    TABLE.put(OperationKind.SPATIAL_DROPOUT_1D, one(OpCode.DROPOUT));
    TABLE.put(OperationKind.SPATIAL_DROPOUT_2D, one(OpCode.DROPOUT));
    TABLE.put(OperationKind.GAUSSIAN_NOISE, one(OpCode.GAUSSIAN_NOISE));
    TABLE.put(OperationKind.RELU6, one(OpCode.RELU6));
    TABLE.put(OperationKind.SOFTMAX, one(OpCode.SOFTMAX));
    TABLE.put(OperationKind.BATCH_MAT_MUL, one(OpCode.BATCH_MATMUL));
    TABLE.put(
        OperationKind.SCALED_DOT_PRODUCT_ATTENTION, AttentionLowering::scaledDotProductAttention);
    TABLE.put(OperationKind.MULTI_HEAD_ATTENTION, AttentionLowering::multiHeadAttention);
    TABLE.put(OperationKind.LSTM, RecurrentLowering::lstm);
    TABLE.put(OperationKind.GRU, GruLowering::gru);
    TABLE.put(OperationKind.LAYER_NORM, TableLowering::layerNorm);
    TABLE.put(OperationKind.EMBEDDING, TableLowering::embedding);
    TABLE.put(OperationKind.POSITION_EMBEDDING, TableLowering::positionEmbedding);
    TABLE.put(OperationKind.HARD_TANH, one(OpCode.RELU_N1_TO_1));
    TABLE.put(OperationKind.LEAKY_RELU, one(OpCode.LEAKY_RELU));
    TABLE.put(OperationKind.PRELU, one(OpCode.PRELU));
    TABLE.put(OperationKind.ELU, one(OpCode.ELU));
    TABLE.put(OperationKind.HARD_SWISH, ActivationLowering::hardSwish);
    TABLE.put(OperationKind.HARD_SIGMOID, ActivationLowering::hardSigmoid);
    TABLE.put(OperationKind.SIGMOID, one(OpCode.LOGISTIC));
    TABLE.put(OperationKind.TANH, one(OpCode.TANH));
    TABLE.put(OperationKind.SWISH, ActivationLowering::swish);
    TABLE.put(OperationKind.GELU, one(OpCode.GELU));
    TABLE.put(OperationKind.LOG_SOFTMAX, one(OpCode.LOG_SOFTMAX));
    TABLE.put(OperationKind.L2_NORMALIZE, one(OpCode.L2_NORMALIZATION));
    TABLE.put(OperationKind.EXPONENTIAL, one(OpCode.EXP));
    TABLE.put(OperationKind.CUSTOM, one(OpCode.CUSTOM));
  }

  private LoweringRules() {}

  static LoweringRule of(OperationKind kind) {
    LoweringRule rule = TABLE.get(kind);
    if (rule == null) {
      throw new IllegalStateException("no lowering rule for " + kind);
    }
    return ActivationLowering.withStacked(rule);
  }

  /** A layer that is one operation; batch norm and activation stay with it. */
  static LoweringRule one(OpCode code) {
    return layer -> List.of(operation(layer, code));
  }

  static Operation operation(ShapedLayer layer, OpCode code) {
    return new Operation(
        layer.name(),
        code,
        layer.declaration().inputs(),
        layer.output(),
        layer.declaration().activation(),
        layer);
  }

  /** A batch norm that nothing takes in: {@code x * factor + shift}. */
  private static List<Operation> scaleAndShift(ShapedLayer layer) {
    String scaled = layer.name() + "/scaled";
    return List.of(
        new Operation(
            scaled,
            OpCode.BATCH_NORM_SCALE,
            layer.declaration().inputs(),
            layer.output(),
            Activation.NONE,
            DerivedLayer.partOf(layer).yielding(layer.output())),
        operation(layer, OpCode.BATCH_NORM_SHIFT).reading(List.of(scaled)));
  }

  /** TILE repeats along axes that are there: the row gets one in front. */
  private static List<Operation> repeat(ShapedLayer layer) {
    String row = layer.name() + "/row";
    return List.of(
        new Operation(
            row,
            OpCode.RESHAPE,
            layer.declaration().inputs(),
            layer.inputs().get(0).ofRank(2),
            Activation.NONE,
            layer),
        new Operation(
            layer.name(), OpCode.TILE, List.of(row), layer.output(), Activation.NONE, layer));
  }

  /** Which of the two resizes it is. */
  private static List<Operation> resize(ShapedLayer layer) {
    return switch (layer.declaration().attributes().get(AttributeKey.INTERPOLATION)) {
      case NEAREST -> one(OpCode.RESIZE_NEAREST_NEIGHBOR).lower(layer);
      case BILINEAR -> one(OpCode.RESIZE_BILINEAR).lower(layer);
    };
  }
}
