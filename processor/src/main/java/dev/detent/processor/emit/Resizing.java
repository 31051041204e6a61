package dev.detent.processor.emit;

import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.OperationKind;

/**
 * The emitter of an image of another size.
 *
 * <pre>{@code
 * g.resizeBilinear("larger", image, 56, 56).halfPixelCenters().output(IMAGE)
 * p.resizeBilinear("larger", image).halfPixelCenters().output(IMAGE, 56, 56, 3)
 * }</pre>
 */
record Resizing(String method) implements OperationEmitter {
  @Override
  public Chain graph(PlacedOperation placed, Scope scope) {
    Shape output = placed.operation().output();
    return centers(
        Chain.of(
            "$L.$L($S, $L, $L, $L)",
            Scope.GRAPH,
            method,
            placed.operation().name(),
            Emitters.variables(placed.operation(), scope),
            output.size(0),
            output.size(1)),
        placed);
  }

  @Override
  public Chain plan(PlacedOperation placed, Scope scope) {
    return centers(Emitters.call(Scope.PLAN, method, placed.operation(), scope), placed);
  }

  /** An up-sampling has half-pixel centers always, as in Keras. */
  private static Chain centers(Chain chain, PlacedOperation placed) {
    Attributes attributes = Emitters.attributes(placed);
    boolean isResize = placed.operation().layer().declaration().operation() == OperationKind.RESIZE;
    return chain
        .callIf(isResize && attributes.get(AttributeKey.ALIGN_CORNERS), ".alignCorners()")
        .callIf(
            !isResize || attributes.get(AttributeKey.HALF_PIXEL_CENTERS), ".halfPixelCenters()");
  }
}
