package dev.detent.runtime.train;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What is measured beside the loss: a score of each example, averaged over all. Two that are equal
 * are taken for the same formula, so one with parameters is best a record.
 */
public interface Metric extends OfTarget {

  /** Its name in progress and reports. */
  String name();

  /**
   * The score of each example.
   *
   * @param target classes come one-hot
   * @return {@code [batch]}
   */
  Operand<TFloat32> perExample(Ops tf, Prediction prediction, Operand<TFloat32> target);
}
