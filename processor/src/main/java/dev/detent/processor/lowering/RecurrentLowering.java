package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
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
      return LoweringRules.one(OpCode.LSTM).lower(layer);
    }
    Parts parts = new Parts(layer);
    String x = parts.input(0);
    Shape states = Shape.of(parts.shape(x).size(0), layer.output().size(0));
    String sequence = parts.add("states", OpCode.LSTM, states, attributes, x);
    parts.add(Parts.RESULT, OpCode.LAST_STEP, layer.output(), sequence);
    return parts.operations();
  }
}
