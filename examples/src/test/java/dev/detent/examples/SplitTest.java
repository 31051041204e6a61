package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.data.TrainTest;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SplitTest {
  private final TrainTest data = new TrainTest(numbered(50, 0), numbered(10, 100));

  @Test
  void noExampleIsInTwoParts() {
    Split split = Split.of(data, 1);

    Set<Float> all = new TreeSet<>();
    all.addAll(numbers(split.train()));
    all.addAll(numbers(split.validation()));
    all.addAll(numbers(split.test()));
    assertThat(all).hasSize(60);
    assertThat(split.train().size()).isEqualTo(45);
    assertThat(split.validation().size()).isEqualTo(5);
    assertThat(numbers(split.test())).isEqualTo(numbers(data.test()));
  }

  @Test
  void theSeedDecides() {
    assertThat(numbers(Split.of(data, 1).validation()))
        .isEqualTo(numbers(Split.of(data, 1).validation()))
        .isNotEqualTo(numbers(Split.of(data, 2).validation()));
  }

  private static Dataset numbered(int count, int first) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = first + i;
    }
    return new Dataset(Features.of(values, 1), Targets.classes(new int[count], 2));
  }

  private static Set<Float> numbers(Dataset part) {
    Set<Float> numbers = new TreeSet<>();
    float[] value = new float[1];
    for (int i = 0; i < part.size(); i++) {
      part.features().read(i, value, 0);
      numbers.add(value[0]);
    }
    return numbers;
  }
}
