package dev.detent.processor.model;

import dev.detent.annotations.Activation;
import dev.detent.annotations.DataType;
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
 * @param batchNorm what follows the operation
 * @param stacked the activation that follows that
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
    Optional<StackedActivation> stacked,
    Optional<QuantizationRequest> quantization,
    Optional<CustomUse> custom,
    Source source)
    implements Declaration {

  public LayerDeclaration {
    inputs = List.copyOf(inputs);
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
    public Source {
      inputs = List.copyOf(inputs);
      annotations = Map.copyOf(annotations);
    }
  }

  /** The layer whose weights it has; empty if it has its own, or none. */
  public String sharedWith() {
    return attributes.find(AttributeKey.SHARED_WITH).orElse("");
  }

  /** The same with what follows the operation. */
  public LayerDeclaration followedBy(Attributes norm, Optional<StackedActivation> activation) {
    return new LayerDeclaration(
        name,
        operation,
        attributes,
        inputs,
        Optional.of(norm),
        activation,
        quantization,
        custom,
        source);
  }

  /** What TFLite fuses into the operation. */
  public Activation activation() {
    return stacked.map(this::fusion).map(Fusion::fused).orElse(Activation.NONE);
  }

  /** The stacked activation, if an operation of its own is left of it. */
  public Optional<StackedActivation> unfused() {
    return stacked.filter(activation -> !fusion(activation).isWhole());
  }

  private Fusion fusion(StackedActivation activation) {
    return custom
            .map(use -> use.takes(OperationKind.Stacks.ACTIVATION))
            .orElse(operation.takes(OperationKind.Stacks.ACTIVATION))
        ? activation.fusion()
        : new Fusion(Activation.NONE, false);
  }

  /**
   * The name of what the operation yields: the field's, or one below it if another operation
   * follows, {@code conv/conv2d}.
   */
  public String operationName() {
    String annotation = operation.annotation().replace('D', 'd');
    return unfused().isEmpty()
        ? name
        : name + "/" + Character.toLowerCase(annotation.charAt(0)) + annotation.substring(1);
  }

  /**
   * The stacked activation as a layer of this one's name.
   *
   * @param input what it reads
   */
  public LayerDeclaration standingAlone(StackedActivation activation, String input) {
    return new LayerDeclaration(
        name,
        activation.kind(),
        activation.attributes(),
        List.of(input),
        Optional.empty(),
        Optional.empty(),
        quantization,
        Optional.empty(),
        new Source(
            source.field(), activation.at(), List.of(activation.at()), source.annotations()));
  }

  /** Whether it is an input of indices, for an embedding. */
  public boolean takesIndices() {
    return operation == OperationKind.INPUT
        && attributes.get(AttributeKey.DATA_TYPE) == DataType.INT32;
  }

  /** Its annotations: {@code Conv2D + BatchNorm + Relu}. */
  public String kind() {
    return annotation()
        + (batchNorm.isPresent() ? " + BatchNorm" : "")
        + stacked.map(activation -> " + " + activation.kind().annotation()).orElse("");
  }
}
