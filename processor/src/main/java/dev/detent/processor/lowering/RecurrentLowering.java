package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import java.util.List;

/** Recurrent layers: TFLite's kernels yield the state after every step. */
final class RecurrentLowering {
  private RecurrentLowering() {}

  static List<Operation> lstm(ShapedLayer layer) {
    Attributes attributes = layer.declaration().attributes();
    if (attributes.get(AttributeKey.RETURN_SEQUENCES)) {
      return List.of(LoweringRules.operation(layer, OpCode.LSTM));
    }
    Parts parts = new Parts(layer);
    String x = parts.input(0);
    int steps = parts.shape(x).size(0);
    Shape states = Shape.of(steps, layer.output().size(0));
    String sequence = parts.add("states", OpCode.LSTM, states, attributes, x);
    parts.add(
        Parts.RESULT, OpCode.STRIDED_SLICE, layer.output(), PartKeys.STEP, steps - 1, sequence);
    return parts.operations();
  }
}
