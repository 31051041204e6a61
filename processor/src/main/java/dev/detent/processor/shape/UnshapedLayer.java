package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.LayerDeclaration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A layer whose shapes are worked out. What asks for a shape reports where there is none.
 *
 * @param declaration what the user wrote
 * @param inputs the shapes of what it reads
 * @param reporter takes what is wrong
 */
record UnshapedLayer(LayerDeclaration declaration, List<Shape> inputs, Reporter reporter) {

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
    return input(
        3,
        "an image, [height, width, channels]. Let it read an image, or put a @Reshape between"
            + " them.");
  }

  /** The input, if it is a sequence. */
  Optional<Shape> sequence() {
    return sequence("Let it read a sequence, or put a @Reshape between them.");
  }

  /** The input, if it is a sequence; what to do if it is none. */
  Optional<Shape> sequence(String remedy) {
    return input(2, "a sequence, [steps, channels]. " + remedy);
  }

  /** The input, if it has as many axes as are wanted. */
  Optional<Shape> input(int rank, String wanted) {
    return input().rank() == rank
        ? Optional.of(input())
        : refuse(
            DiagnosticId.SHAPE_RANK,
            declaration.source().inputs().get(0),
            reads() + ", but @" + declaration.annotation() + " takes " + wanted);
  }

  /** The index of an axis of the input that was written as Keras counts it. */
  Optional<Integer> axis(AttributeKey<?> key, int written) {
    int rank = input().rank();
    int axis = input().axis(written);
    if (axis >= 0 && axis < rank) {
      return Optional.of(axis);
    }
    return refuse(
        DiagnosticId.SHAPE_AXIS,
        at(key),
        key.name()
            + " of @"
            + declaration.annotation()
            + " is "
            + written
            + ", but '"
            + declaration.inputs().get(0)
            + "' of shape "
            + input()
            + " has "
            + (rank == 1
                ? "axis 1 only, or -1"
                : "the axes 1 to " + rank + ", or -" + rank + " to -1")
            + ": as in Keras, axis 0 is the batch.");
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
        DiagnosticId.SHAPE_TOO_LARGE,
        declaration.source().operation(),
        "Layer '"
            + declaration.name()
            + "' has more than "
            + Integer.MAX_VALUE
            + " "
            + what
            + ", which is more than one tensor holds. Use smaller sizes.");
  }

  /** Reports what is wrong with it. */
  <T> Optional<T> refuse(DiagnosticId id, SourceRef at, String message) {
    reporter.report(id, at, message);
    return Optional.empty();
  }

  /** {@code Layer 'conv' reads 'image' of shape [28, 28, 1]}. */
  String reads() {
    return reads(0);
  }

  /** The same of one of several. */
  String reads(int index) {
    return "Layer '" + declaration.name() + "' reads " + shaped(index);
  }

  /** {@code 'image' of shape [28, 28, 1]}. */
  String shaped(int index) {
    return "'" + declaration.inputs().get(index) + "' of shape " + inputs.get(index);
  }
}
