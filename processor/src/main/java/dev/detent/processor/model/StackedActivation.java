package dev.detent.processor.model;

import dev.detent.processor.diagnostic.SourceRef;

/**
 * An activation after an operation on the same field.
 *
 * @param kind which one
 * @param attributes of it
 * @param at where it was written
 */
public record StackedActivation(OperationKind kind, Attributes attributes, SourceRef at) {

  /** What of it TFLite fuses. */
  public Fusion fusion() {
    return kind.fusion(attributes);
  }
}
