package dev.detent.processor.emit;

import dev.detent.annotations.Initializer;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.Attributes;

/** Emitters of constants, of tables and of what looks them up. */
final class TableEmitters {
  private TableEmitters() {}

  /**
   * A constant that is trained.
   *
   * <pre>{@code
   * g.parameter("norm/gamma", 32)
   *     .initializer(Initializer.ONES)
   *     .factor(5.656854249492381)
   *     .output(NORM_GAMMA)
   * p.parameter("norm/gamma", 32).output(NORM_GAMMA)
   * }</pre>
   */
  record Parameter() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      Attributes attributes = Emitters.attributes(placed);
      double factor = attributes.get(PartKeys.FACTOR);
      return parameter(Scope.GRAPH, placed.operation())
          .call(
              ".initializer($T.$L)",
              Initializer.class,
              attributes.get(PartKeys.CONSTANT_INITIALIZER))
          .callIf(factor != 1, ".factor($L)", Literals.of(factor))
          .callIf(!attributes.get(PartKeys.TRAINED), ".untrained()");
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return parameter(Scope.PLAN, placed.operation());
    }

    private static Chain parameter(String builder, Operation operation) {
      return Chain.of(
          "$L.parameter($S, $L)", builder, operation.name(), operation.output().arguments());
    }

    @Override
    public Ending planEnding() {
      return Ending.OUTPUT;
    }
  }

  /**
   * Rows of a table.
   *
   * <pre>{@code
   * g.gather("vectors", table, words).output(TABLE)
   * p.gather("vectors", table, words).output(TABLE, 20, 16)
   * }</pre>
   */
  record Gather() implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
      return Emitters.call(builder, "gather", placed.operation(), scope);
    }
  }

  /**
   * An input of the model that holds indices.
   *
   * <pre>{@code
   * g.indices("words", 20)
   * p.indices("words", 20)
   * }</pre>
   */
  record Indices() implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
      return indices(builder, placed.operation());
    }

    private static Chain indices(String builder, Operation operation) {
      return Chain.of(
          "$L.indices($S, $L)", builder, operation.name(), operation.output().arguments());
    }

    @Override
    public Ending graphEnding() {
      return Ending.NONE;
    }

    @Override
    public Ending planEnding() {
      return Ending.NONE;
    }
  }
}
