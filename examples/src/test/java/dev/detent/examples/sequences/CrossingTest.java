package dev.detent.examples.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** An attention reads each of its sequences where it says: {@code softmax(q k) v}. */
class CrossingTest {
  @Test
  void queriesKeysAndValuesOfThreeSequences() {
    float[] keys = {0.5f, -1, 2};
    float[] values = {3, -2, 1};
    float[] queries = {1.5f, -0.25f};
    float[] wanted = new float[Crossing.QUERIES];
    for (int q = 0; q < Crossing.QUERIES; q++) {
      double sum = 0;
      double weighted = 0;
      for (int s = 0; s < Crossing.STEPS; s++) {
        double weight = Math.exp(queries[q] * keys[s]);
        sum += weight;
        weighted += weight * values[s];
      }
      wanted[q] = (float) (weighted / sum);
    }
    try (CrossingModel model = CrossingModel.create(1)) {
      // Single precision: a few units in the last place of values up to 3.
      assertThat(model.predict(keys, values, queries))
          .containsExactly(wanted, Offset.offset(1e-5f));
    }
  }
}
