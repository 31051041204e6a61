package dev.detent.processor.parse;

import dev.detent.annotations.Activation;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.QuantizationRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A field as written, its references not yet resolved.
 *
 * @param name of the field
 * @param field where it is
 * @param isOutput whether it is marked as an output
 * @param body what it computes; empty if that is not valid
 * @param references the layers that it names; empty if it reads the one above, or none
 */
record LayerDraft(
    String name,
    SourceRef field,
    boolean isOutput,
    Optional<Body> body,
    List<Reference> references) {

  /** A layer's name, and where it was written. */
  record Reference(String name, SourceRef at) {}

  /** What a layer computes. */
  record Body(
      OperationKind operation,
      SourceRef at,
      Attributes attributes,
      Optional<Attributes> batchNorm,
      Activation activation,
      Map<String, SourceRef> annotations,
      Optional<QuantizationRequest> quantization) {}

  boolean isInput() {
    return body.isPresent() && body.get().operation().reads() == OperationKind.Reads.NOTHING;
  }
}
