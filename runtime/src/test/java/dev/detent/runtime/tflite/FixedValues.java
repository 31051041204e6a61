package dev.detent.runtime.tflite;

import dev.detent.runtime.internal.tflite.write.LayerWeights;
import dev.detent.runtime.internal.tflite.write.TrainedValues;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import java.util.HashMap;
import java.util.Map;

/** Trained values out of two tables. */
public final class FixedValues implements TrainedValues {
  private final Map<String, LayerWeights> weights = new HashMap<>();
  private final Map<String, Encoding> encodings = new HashMap<>();

  public FixedValues weights(String layer, LayerWeights values) {
    weights.put(layer, values);
    return this;
  }

  public ActivationRange range(String name, float scale, int zeroPoint) {
    encodings.put(name, new Encoding(scale, zeroPoint, 8));
    return ActivationRange.learned(name, 8);
  }

  @Override
  public LayerWeights weights(String layer) {
    return weights.get(layer);
  }

  @Override
  public Encoding encoding(ActivationRange range) {
    return encodings.get(range.name());
  }
}
