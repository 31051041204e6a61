package dev.detent.runtime.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a variable that follows the data becomes at the end of a step.
 *
 * @param variable which
 * @param value its next value
 */
public record Update(Variables.Variable variable, Operand<TFloat32> value) {

  /**
   * The assignment.
   *
   * @param tf builds operations, after everything that reads the variable
   */
  public Op assign(Ops tf) {
    return tf.assignVariableOp(variable.handle(), value);
  }
}
