package dev.detent.processor.emit;

import dev.detent.processor.ir.PlacedOperation;

/** Writes one kind of operation: the call that trains it and the call that exports it. */
interface OperationEmitter {

  /** The call on the graph builder, without what follows from the operation's kind of output. */
  Chain graph(PlacedOperation operation, Scope scope);

  /** The call on the plan builder, likewise. */
  Chain plan(PlacedOperation operation, Scope scope);

  /** How the graph call ends. */
  default Ending graphEnding() {
    return Ending.OUTPUT;
  }

  /** How the plan call ends. */
  default Ending planEnding() {
    return Ending.SHAPED_OUTPUT;
  }

  /** What the last chained call is. */
  enum Ending {
    /** None: the call itself yields the tensor. */
    NONE,
    /** {@code output(RANGE)}, or {@code output()} in float. */
    OUTPUT,
    /** {@code output(RANGE, 26, 26, 12)}, or {@code floatOutput(26, 26, 12)}. */
    SHAPED_OUTPUT
  }
}
