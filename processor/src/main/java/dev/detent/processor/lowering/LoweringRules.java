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
    TABLE.put(OperationKind.RELU, one(OpCode.RELU));
    TABLE.put(OperationKind.RELU6, one(OpCode.RELU6));
    TABLE.put(OperationKind.SOFTMAX, one(OpCode.SOFTMAX));
    TABLE.put(OperationKind.CUSTOM, one(OpCode.CUSTOM));
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
    return layer ->
        List.of(
            new Operation(
                layer.name(),
                code,
                layer.declaration().inputs(),
                layer.output(),
                layer.declaration().activation(),
                layer));
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
