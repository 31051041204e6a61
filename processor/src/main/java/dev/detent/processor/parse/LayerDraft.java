package dev.detent.processor.parse;

import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.BlockUse;
import dev.detent.processor.model.CustomUse;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.QuantizationRequest;
import dev.detent.processor.model.StackedActivation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A field as written, its references not yet resolved.
 *
 * @param name of the field
 * @param field where it is
 * @param isOutput whether it is marked as an output
 * @param isAbsent whether a condition leaves it out
 * @param content what it computes; empty if that is not valid
 * @param references the layers that it names; empty if it reads the one above, or none
 * @param others what it names beside those, or beside the one above
 */
record LayerDraft(
    String name,
    SourceRef field,
    boolean isOutput,
    boolean isAbsent,
    Optional<Content> content,
    List<Reference> references,
    List<Reference> others) {

  /** A layer's name, and where it was written. */
  record Reference(String name, SourceRef at) {}

  /** All layers that it names. */
  List<Reference> named() {
    return Stream.concat(references.stream(), others.stream()).toList();
  }

  /** What a field stands for. */
  sealed interface Content permits Body, BlockBody, BlockInput {}

  /** What a layer computes. */
  record Body(
      OperationKind operation,
      SourceRef at,
      Attributes attributes,
      Optional<Attributes> batchNorm,
      Optional<StackedActivation> stacked,
      Map<String, SourceRef> annotations,
      Optional<QuantizationRequest> quantization,
      Optional<CustomUse> custom)
      implements Content {}

  /** A block: from its name and that of what it reads, what it becomes. */
  record BlockBody(SourceRef at, BiFunction<String, String, BlockUse> use) implements Content {}

  /** What a block reads: a layer outside of it. */
  record BlockInput() implements Content {}

  /** The same; without its content if that is not valid. */
  LayerDraft validIf(boolean valid) {
    return valid
        ? this
        : new LayerDraft(name, field, isOutput, isAbsent, Optional.empty(), references, others);
  }

  /** The input of a block that a field uses. */
  static LayerDraft blockInput(String name, SourceRef field) {
    return new LayerDraft(
        name, field, false, false, Optional.of(new BlockInput()), List.of(), List.of());
  }

  /** What it computes, if it is one layer and valid. */
  Optional<Body> body() {
    return content.filter(Body.class::isInstance).map(Body.class::cast);
  }

  /** Where its operation is written; the field, if there is none. */
  SourceRef at() {
    if (content.isEmpty() || content.get() instanceof BlockInput) {
      return field;
    }
    return content.get() instanceof BlockBody block ? block.at() : body().orElseThrow().at();
  }

  boolean isInput() {
    return content.isPresent()
        && (content.get() instanceof BlockInput
            || body()
                .filter(body -> body.operation().reads() == OperationKind.Reads.NOTHING)
                .isPresent());
  }
}
