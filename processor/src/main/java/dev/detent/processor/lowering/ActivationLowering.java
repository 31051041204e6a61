package dev.detent.processor.lowering;

import dev.detent.annotations.Activation;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.StackedActivation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Activations that are more than one operation, or follow one that does not fuse them. */
final class ActivationLowering {
  private static final double CEILING_OF_RELU6 = 6;

  private ActivationLowering() {}

  /** A rule that puts what TFLite does not fuse of a stacked activation after the operation. */
  static LoweringRule withStacked(LoweringRule rule) {
    return new LoweringRule(
        rule.isCostly(),
        layer ->
            layer
                .declaration()
                .unfused()
                .map(activation -> after(rule.lower(layer), layer, activation))
                .orElseGet(() -> rule.lower(layer)));
  }

  private static List<Operation> after(
      List<Operation> operations, ShapedLayer layer, StackedActivation activation) {
    List<Operation> all = new ArrayList<>(operations);
    int last = all.size() - 1;
    String name = layer.declaration().operationName();
    all.set(last, all.get(last).named(name));
    ShapedLayer alone =
        new ShapedLayer(
            layer.declaration().standingAlone(activation, name),
            List.of(layer.output()),
            layer.output(),
            Optional.empty(),
            List.of(),
            0,
            0);
    boolean isBegun = layer.declaration().activation() != Activation.NONE;
    all.addAll(
        isBegun
            ? List.of(Operation.of(OpCode.MINIMUM, alone))
            : LoweringRules.of(activation.kind()).lower(alone));
    return all;
  }

  /** RELU, RELU6 or LEAKY_RELU, and a MINIMUM if there is another ceiling. */
  static List<Operation> relu(ShapedLayer layer) {
    Attributes attributes = layer.declaration().attributes();
    double ceiling = attributes.get(AttributeKey.MAX_VALUE);
    boolean isLeaky = attributes.get(AttributeKey.NEGATIVE_SLOPE) > 0;
    if (!isLeaky && ceiling == CEILING_OF_RELU6) {
      return List.of(Operation.of(OpCode.RELU6, layer));
    }
    Operation open = Operation.of(isLeaky ? OpCode.LEAKY_RELU : OpCode.RELU, layer);
    if (Double.isInfinite(ceiling)) {
      return List.of(open);
    }
    open = open.named(layer.name() + "/relu");
    return List.of(open, open.then(OpCode.MINIMUM, layer.name()));
  }

  /** One operation, or the hard sigmoid and then its product with what it is of. */
  static List<Operation> hardSwish(ShapedLayer layer) {
    return layer.declaration().attributes().get(AttributeKey.SPLIT)
        ? gated(layer, hardSigmoid(layer, layer.name() + "/gate"))
        : List.of(Operation.of(OpCode.HARD_SWISH, layer));
  }

  /** {@code min(max(x + 3, 0), 6)}, then a sixth of it. */
  static List<Operation> hardSigmoid(ShapedLayer layer) {
    return hardSigmoid(layer, layer.name());
  }

  private static List<Operation> hardSigmoid(ShapedLayer layer, String name) {
    Operation sum =
        Operation.of(OpCode.HARD_SIGMOID_SUM, layer).named(name + "/sum").with(Activation.RELU6);
    return List.of(sum, sum.then(OpCode.HARD_SIGMOID_SHARE, name));
  }

  /** The sigmoid, then its product with what it is of. */
  static List<Operation> swish(ShapedLayer layer) {
    return gated(
        layer, List.of(Operation.of(OpCode.LOGISTIC, layer).named(layer.name() + "/sigmoid")));
  }

  private static List<Operation> gated(ShapedLayer layer, List<Operation> gate) {
    List<Operation> operations = new ArrayList<>(gate);
    operations.add(
        Operation.of(OpCode.SWISH_PRODUCT, layer)
            .reading(layer.declaration().inputs().get(0), gate.get(gate.size() - 1).name()));
    return operations;
  }
}
