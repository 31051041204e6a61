package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.LayerDeclaration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A layer whose shapes are worked out. What asks for a shape reports where there is none.
 *
 * @param declaration what the user wrote
 * @param inputs the shapes of what it reads
 * @param reporter takes what is wrong
 */
record UnshapedLayer(LayerDeclaration declaration, List<Shape> inputs, Reporter reporter) {
  /** As many axes as TFLite's broadcasting takes, and some other kernels, without the batch. */
  private static final int MOST_AXES = 3;

  /** The shape of what it reads, or reads first. */
  Shape input() {
    return inputs.get(0);
  }

  <T> T get(AttributeKey<T> key) {
    return declaration.attributes().get(key);
  }

  SourceRef at(AttributeKey<?> key) {
    return declaration.attributes().at(key);
  }

  /** The input, if it is an image. */
  Optional<Shape> image() {
    return input(3, Message.S01_RANK, "an image, [height, width, channels]");
  }

  /** The input, if it is a sequence. */
  Optional<Shape> sequence() {
    return sequence(0);
  }

  /** One of several inputs, if it is a sequence. */
  Optional<Shape> sequence(int index) {
    return input(index, 2, Message.S01_RANK, "a sequence, [steps, channels]");
  }

  /** The input, if it has as many axes as are wanted; else what is said of it. */
  Optional<Shape> input(int rank, Message otherwise, Object... wanted) {
    return input(0, rank, otherwise, wanted);
  }

  private Optional<Shape> input(int index, int rank, Message otherwise, Object... wanted) {
    Shape shape = inputs.get(index);
    if (shape.rank() == rank) {
      return Optional.of(shape);
    }
    Stream<Object> values = Stream.of(declaration.name(), shaped(index), declaration.annotation());
    return refuse(
        otherwise,
        declaration.source().inputs().get(index),
        Stream.concat(values, Stream.of(wanted)).toArray());
  }

  /** The input, if it has no more axes than TFLite's kernels take. */
  Optional<Shape> fewAxes() {
    return input().rank() <= MOST_AXES
        ? Optional.of(input())
        : refuse(
            Message.S01_TOO_MANY_AXES,
            declaration.source().operation(),
            declaration.name(),
            declaration.annotation(),
            input(),
            MOST_AXES);
  }

  /** The index of an axis of the input that was written as Keras counts it. */
  Optional<Integer> axis(AttributeKey<?> key, int written) {
    int rank = input().rank();
    int axis = input().axis(written);
    if (axis >= 0 && axis < rank) {
      return Optional.of(axis);
    }
    return refuse(
        Message.S05_AXIS,
        at(key),
        key.name(),
        declaration.annotation(),
        written,
        shaped(0),
        rank == 1 ? "axis 1 only, or -1" : "the axes 1 to " + rank + ", or -" + rank + " to -1");
  }

  /** An output without weights, if none of its sizes is too large. */
  Optional<Inferred> output(long... sizes) {
    return LongStream.of(sizes).anyMatch(size -> size > Integer.MAX_VALUE)
        ? tooLarge("values in its output")
        : Optional.of(
            new Inferred(new Shape(LongStream.of(sizes).mapToObj(size -> (int) size).toList())));
  }

  /** Reports that it has too many of something. */
  <T> Optional<T> tooLarge(String what) {
    return refuse(
        Message.S07_TOO_LARGE,
        declaration.source().operation(),
        declaration.name(),
        Integer.MAX_VALUE,
        what);
  }

  /** Reports what is wrong with it. */
  <T> Optional<T> refuse(Message message, SourceRef at, Object... values) {
    reporter.report(message, at, values);
    return Optional.empty();
  }

  /** The same, of a text that starts with the layer and what it reads. */
  <T> Optional<T> refuseInput(Message message, SourceRef at, Object... more) {
    Stream<Object> values = Stream.of(declaration.name(), shaped(0));
    return refuse(message, at, Stream.concat(values, Stream.of(more)).toArray());
  }

  /** {@code 'image' of shape [28, 28, 1]}. */
  String shaped(int index) {
    return "'" + declaration.inputs().get(index) + "' of shape " + inputs.get(index);
  }
}
