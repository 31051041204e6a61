package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;

/** Recurrent layers: TFLite's kernels yield the state after every step. */
final class RecurrentLowering {
  private RecurrentLowering() {}

  static void lstm(Parts parts) {
    ShapedLayer layer = parts.layer();
    int steps = layer.inputs().get(0).size(0);
    boolean wantsAll = parts.get(AttributeKey.RETURN_SEQUENCES);
    String states =
        parts.add(
            wantsAll ? Parts.RESULT : "states",
            OpCode.LSTM,
            Shape.of(steps, layer.output().channels()),
            layer.declaration().attributes(),
            parts.input(0));
    if (!wantsAll) {
      parts.add(
          Parts.RESULT, OpCode.STRIDED_SLICE, layer.output(), PartKeys.STEP, steps - 1, states);
    }
  }
}
