package dev.detent.processor.ir;

import dev.detent.annotations.Activation;
import dev.detent.processor.model.CustomUse;
import dev.detent.processor.model.CustomUse.Weight;
import dev.detent.processor.model.LayerDeclaration;
import java.util.List;
import java.util.Optional;

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
  public Operation {
    inputs = List.copyOf(inputs);
  }

  /** A layer as one operation, with the activation that is fused into it. */
  public static Operation of(OpCode code, ShapedLayer layer) {
    LayerDeclaration declaration = layer.declaration();
    return new Operation(
        layer.name(), code, declaration.inputs(), layer.output(), declaration.activation(), layer);
  }

  /** The same, reading other tensors. */
  public Operation reading(List<String> others) {
    return new Operation(name, code, others, output, activation, layer);
  }

  /** The same, reading other tensors. */
  public Operation reading(String... others) {
    return reading(List.of(others));
  }

  /** The same with another name. */
  public Operation named(String other) {
    return new Operation(other, code, inputs, output, activation, layer);
  }

  /** The same with an output of another shape. */
  public Operation yielding(Shape other) {
    return new Operation(name, code, inputs, other, activation, layer);
  }

  /** The same with another activation. */
  public Operation with(Activation other) {
    return new Operation(name, code, inputs, output, other, layer);
  }

  /** The same, of another layer. */
  public Operation from(ShapedLayer other) {
    return new Operation(name, code, inputs, output, activation, other);
  }

  /** An operation on the output of this one, of the same shape and layer. */
  public Operation then(OpCode next, String other) {
    return new Operation(other, next, List.of(name), output, Activation.NONE, layer);
  }

  /** Whether it has weights that are quantized where it is. */
  public boolean hasKernel() {
    return code.hasKernel()
        || (code == OpCode.CUSTOM && layer.weights().stream().anyMatch(Weight::isQuantized));
  }

  /** What is asked of the output's range. */
  public OpCode.Range range() {
    if (code != OpCode.CUSTOM) {
      return code.range();
    }
    return switch (custom().range()) {
      case OWN, AS_TFLITE -> OpCode.Range.OWN;
      case OF_INPUTS -> OpCode.Range.OF_INPUTS;
      case FIXED -> OpCode.Range.FIXED;
    };
  }

  /** The range that is prescribed with 8 bits; empty if none is. */
  public Optional<FixedRange> fixed() {
    return range() == OpCode.Range.FIXED && code == OpCode.CUSTOM
        ? Optional.of(new FixedRange(custom().scale(), custom().zeroPoint()))
        : code.fixed();
  }

  private CustomUse custom() {
    return layer.declaration().custom().orElseThrow();
  }
}
