package dev.detent.processor.lowering;

import dev.detent.annotations.Activation;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.OperationKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The table of lowering rules: one row a layer. */
final class LoweringRules {
  private static final Map<OperationKind, LoweringRule> TABLE = new EnumMap<>(OperationKind.class);

  static {
    TABLE.put(OperationKind.INPUT, one(OpCode.INPUT));
    TABLE.put(OperationKind.CONV_2D, one(OpCode.CONV_2D));
    TABLE.put(OperationKind.DEPTHWISE_CONV_2D, one(OpCode.DEPTHWISE_CONV_2D));
    TABLE.put(OperationKind.DENSE, one(OpCode.FULLY_CONNECTED));
    TABLE.put(OperationKind.MAX_POOL_2D, one(OpCode.MAX_POOL_2D));
    TABLE.put(OperationKind.AVERAGE_POOL_2D, one(OpCode.AVERAGE_POOL_2D));
    TABLE.put(OperationKind.GLOBAL_AVERAGE_POOL_2D, one(OpCode.MEAN));
    TABLE.put(OperationKind.FLATTEN, one(OpCode.RESHAPE));
    TABLE.put(OperationKind.RESHAPE, one(OpCode.RESHAPE));
    TABLE.put(OperationKind.ZERO_PAD_2D, one(OpCode.PAD));
    TABLE.put(OperationKind.ADD, LoweringRules::sumOfTwoAtATime);
    TABLE.put(OperationKind.CONCAT, one(OpCode.CONCATENATION));
    TABLE.put(OperationKind.DROPOUT, one(OpCode.DROPOUT));
    TABLE.put(
        OperationKind.CONV_1D, Sequences.asImages(OperationKind.CONV_2D, one(OpCode.CONV_2D)));
    TABLE.put(OperationKind.SEPARABLE_CONV_2D, SeparableConvolutions::lower);
    TABLE.put(
        OperationKind.SEPARABLE_CONV_1D,
        Sequences.asImages(OperationKind.SEPARABLE_CONV_2D, SeparableConvolutions::lower));
    TABLE.put(OperationKind.CONV_2D_TRANSPOSE, one(OpCode.TRANSPOSE_CONV));
    TABLE.put(OperationKind.BATCH_NORM, LoweringRules::scaleAndShift);
    TABLE.put(OperationKind.GLOBAL_MAX_POOL_2D, one(OpCode.GLOBAL_MAX));
    TABLE.put(
        OperationKind.MAX_POOL_1D,
        Sequences.asImages(OperationKind.MAX_POOL_2D, one(OpCode.MAX_POOL_2D)));
    TABLE.put(
        OperationKind.AVERAGE_POOL_1D,
        Sequences.asImages(OperationKind.AVERAGE_POOL_2D, one(OpCode.AVERAGE_POOL_2D)));
    TABLE.put(OperationKind.GLOBAL_AVERAGE_POOL_1D, one(OpCode.MEAN));
    TABLE.put(OperationKind.GLOBAL_MAX_POOL_1D, one(OpCode.GLOBAL_MAX));
    TABLE.put(OperationKind.SPATIAL_DROPOUT_1D, one(OpCode.SPATIAL_DROPOUT));
    TABLE.put(OperationKind.SPATIAL_DROPOUT_2D, one(OpCode.SPATIAL_DROPOUT));
    TABLE.put(OperationKind.GAUSSIAN_NOISE, one(OpCode.GAUSSIAN_NOISE));
    TABLE.put(OperationKind.RELU, one(OpCode.RELU));
    TABLE.put(OperationKind.RELU6, one(OpCode.RELU6));
    TABLE.put(OperationKind.SOFTMAX, one(OpCode.SOFTMAX));
  }

  private LoweringRules() {}

  static LoweringRule of(OperationKind kind) {
    LoweringRule rule = TABLE.get(kind);
    if (rule == null) {
      throw new IllegalStateException("no lowering rule for " + kind);
    }
    return rule;
  }

  /** A layer that is one operation; batch norm and activation stay with it. */
  private static LoweringRule one(OpCode code) {
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

  /** ADD takes two: {@code a + b + c} is {@code (a + b) + c}, the activation behind the last. */
  private static List<Operation> sumOfTwoAtATime(ShapedLayer layer) {
    List<String> summands = layer.declaration().inputs();
    List<Operation> sums = new ArrayList<>();
    String sum = summands.get(0);
    for (int i = 1; i < summands.size(); i++) {
      boolean last = i == summands.size() - 1;
      String name = last ? layer.name() : layer.name() + "/sum" + i;
      sums.add(
          new Operation(
              name,
              OpCode.ADD,
              List.of(sum, summands.get(i)),
              layer.output(),
              last ? layer.declaration().activation() : Activation.NONE,
              layer));
      sum = name;
    }
    return sums;
  }
}
