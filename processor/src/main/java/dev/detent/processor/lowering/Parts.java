package dev.detent.processor.lowering;

import dev.detent.annotations.Initializer;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.OperationKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

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

  private Parts(ShapedLayer layer) {
    this.layer = layer;
    for (int i = 0; i < layer.inputs().size(); i++) {
      shapes.put(input(i), layer.inputs().get(i));
    }
  }

  /** The operations that a rule makes of a layer, in order of data flow. */
  static List<Operation> of(ShapedLayer layer, Consumer<Parts> rule) {
    Parts parts = new Parts(layer);
    rule.accept(parts);
    return List.copyOf(parts.operations);
  }

  /** The layer. */
  ShapedLayer layer() {
    return layer;
  }

  /** An attribute of the layer. */
  <T> T get(AttributeKey<T> key) {
    return layer.declaration().attributes().get(key);
  }

  /** What the layer reads. */
  String input(int index) {
    return layer.declaration().inputs().get(index);
  }

  /** The shape of an input, or of a part that was added. */
  Shape shape(String tensor) {
    return Objects.requireNonNull(shapes.get(tensor), tensor);
  }

  /** An operation without attributes; returns its output's name. */
  String add(String part, OpCode code, Shape output, String... inputs) {
    return add(part, code, output, Attributes.NONE, inputs);
  }

  /** An operation with one attribute. */
  <T> String add(
      String part, OpCode code, Shape output, AttributeKey<T> key, T value, String... inputs) {
    return add(part, code, output, with(key, value), inputs);
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

  /** A MEAN over the channels, which stay as one. */
  String mean(String part, String input) {
    return add(
        part,
        OpCode.MEAN,
        shape(input).withChannels(1),
        with(AttributeKey.AXES, List.of(-1)).with(AttributeKey.KEEP_DIMS, true, at()),
        input);
  }

  /** A STRIDED_SLICE: the steps of a sequence, the last one first. */
  String reversed(String part, String input) {
    return add(part, OpCode.STRIDED_SLICE, shape(input), PartKeys.REVERSED, true, input);
  }

  /** The operations of another layer over parts, the last of which is this layer's output. */
  void result(OperationKind kind, Attributes attributes, List<String> inputs) {
    operations.addAll(
        LoweringRules.of(kind)
            .lower(
                DerivedLayer.partOf(layer)
                    .kind(kind)
                    .attributes(attributes)
                    .reading(inputs, inputs.stream().map(this::shape).toList())
                    .yielding(layer.output())));
  }

  /** A RESHAPE. */
  String reshape(String part, String input, Shape output) {
    return add(part, OpCode.RESHAPE, output, input);
  }

  /** A constant that is an initializer's values, or is trained from there, times a factor. */
  String constant(
      String part, Shape shape, Initializer initializer, double factor, boolean isTrained) {
    return add(
        part,
        OpCode.PARAMETER,
        shape,
        with(PartKeys.CONSTANT_INITIALIZER, initializer)
            .with(PartKeys.FACTOR, factor, at())
            .with(PartKeys.TRAINED, isTrained, at()));
  }

  /** A constant that starts with given values, one or one for each, and may be trained. */
  String constant(String part, Shape shape, List<Double> values, boolean isTrained) {
    return add(
        part,
        OpCode.PARAMETER,
        shape,
        with(PartKeys.VALUES, values)
            .with(PartKeys.FACTOR, 1.0, at())
            .with(PartKeys.TRAINED, isTrained, at()));
  }

  /** A trained constant. */
  String constant(String part, Shape shape, Initializer initializer) {
    return constant(part, shape, initializer, 1, true);
  }

  /** A BATCH_MATMUL. */
  String product(String part, Shape output, boolean isRightTransposed, String left, String right) {
    return add(
        part,
        OpCode.BATCH_MATMUL,
        output,
        with(AttributeKey.TRANSPOSE_A, false)
            .with(AttributeKey.TRANSPOSE_B, isRightTransposed, at()),
        left,
        right);
  }

  private <T> Attributes with(AttributeKey<T> key, T value) {
    return Attributes.NONE.with(key, value, at());
  }

  private SourceRef at() {
    return layer.declaration().source().operation();
  }

  private String add(
      String part,
      OpCode code,
      Shape output,
      Attributes attributes,
      Optional<Shape> kernel,
      String... inputs) {
    List<Shape> read = Stream.of(inputs).map(this::shape).toList();
    Operation operation =
        Operation.of(
                code,
                DerivedLayer.partOf(layer)
                    .attributes(attributes)
                    .reading(List.of(inputs), read)
                    .kernel(kernel)
                    .yielding(output))
            .named(part.isEmpty() ? layer.name() : layer.name() + "/" + part);
    operations.add(operation);
    shapes.put(operation.name(), output);
    return operation.name();
  }
}
