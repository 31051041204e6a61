package dev.detent.runtime.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.data.DataException;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.ExampleSet;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Examples of several inputs and outputs are cut and scaled as those of one are. */
class ModelExamplesTest {

  /** As the processor generates it. */
  private static final class Data extends ModelExamples<Data> {
    Data(Features left, Features right, Targets same, Targets distance) {
      super(List.of(left, right), List.of(same, distance));
    }

    @Override
    public Data with(List<Features> inputs, List<Targets> targets) {
      return new Data(inputs.get(0), inputs.get(1), targets.get(0), targets.get(1));
    }
  }

  private static final int SIZE = 20;

  private static Data data() {
    byte[] left = new byte[SIZE];
    float[] right = new float[SIZE];
    int[] same = new int[SIZE];
    float[] distance = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      left[i] = (byte) i;
      right[i] = 10 * i;
      same[i] = i % 2;
      distance[i] = -i;
    }
    return new Data(
        Features.bytes(left, 1),
        Features.of(right, 1),
        Targets.classes(same, 2),
        Targets.values(distance));
  }

  /** Which examples these are; all inputs and targets agree on that. */
  private static List<Integer> numbers(Data data) {
    List<Integer> numbers = new ArrayList<>();
    float[] value = new float[1];
    for (int i = 0; i < data.size(); i++) {
      data.inputs().get(0).read(i, value, 0);
      int number = Math.round(value[0]);
      numbers.add(number);
      data.inputs().get(1).read(i, value, 0);
      assertThat(value[0]).isEqualTo(10 * number);
      assertThat(data.targets().get(0).classAt(i)).isEqualTo(number % 2);
      data.targets().get(1).read(i, value, 0);
      assertThat(value[0]).isEqualTo(-number);
    }
    return numbers;
  }

  @Test
  void inputsAndTargetsAreMappedOneByOneOrTogether() {
    float[] value = new float[2];
    Data twice = data().map(input -> input.map(x -> new float[] {2 * x[0]}));
    twice.inputs().get(0).read(3, value, 0);
    assertThat(value[0]).isEqualTo(6);
    twice.inputs().get(1).read(3, value, 0);
    assertThat(value[0]).isEqualTo(60);

    Data right = data().mapInput(1, x -> x.map(v -> new float[] {v[0], v[0] * v[0]}, 2));
    right.take(4).inputs().get(1).read(3, value, 0);
    assertThat(value).containsExactly(30, 900);
    right.inputs().get(0).read(3, value, 0);
    assertThat(value[0]).isEqualTo(3);

    Data distance = data().mapTarget(1, targets -> Targets.values(new float[SIZE]));
    distance.targets().get(1).read(3, value, 0);
    assertThat(value[0]).isZero();
    assertThatThrownBy(() -> data().mapTarget(1, targets -> targets.take(3)))
        .isInstanceOf(DataException.class)
        .hasMessage("target 1 holds 3 examples, but what comes before it 20");
    assertThatThrownBy(() -> data().mapInput(2, x -> x))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void partsAreTakenOfAllAlike() {
    Data data = data();
    assertThat(numbers(data.take(3))).containsExactly(0, 1, 2);
    assertThat(numbers(data.subset(7, 7, 2))).containsExactly(7, 7, 2);
    assertThat(numbers(data.sample(SIZE, 3))).hasSize(SIZE).doesNotHaveDuplicates();
    assertThat(numbers(data.sample(5, 3))).isEqualTo(numbers(data.sample(5, 3)));
    ExampleSet.Parts<Data> parts = data.split(0.75, 4);
    assertThat(parts.train().size()).isEqualTo(15);
    List<Integer> all = numbers(parts.train());
    all.addAll(numbers(parts.test()));
    assertThat(all).hasSize(SIZE).doesNotHaveDuplicates();
    Dataset one = new Dataset(data.inputs().get(0), data.targets().get(0));
    // The same seed draws the same of every kind of examples.
    assertThat(one.split(0.75, 4).train().fingerprint())
        .isEqualTo(
            new Dataset(parts.train().inputs().get(0), parts.train().targets().get(0))
                .fingerprint());
    assertThatThrownBy(() -> data.take(SIZE + 1)).hasMessage("take 21 of 20 examples");
    assertThatThrownBy(() -> data.split(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void allInputsAreScaled() {
    Data scaled = data().scaled(0.5f, 1);
    float[] value = new float[1];
    scaled.inputs().get(0).read(4, value, 0);
    assertThat(value).containsExactly(3);
    scaled.inputs().get(1).read(4, value, 0);
    assertThat(value).containsExactly(21);
    scaled.targets().get(1).read(4, value, 0);
    assertThat(value).containsExactly(-4);
    assertThat(data().take(4))
        .hasToString(
            Arrays.asList("4 x [1] uint8", "4 x [1] float32")
                + " -> [4 of: 20 of 2 classes, 4 of: 20 x [1] float32]");
  }

  @Test
  void numbersThatDifferAreRefused() {
    assertThatThrownBy(
            () ->
                new Data(
                    Features.of(new float[2], 1),
                    Features.of(new float[3], 1),
                    Targets.classes(new int[2], 2),
                    Targets.values(new float[2])))
        .isInstanceOf(DataException.class)
        .hasMessage("input 1 holds 3 examples, but what comes before it 2");
  }
}
