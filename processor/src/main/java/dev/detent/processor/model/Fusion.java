package dev.detent.processor.model;

import dev.detent.annotations.Activation;
import java.util.function.Function;

/**
 * What of an activation becomes part of the operation in front of it.
 *
 * @param fused that part
 * @param isWhole whether it is all of the activation, so that no operation is left behind
 */
public record Fusion(Activation fused, boolean isWhole) {
  private static final double CEILING_OF_RELU6 = 6;
  private static final Function<Attributes, Fusion> NEVER =
      attributes -> new Fusion(Activation.NONE, false);

  /** All of it, always. */
  static Function<Attributes, Fusion> whole(Activation fused) {
    return attributes -> new Fusion(fused, true);
  }

  /** Nothing of it, ever. */
  static Function<Attributes, Fusion> none() {
    return NEVER;
  }

  /** RELU and RELU6 are whole; of another ceiling RELU is fused; a slope is not. */
  static Fusion ofRelu(Attributes attributes) {
    double ceiling = attributes.get(AttributeKey.MAX_VALUE);
    if (attributes.get(AttributeKey.NEGATIVE_SLOPE) > 0) {
      return new Fusion(Activation.NONE, false);
    }
    return ceiling == CEILING_OF_RELU6
        ? new Fusion(Activation.RELU6, true)
        : new Fusion(Activation.RELU, Double.isInfinite(ceiling));
  }
}
