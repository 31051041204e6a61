package dev.detent.processor.model;

import dev.detent.annotations.Activation;
import dev.detent.processor.diagnostic.SourceRef;
import java.util.List;
import java.util.Optional;

/**
 * A field of a model class.
 *
 * @param name of the field
 * @param operation what it computes
 * @param attributes of the operation
 * @param inputs the fields that it reads, all of them above it
 * @param batchNorm what stands behind the operation
 * @param stacked the activation that stands behind that
 * @param quantization how it is quantized; empty if it stays float
 * @param source where it was written
 */
public record LayerDeclaration(
    String name,
    OperationKind operation,
    Attributes attributes,
    List<String> inputs,
    Optional<Attributes> batchNorm,
    Optional<StackedActivation> stacked,
    Optional<QuantizationConfig> quantization,
    Source source) {

  /** Copies the list. */
  public LayerDeclaration {
    inputs = List.copyOf(inputs);
  }

  /**
   * Where a layer was written.
   *
   * @param field the field
   * @param operation the operation's annotation
   * @param inputs the name of each layer that it reads, or the operation if it reads the one above
   */
  public record Source(SourceRef field, SourceRef operation, List<SourceRef> inputs) {
    /** Copies the list. */
    public Source {
      inputs = List.copyOf(inputs);
    }
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
    return operation.takes(OperationKind.Stacks.ACTIVATION)
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
        new Source(source.field(), activation.at(), List.of(activation.at())));
  }

  /** Its annotations: {@code Conv2D + BatchNorm + Relu}. */
  public String kind() {
    return operation.annotation()
        + (batchNorm.isPresent() ? " + BatchNorm" : "")
        + stacked.map(activation -> " + " + activation.kind().annotation()).orElse("");
  }
}
