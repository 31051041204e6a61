package dev.detent.processor.model;

import dev.detent.annotations.Activation;
import dev.detent.processor.diagnostic.SourceRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A field of a model class.
 *
 * @param name of the field
 * @param operation what it computes
 * @param attributes of the operation
 * @param inputs the fields that it reads, all of them above it
 * @param batchNorm what stands behind the operation
 * @param activation what stands behind that
 * @param quantization how the user asked for it to be quantized; empty if it stays float
 * @param custom what computes it; empty for a layer of Detent's own
 * @param source where it was written
 */
public record LayerDeclaration(
    String name,
    OperationKind operation,
    Attributes attributes,
    List<String> inputs,
    Optional<Attributes> batchNorm,
    Activation activation,
    Optional<QuantizationRequest> quantization,
    Optional<CustomUse> custom,
    Source source)
    implements Declaration {

  /** Copies the list. */
  public LayerDeclaration {
    inputs = List.copyOf(inputs);
  }

  /** A layer of Detent's own. */
  public LayerDeclaration(
      String name,
      OperationKind operation,
      Attributes attributes,
      List<String> inputs,
      Optional<Attributes> batchNorm,
      Activation activation,
      Optional<QuantizationRequest> quantization,
      Source source) {
    this(
        name,
        operation,
        attributes,
        inputs,
        batchNorm,
        activation,
        quantization,
        Optional.empty(),
        source);
  }

  /** The simple name of its operation's annotation: {@code Conv2D}, or one of the user's own. */
  public String annotation() {
    return custom.map(CustomUse::annotation).orElseGet(operation::annotation);
  }

  /**
   * Where a layer was written.
   *
   * @param field the field
   * @param operation the operation's annotation
   * @param inputs the name of each layer that it reads, or the operation if it reads the one above
   * @param annotations each annotation of the vocabulary, by simple name
   */
  public record Source(
      SourceRef field,
      SourceRef operation,
      List<SourceRef> inputs,
      Map<String, SourceRef> annotations) {
    /** Copies the collections. */
    public Source {
      inputs = List.copyOf(inputs);
      annotations = Map.copyOf(annotations);
    }
  }

  /** Its annotations: {@code Conv2D + BatchNorm + Relu}. */
  public String kind() {
    return annotation()
        + (batchNorm.isPresent() ? " + BatchNorm" : "")
        + switch (activation) {
          case NONE -> "";
          case RELU -> " + Relu";
          case RELU6 -> " + Relu6";
        };
  }
}
