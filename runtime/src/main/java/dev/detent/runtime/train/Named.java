package dev.detent.runtime.train;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss or metric that comes with Detent. Its name has its parameters, and so tells two of them
 * apart: those that are equal share their operations in the graph.
 */
record Named(String name, boolean leavesMissingOut, Formula formula) implements Loss, Metric {

  /** One for targets without gaps. */
  Named(String name, Formula formula) {
    this(name, false, formula);
  }

  /** What is computed of each example. */
  interface Formula {
    Operand<TFloat32> of(Ops tf, Prediction prediction, Operand<TFloat32> target);
  }

  @Override
  public Operand<TFloat32> perExample(Ops tf, Prediction prediction, Operand<TFloat32> target) {
    return formula.of(tf, prediction, target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Named named && named.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
