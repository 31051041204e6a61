package dev.detent.runtime.train;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What training makes small. Two that are equal are taken for the same formula, so one with
 * parameters is best a record.
 */
public interface Loss extends OfTarget {

  /**
   * The loss of each example.
   *
   * @param prediction the output, {@code [batch, ...]}
   * @param target of the same shape; classes come one-hot
   * @return {@code [batch]}
   */
  Operand<TFloat32> perExample(Ops tf, Prediction prediction, Operand<TFloat32> target);

  /** Its name in progress and reports. */
  String name();
}
