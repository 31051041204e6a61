package dev.detent.processor.emit;

import dev.detent.annotations.Initializer;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;

/** Emitters of recurrent layers. */
final class RecurrentEmitters {
  private RecurrentEmitters() {}

  /**
   * A long short-term memory.
   *
   * <pre>{@code
   * g.lstm("memory/states", words)
   *     .units(32)
   *     .kernelInitializer(Initializer.GLOROT_UNIFORM)
   *     .recurrentInitializer(Initializer.GLOROT_UNIFORM)
   *     .bias(Initializer.ZEROS, true)
   *     .output(MEMORY_STATES)
   * p.lstm("memory/states", words).units(32).output(MEMORY_STATES, 20, 32)
   * }</pre>
   */
  record Lstm() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      Attributes attributes = Emitters.attributes(placed);
      return recurrence(Scope.GRAPH, placed, scope)
          .call(
              ".kernelInitializer($T.$L)",
              Initializer.class,
              attributes.get(AttributeKey.KERNEL_INITIALIZER))
          .call(
              ".recurrentInitializer($T.$L)",
              Initializer.class,
              attributes.get(AttributeKey.RECURRENT_INITIALIZER))
          .callIf(
              attributes.get(AttributeKey.USE_BIAS),
              ".bias($T.$L, $L)",
              Initializer.class,
              attributes.get(AttributeKey.BIAS_INITIALIZER),
              attributes.get(AttributeKey.UNIT_FORGET_BIAS));
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return recurrence(Scope.PLAN, placed, scope);
    }

    private static Chain recurrence(String builder, PlacedOperation placed, Scope scope) {
      return Emitters.call(builder, "lstm", placed.operation(), scope)
          .call(".units($L)", Emitters.attributes(placed).get(AttributeKey.UNITS));
    }
  }

  /**
   * One step of a sequence, from 0.
   *
   * <pre>{@code
   * g.step("memory/step3/update/input", memoryUpdate, 3)
   * p.step("memory/step3/update/input", memoryUpdate, 3).output(MEMORY_UPDATE, 1, 8)
   * }</pre>
   */
  record Step() implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
      return Chain.of(
          "$L.step($S, $L, $L)",
          builder,
          placed.operation().name(),
          Emitters.variables(placed.operation(), scope),
          Emitters.attributes(placed).get(PartKeys.STEP));
    }

    @Override
    public Ending graphEnding() {
      return Ending.NONE;
    }
  }

  /**
   * The last step of a sequence.
   *
   * <pre>{@code
   * g.lastStep("memory", memoryStates)
   * p.lastStep("memory", memoryStates).output(MEMORY_STATES, 32)
   * }</pre>
   */
  record LastStep() implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
      return Emitters.call(builder, "lastStep", placed.operation(), scope);
    }

    @Override
    public Ending graphEnding() {
      return Ending.NONE;
    }
  }
}
