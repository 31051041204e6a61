package dev.detent.runtime.quantizer;

import java.util.Map;

/** What a quantizer works out on the JVM while a model is calibrated. */
public interface Calibration {

  /**
   * Takes the real values of one tensor in one batch.
   *
   * @param values row by row; valid during this call only
   */
  void accept(float[] values);

  /**
   * What the site's variables are set to, by name. Those that are not in it stay.
   *
   * @throws IllegalStateException if there were no values, or they allow no answer
   */
  Map<String, float[]> result();
}
