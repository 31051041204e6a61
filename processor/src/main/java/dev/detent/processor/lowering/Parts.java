package dev.detent.processor.lowering;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.LayerDeclaration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the operations that one layer becomes. Each is called {@code layer/part}, and the last
 * one as the layer. Each brings attributes of its own, so that it is emitted as if a user had
 * written it.
 */
final class Parts {
  /** The name of the part that is the layer's output. */
  static final String RESULT = "";

  private final ShapedLayer layer;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Shape> shapes = new HashMap<>();

  Parts(ShapedLayer layer) {
    this.layer = layer;
    for (int i = 0; i < layer.inputs().size(); i++) {
      shapes.put(input(i), layer.inputs().get(i));
    }
  }

  /** What the layer reads. */
  String input(int index) {
    return layer.declaration().inputs().get(index);
  }

  /** The shape of an input, or of a part that was added. */
  Shape shape(String tensor) {
    return shapes.get(tensor);
  }

  /** An operation without attributes; returns its output's name. */
  String add(String part, OpCode code, Shape output, String... inputs) {
    return add(part, code, output, Attributes.builder().build(), Optional.empty(), inputs);
  }

  /** An operation with one attribute. */
  <T> String add(
      String part, OpCode code, Shape output, AttributeKey<T> key, T value, String... inputs) {
    return add(part, code, output, with(key, value).build(), Optional.empty(), inputs);
  }

  /** An operation with attributes. */
  String add(String part, OpCode code, Shape output, Attributes attributes, String... inputs) {
    return add(part, code, output, attributes, Optional.empty(), inputs);
  }

  /** A FULLY_CONNECTED over the last axis, with the initializers and the penalty of the layer. */
  String dense(String part, String input, int units) {
    Shape in = shape(input);
    return add(
        part,
        OpCode.FULLY_CONNECTED,
        in.with(in.rank() - 1, units),
        layer.declaration().attributes(),
        Optional.of(Shape.of(in.channels(), units)),
        input);
  }

  /** A RESHAPE. */
  String reshape(String part, String input, Shape output) {
    return add(part, OpCode.RESHAPE, output, input);
  }

  /** A constant that is an initializer's values, or is trained from there, times a factor. */
  String constant(
      String part, Shape shape, Initializer initializer, double factor, boolean isTrained) {
    Attributes attributes =
        with(PartKeys.CONSTANT_INITIALIZER, initializer)
            .put(PartKeys.FACTOR, factor, at())
            .put(PartKeys.TRAINED, isTrained, at())
            .build();
    return add(part, OpCode.PARAMETER, shape, attributes);
  }

  /** Begins attributes. */
  <T> Attributes.Builder with(AttributeKey<T> key, T value) {
    return Attributes.builder().put(key, value, at());
  }

  /** Where the layer is written. */
  SourceRef at() {
    return layer.declaration().source().operation();
  }

  /** All that was added, in order of data flow. */
  List<Operation> operations() {
    return List.copyOf(operations);
  }

  private String add(
      String part,
      OpCode code,
      Shape output,
      Attributes attributes,
      Optional<Shape> kernel,
      String... inputs) {
    String name = part.isEmpty() ? layer.name() : layer.name() + "/" + part;
    LayerDeclaration whole = layer.declaration();
    var declaration =
        new LayerDeclaration(
            whole.name(),
            whole.operation(),
            attributes,
            List.of(inputs),
            Optional.empty(),
            Optional.empty(),
            whole.quantization(),
            new LayerDeclaration.Source(
                whole.source().field(),
                at(),
                Collections.nCopies(inputs.length, at()),
                whole.source().annotations()));
    List<Shape> read = new ArrayList<>();
    for (String input : inputs) {
      read.add(shape(input));
    }
    operations.add(
        new Operation(
            name,
            code,
            List.of(inputs),
            output,
            Activation.NONE,
            new ShapedLayer(declaration, read, output, kernel, 0, 0)));
    shapes.put(name, output);
    return name;
  }
}
