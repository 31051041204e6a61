package dev.detent.processor.lowering;

import dev.detent.annotations.Activation;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers that compute value by value on several inputs, for which TFLite has operations of two:
 * {@code a + b + c} is {@code (a + b) + c}. Its operations count axes from the right, the batch
 * included, so that an input of fewer axes than the others is reshaped first.
 */
final class MergeLowering {
  private final ShapedLayer layer;
  private final List<Operation> operations = new ArrayList<>();

  private MergeLowering(ShapedLayer layer) {
    this.layer = layer;
  }

  /** A chain of one operation, the activation after the last. */
  static LoweringRule chain(OpCode code, String partial) {
    return LoweringRule.several(
        layer -> {
          MergeLowering lowering = new MergeLowering(layer);
          lowering.merge(code, partial, layer.name(), layer.declaration().activation());
          return lowering.operations;
        });
  }

  /** The sum, times {@code 1 / n}. */
  static List<Operation> average(ShapedLayer layer) {
    MergeLowering lowering = new MergeLowering(layer);
    String sum = layer.name() + "/sum" + (layer.inputs().size() - 1);
    lowering.merge(OpCode.ADD, "sum", sum, Activation.NONE);
    lowering.operations.add(Operation.of(OpCode.MUL, layer).reading(sum));
    return lowering.operations;
  }

  private void merge(OpCode code, String partial, String result, Activation activation) {
    int last = layer.inputs().size() - 1;
    String merged = input(0);
    Shape shape = layer.inputs().get(0).ofRank(layer.output().rank());
    for (int i = 1; i <= last; i++) {
      String next = input(i);
      shape = shape.broadcast(layer.inputs().get(i)).orElseThrow();
      Operation operation =
          Operation.of(code, layer)
              .named(i == last ? result : layer.name() + "/" + partial + i)
              .reading(merged, next)
              .yielding(shape)
              .with(i == last ? activation : Activation.NONE);
      operations.add(operation);
      merged = operation.name();
    }
  }

  /** An input, as many axes as the output has. */
  private String input(int index) {
    String name = layer.declaration().inputs().get(index);
    Shape shape = layer.inputs().get(index);
    int rank = layer.output().rank();
    if (shape.rank() == rank) {
      return name;
    }
    Operation reshaped =
        Operation.of(OpCode.RESHAPE, layer)
            .named(layer.name() + "/reshape_" + name)
            .reading(name)
            .yielding(shape.ofRank(rank))
            .with(Activation.NONE);
    if (!operations.contains(reshaped)) {
      operations.add(reshaped);
    }
    return reshaped.name();
  }
}
