package dev.detent.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * A quantizer that the user named.
 *
 * @param type its class
 * @param arguments of its constructor
 * @param decidesFor the layer whose tensors it chooses quantizers for; empty if it is a quantizer
 *     itself
 */
public record QuantizerUse(ClassRef type, List<Argument> arguments, Optional<String> decidesFor) {
  public QuantizerUse {
    arguments = List.copyOf(arguments);
  }

  /** A quantizer itself. */
  public static QuantizerUse of(ClassRef type, List<Argument> arguments) {
    return new QuantizerUse(type, arguments, Optional.empty());
  }

  /** The same, for one layer to choose its quantizers. */
  public QuantizerUse decidingFor(String layer) {
    return new QuantizerUse(type, arguments, Optional.of(layer));
  }

  /** Whether both treat a tensor in the same way. */
  public boolean isLike(QuantizerUse other) {
    return type.equals(other.type)
        && arguments.equals(other.arguments)
        && decidesFor.isPresent() == other.decidesFor.isPresent();
  }
}
