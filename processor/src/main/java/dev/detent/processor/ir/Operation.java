package dev.detent.processor.ir;

import dev.detent.annotations.Activation;
import java.util.List;

/**
 * An operation of the deployed model, with what is folded and fused into it.
 *
 * @param name of its output; the field's, if the output is what the field stands for
 * @param code which one
 * @param inputs the names of the tensors that it reads
 * @param output the shape of its output
 * @param activation fused into it
 * @param layer what it comes from, for its attributes
 */
public record Operation(
    String name,
    OpCode code,
    List<String> inputs,
    Shape output,
    Activation activation,
    ShapedLayer layer) {
  /** Copies the list. */
  public Operation {
    inputs = List.copyOf(inputs);
  }

  /** The same operation, reading other tensors. */
  public Operation reading(List<String> others) {
    return new Operation(name, code, others, output, activation, layer);
  }

  /** The same operation with another name. */
  public Operation named(String other) {
    return new Operation(other, code, inputs, output, activation, layer);
  }

  /** Whether it has a kernel. */
  public boolean hasKernel() {
    return code.hasKernel();
  }
}
