package dev.detent.processor.lowering;

import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.StackedActivation;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A layer that stands for a part of another one, so that all that comes after need not know that it
 * is a part. It is quantized as the whole is.
 */
final class DerivedLayer {
  private final ShapedLayer whole;
  private OperationKind kind;
  private String name;
  private Attributes attributes;
  private Optional<Attributes> batchNorm = Optional.empty();
  private Optional<StackedActivation> stacked = Optional.empty();
  private List<String> reads;
  private List<Shape> inputs;
  private Optional<Shape> kernel = Optional.empty();
  private LayerDeclaration.Source source;

  private DerivedLayer(ShapedLayer whole) {
    this.whole = whole;
    kind = whole.declaration().operation();
    name = whole.name();
    attributes = whole.declaration().attributes();
    reads = whole.declaration().inputs();
    inputs = whole.inputs();
    source = whole.declaration().source();
  }

  /** A part with the attributes of the whole, but without its batch norm and activation. */
  static DerivedLayer partOf(ShapedLayer whole) {
    return new DerivedLayer(whole);
  }

  DerivedLayer kind(OperationKind other) {
    kind = other;
    return this;
  }

  DerivedLayer name(String other) {
    name = other;
    return this;
  }

  <T> DerivedLayer with(AttributeKey<T> key, T value) {
    attributes = attributes.with(key, value, source.operation());
    return this;
  }

  DerivedLayer attributes(Attributes others) {
    attributes = others;
    return this;
  }

  /** What it reads, each written where the operation is. */
  DerivedLayer reading(List<String> others, List<Shape> shapes) {
    SourceRef at = source.operation();
    source =
        new LayerDeclaration.Source(
            source.field(), at, Collections.nCopies(others.size(), at), source.annotations());
    reads = others;
    inputs = shapes;
    return this;
  }

  DerivedLayer reading(String other, Shape shape) {
    reads = List.of(other);
    inputs = List.of(shape);
    return this;
  }

  DerivedLayer kernel(Optional<Shape> shape) {
    kernel = shape;
    return this;
  }

  /** The part that has the batch norm and the activation of the whole. */
  DerivedLayer withBatchNormAndActivation() {
    batchNorm = whole.declaration().batchNorm();
    stacked = whole.declaration().stacked();
    return this;
  }

  /** The part; the parameters and multiply-accumulates stay with the whole. */
  ShapedLayer yielding(Shape output) {
    return new ShapedLayer(
        new LayerDeclaration(
            name,
            kind,
            attributes,
            reads,
            batchNorm,
            stacked,
            whole.declaration().quantization(),
            Optional.empty(),
            source),
        inputs,
        output,
        kernel,
        List.of(),
        0,
        0);
  }
}
