package dev.detent.processor.emit;

import dev.detent.processor.ir.PlacedOperation;

/** Writes an operation whose calls on both builders are the same, but for their endings. */
interface SameCall extends OperationEmitter {

  /** The call on either builder, without what follows from the operation's kind of output. */
  Chain emit(String builder, PlacedOperation placed, Scope scope);

  @Override
  default Chain graph(PlacedOperation placed, Scope scope) {
    return emit(Scope.GRAPH, placed, scope);
  }

  @Override
  default Chain plan(PlacedOperation placed, Scope scope) {
    return emit(Scope.PLAN, placed, scope);
  }
}
