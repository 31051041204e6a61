package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import dev.detent.annotations.PadMode;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.Slicing;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Ends;
import dev.detent.processor.model.Margins;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The emitters of operations that put the values of one tensor in other places.
 *
 * <pre>{@code
 * g.move("turned", image).transpose(3, 1, 2)
 * p.move("turned", image).transpose(3, 1, 2).output(IMAGE, 3, 28, 28)
 * }</pre>
 */
final class MoveEmitters {
  private MoveEmitters() {}

  /** {@code .transpose(3, 1, 2)}: the axes count the batch. */
  static OperationEmitter transpose() {
    return new Move(
        placed ->
            CodeBlock.of(
                ".transpose($L)", joined(Emitters.attributes(placed).get(AttributeKey.DIMS))));
  }

  /** {@code .zeroPad1d(1, 2)}. */
  static OperationEmitter zeroPad1d() {
    return new Move(
        placed -> {
          Ends ends = Emitters.attributes(placed).get(AttributeKey.PADDING_ENDS);
          return CodeBlock.of(".zeroPad1d($L, $L)", ends.before(), ends.behind());
        });
  }

  /** {@code .mirrorPad(PadMode.REFLECT, 1, 1, 2, 2)}: top, bottom, left, right. */
  static OperationEmitter mirrorPad() {
    return new Move(
        placed -> {
          Attributes attributes = Emitters.attributes(placed);
          Margins margins = attributes.get(AttributeKey.MARGINS);
          return CodeBlock.of(
              ".mirrorPad($T.$L, $L, $L, $L, $L)",
              PadMode.class,
              attributes.get(AttributeKey.PAD_MODE),
              margins.top(),
              margins.bottom(),
              margins.left(),
              margins.right());
        });
  }

  /** {@code .slice(List.of(4, 0, 0), List.of(24, 28, 3), List.of(2, 1, 1))}: without the batch. */
  static OperationEmitter slice() {
    return new Move(MoveEmitters::sliced);
  }

  /** In the file {@code .split(3, 2, 0)}, axis, parts and index; in the graph a slice. */
  static OperationEmitter split() {
    return new Move(
        MoveEmitters::sliced,
        placed -> {
          Attributes attributes = Emitters.attributes(placed);
          Shape input = placed.operation().layer().inputs().get(0);
          return CodeBlock.of(
              ".split($L, $L, $L)",
              input.axis(attributes.get(AttributeKey.AXIS)) + 1,
              attributes.get(AttributeKey.PARTS),
              attributes.get(AttributeKey.INDEX));
        });
  }

  /** {@code .spaceToDepth(2)}, {@code .depthToSpace(2)}. */
  static OperationEmitter blocks(String method) {
    return new Move(
        placed ->
            CodeBlock.of(
                ".$L($L)", method, Emitters.attributes(placed).get(AttributeKey.BLOCK_SIZE)));
  }

  /** {@code .repeat(10)}: along the first axis behind the batch. */
  static OperationEmitter repeat() {
    return new Move(
        placed -> CodeBlock.of(".repeat($L)", Emitters.attributes(placed).get(AttributeKey.TIMES)));
  }

  private static CodeBlock sliced(PlacedOperation placed) {
    Slicing slicing = Slicing.of(placed.operation().layer());
    return CodeBlock.of(
        ".slice($L, $L, $L)", list(slicing.begin()), list(slicing.end()), list(slicing.strides()));
  }

  private static CodeBlock list(List<Integer> numbers) {
    return CodeBlock.of("$T.of($L)", List.class, joined(numbers));
  }

  static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** What moves, and where to; the graph's tensor has the range of what is moved by itself. */
  private record Move(
      Function<PlacedOperation, CodeBlock> inGraph, Function<PlacedOperation, CodeBlock> inPlan)
      implements OperationEmitter {

    Move(Function<PlacedOperation, CodeBlock> both) {
      this(both, both);
    }

    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return Chain.of(
          "$L$L",
          Emitters.call(Scope.GRAPH, "move", placed.operation(), scope).build(),
          inGraph.apply(placed));
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return Chain.of(
          "$L$L",
          Emitters.call(Scope.PLAN, "move", placed.operation(), scope).build(),
          inPlan.apply(placed));
    }

    @Override
    public Ending graphEnding() {
      return Ending.NONE;
    }
  }
}
