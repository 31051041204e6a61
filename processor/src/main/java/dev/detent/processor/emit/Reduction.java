package dev.detent.processor.emit;

import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import java.util.List;

/**
 * The emitter of axes that become one value; they count the batch.
 *
 * <pre>{@code
 * g.sum("total", image).axes(1, 2).keepDims(false).output(TOTAL)
 * p.sum("total", image).axes(1, 2).keepDims(false).output(TOTAL, 3)
 * }</pre>
 */
record Reduction(String method) implements SameCall {
  @Override
  public Chain emit(String builder, PlacedOperation placed, Scope scope) {
    Attributes attributes = Emitters.attributes(placed);
    Shape input = placed.operation().layer().inputs().get(0);
    List<Integer> axes =
        attributes.get(AttributeKey.AXES).stream()
            .map(axis -> input.axis(axis) + 1)
            .distinct()
            .sorted()
            .toList();
    return Emitters.call(builder, method, placed.operation(), scope)
        .call(".axes($L)", MoveEmitters.joined(axes))
        .call(".keepDims($L)", attributes.get(AttributeKey.KEEP_DIMS));
  }
}
