package dev.detent.processor.lowering;

import dev.detent.annotations.Activation;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.StackedActivation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Activations that are more than one operation, or stand behind one that does not fuse them. */
final class ActivationLowering {
  private static final double CEILING_OF_RELU6 = 6;

  private ActivationLowering() {}

  /** A rule that puts what TFLite does not fuse of a stacked activation behind the operation. */
  static LoweringRule withStacked(LoweringRule rule) {
    return new LoweringRule(
        rule.isCostly(),
        layer ->
            layer
                .declaration()
                .unfused()
                .map(activation -> behind(rule.lower(layer), layer, activation))
                .orElseGet(() -> rule.lower(layer)));
  }

  private static List<Operation> behind(
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
            0,
            0);
    boolean isBegun = layer.declaration().activation() != Activation.NONE;
    if (isBegun) {
      all.add(operation(layer.name(), OpCode.MINIMUM, List.of(name), alone));
    } else {
      all.addAll(LoweringRules.of(activation.kind()).lower(alone));
    }
    return all;
  }

  /** RELU, RELU6 or LEAKY_RELU, and a MINIMUM if there is another ceiling. */
  static List<Operation> relu(ShapedLayer layer) {
    LayerDeclaration declaration = layer.declaration();
    double ceiling = declaration.attributes().get(AttributeKey.MAX_VALUE);
    boolean isLeaky = declaration.attributes().get(AttributeKey.NEGATIVE_SLOPE) > 0;
    OpCode code = isLeaky ? OpCode.LEAKY_RELU : OpCode.RELU;
    if (!isLeaky && ceiling == CEILING_OF_RELU6) {
      code = OpCode.RELU6;
    } else if (!Double.isInfinite(ceiling)) {
      String open = layer.name() + "/relu";
      return List.of(
          operation(open, code, declaration.inputs(), layer),
          operation(layer.name(), OpCode.MINIMUM, List.of(open), layer));
    }
    return List.of(operation(layer.name(), code, declaration.inputs(), layer));
  }

  /** One operation, or the hard sigmoid and then its product with what it is of. */
  static List<Operation> hardSwish(ShapedLayer layer) {
    LayerDeclaration declaration = layer.declaration();
    if (!declaration.attributes().get(AttributeKey.SPLIT)) {
      return List.of(operation(layer.name(), OpCode.HARD_SWISH, declaration.inputs(), layer));
    }
    String gate = layer.name() + "/gate";
    List<Operation> operations = new ArrayList<>(hardSigmoid(layer, gate));
    operations.add(
        operation(
            layer.name(), OpCode.SWISH_PRODUCT, List.of(declaration.inputs().get(0), gate), layer));
    return operations;
  }

  /** {@code min(max(x + 3, 0), 6)}, then a sixth of it. */
  static List<Operation> hardSigmoid(ShapedLayer layer) {
    return hardSigmoid(layer, layer.name());
  }

  private static List<Operation> hardSigmoid(ShapedLayer layer, String name) {
    String sum = name + "/sum";
    return List.of(
        new Operation(
            sum,
            OpCode.HARD_SIGMOID_SUM,
            layer.declaration().inputs(),
            layer.output(),
            Activation.RELU6,
            layer),
        operation(name, OpCode.HARD_SIGMOID_SHARE, List.of(sum), layer));
  }

  /** The sigmoid, then its product with what it is of. */
  static List<Operation> swish(ShapedLayer layer) {
    String sigmoid = layer.name() + "/sigmoid";
    List<String> inputs = layer.declaration().inputs();
    return List.of(
        operation(sigmoid, OpCode.LOGISTIC, inputs, layer),
        operation(layer.name(), OpCode.SWISH_PRODUCT, List.of(inputs.get(0), sigmoid), layer));
  }

  private static Operation operation(
      String name, OpCode code, List<String> inputs, ShapedLayer layer) {
    return new Operation(name, code, inputs, layer.output(), Activation.NONE, layer);
  }
}
