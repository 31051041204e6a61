package dev.detent.runtime.internal.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a variable that follows the data becomes at the end of a step.
 *
 * @param variable which
 * @param value its next value
 * @param after what must have been read before
 */
public record Update(
    Variables.Variable variable, Operand<TFloat32> value, List<Operand<TFloat32>> after) {

  /** Copies the list. */
  public Update {
    after = List.copyOf(after);
  }

  /** An update that depends on its own variable only. */
  public Update(Variables.Variable variable, Operand<TFloat32> value) {
    this(variable, value, List.of());
  }

  /**
   * The assignment.
   *
   * @param tf builds operations, after everything that reads the variable in the pass itself
   */
  public Op assign(Ops tf) {
    Ops ordered =
        after.isEmpty() ? tf : tf.withControlDependencies(after.toArray(Operand<?>[]::new));
    return ordered.assignVariableOp(variable.handle(), value);
  }
}
