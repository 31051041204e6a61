package dev.detent.runtime.train;

import dev.detent.runtime.internal.graph.Variables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How gradients change weights. */
public interface Optimizer {

  /** The learning rate before the schedule's factor. */
  double learningRate();

  /** The same with another learning rate. */
  Optimizer learningRate(double rate);

  /** The names of the variables kept beside each weight, all starting at 0. */
  List<String> slots();

  /**
   * Builds the change of one weight. {@code tf.noOp()} leaves it as it is; a batch norm whose gamma
   * and beta are left so keeps its statistics and computes with them, as a frozen one of Keras
   * does.
   *
   * @param tf builds operations, after everything that reads the weight
   * @param weight the weight
   * @param value its value before the step
   * @param gradient of the loss
   * @param slots the variables of {@link #slots()}, in that order
   * @param learningRate a scalar, the schedule's factor included
   * @param step a scalar, counted from 1
   */
  Op apply(
      Ops tf,
      Variables.Variable weight,
      Operand<TFloat32> value,
      Operand<TFloat32> gradient,
      List<Variables.Variable> slots,
      Operand<TFloat32> learningRate,
      Operand<TFloat32> step);
}
