package dev.detent.runtime.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import org.junit.jupiter.api.Test;

/** What is summed up over examples, by hand. */
class TalliesTest {
  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  // ---------------------------------------------------------------- classes of places

  @Test
  void eachPlaceOfAnExampleIsRightOrWrong() {
    Dataset data =
        new Dataset(
            Features.of(new float[2], 1),
            Targets.classMaps(new byte[][] {{0, 1, 1}, {1, 1, 0}}, java.util.List.of("a", "b"), 3));
    QualityTally tally = new QualityTally(0, 2);
    try (var iterator = Batches.of(data, 2).prefetched(0).epoch(0)) {
      Batch batch = iterator.next();
      tally.add(batch, 0, floats(9, 1, 0, 5, 5, 0), 0, 6); // 0, 1, 0: two right
      tally.add(batch, 1, floats(7, 7, 7, 1, 0, 0, 1, 1, 0), 3, 6); // 0, 1, 0: two right
    }
    assertThat(tally.mean()).isEqualTo(4.0 / 6);
  }

  // ---------------------------------------------------------------- agreement

  @Test
  void stepsAreEqualOrNot() {
    AgreementTally tally = new AgreementTally(8, 0);
    tally.add(floats(1, -128, 127, 5), floats(1, -128, 126, 8));
    tally.add(floats(0, 0, 0, 0), floats(0, 0, 0, 0));

    Agreement agreement = tally.agreement();
    assertThat(agreement.values()).isEqualTo(8);
    assertThat(agreement.equalShare()).isEqualTo(0.75);
    assertThat(agreement.largestDifference()).isEqualTo(3);
    assertThat(agreement.bits()).isEqualTo(8);
    assertThat(agreement.rmsDifference()).isEqualTo(Math.sqrt((1 + 9) / 8.0));
    assertThat(agreement.answers()).isZero();
    assertThat(agreement.sameTop1Share()).isNaN();
  }

  @Test
  void answersAreTheFirstLargestOfEachExample() {
    AgreementTally tally = new AgreementTally(8, 3);
    tally.add(floats(1, 9, 2), floats(0, 7, 3)); // both 1
    tally.add(floats(5, 5, 1), floats(5, 4, 1)); // both 0: the first of two equal ones
    tally.add(floats(5, 5, 1), floats(4, 5, 1)); // 0 and 1
    tally.add(floats(-3, -2, -1), floats(-3, -2, -2)); // 2 and 1

    Agreement agreement = tally.agreement();
    assertThat(agreement.answers()).isEqualTo(4);
    assertThat(agreement.sameTop1Share()).isEqualTo(0.5);
  }

  @Test
  void oneExampleMayHoldSeveralAnswers() {
    AgreementTally tally = new AgreementTally(8, 2);
    tally.add(floats(1, 0, 0, 1), floats(1, 0, 1, 0));
    assertThat(tally.agreement().answers()).isEqualTo(2);
    assertThat(tally.agreement().sameTop1Share()).isEqualTo(0.5);
  }

  @Test
  void anIndexIsAnAnswer() {
    AgreementTally tally = new AgreementTally(32, 1);
    tally.add(floats(999, 3), floats(1000, 3));
    assertThat(tally.agreement().answers()).isEqualTo(2);
    assertThat(tally.agreement().equalShare()).isEqualTo(0.5);
    assertThat(tally.agreement().sameTop1Share()).isEqualTo(0.5);
  }

  @Test
  void floatsAreEqualWithinHalfAnInt8StepOfTheLargest() {
    AgreementTally tally = new AgreementTally(0, 0);
    // 256 / 256 = 1 is allowed, in both directions and whatever the value.
    tally.add(floats(-256, 0, 10, 10), floats(-255, 1, 11.01, 9));
    assertThat(tally.agreement().equalShare()).isEqualTo(0.75);
    assertThat(tally.agreement().largestDifference()).isEqualTo(1.01, within(1e-6));
    // The next example has its own largest value.
    tally.add(floats(1, 0, 0, 0), floats(1, 0, 0.01, 0));
    assertThat(tally.agreement().equalShare()).isEqualTo(6 / 8.0);
  }

  @Test
  void whatIsNoNumberEqualsNothing() {
    AgreementTally tally = new AgreementTally(0, 0);
    tally.add(floats(1, Float.NaN), floats(1, Float.NaN));
    assertThat(tally.agreement().equalShare()).isEqualTo(0.5);
    assertThat(tally.agreement().largestDifference()).isNaN();
  }

  // ---------------------------------------------------------------- noise

  @Test
  void noiseIsInDecibels() {
    NoiseTally tally = new NoiseTally();
    tally.add(floats(99, 3, 4), 1, floats(3.3, 3.6)); // signal 25, noise 0.09 + 0.16
    assertThat(tally.decibels()).isEqualTo(20, within(1e-5));
    assertThat(tally.noise()).isEqualTo(Math.sqrt(0.25 / 2), within(1e-5));
    tally.add(floats(10, 0), 0, floats(9, 2)); // 125 to 5.25
    assertThat(tally.decibels()).isEqualTo(10 * Math.log10(125 / 5.25), within(1e-5));
  }

  @Test
  void noNoiseIsInfiniteAndNoSignalIsNoNumber() {
    NoiseTally exact = new NoiseTally();
    exact.add(floats(1, 2), 0, floats(1, 2));
    assertThat(exact.decibels()).isEqualTo(Double.POSITIVE_INFINITY);
    NoiseTally silent = new NoiseTally();
    silent.add(floats(0, 0), 0, floats(0, 1));
    assertThat(silent.decibels()).isNaN();
  }

  // ---------------------------------------------------------------- quality

  private static Batch batch(Targets targets) {
    Dataset data = new Dataset(Features.of(new float[targets.size()][1], 1), targets);
    return Batches.of(data, targets.size()).epoch(0).next();
  }

  @Test
  void qualityOfClassesIsAccuracy() {
    Batch batch = batch(Targets.classes(new int[] {2, 0, 1}, 3));
    QualityTally tally = new QualityTally(0, 3);
    tally.add(batch, 0, floats(0, 1, 5), 0, 3); // right
    tally.add(batch, 1, floats(9, 9, 9, 1, 2, 0), 3, 3); // 1, wrong
    tally.add(batch, 2, floats(0, 7, 7), 0, 3); // the first of two, right
    assertThat(tally.mean()).isEqualTo(2 / 3.0);
    assertThat(tally.perExample()).containsExactly(1, 0, 1);
    assertThat(tally.kinds()).isEqualTo(2);
    assertThat(tally.mostCommon()).isEqualTo(1);
    assertThat(tally.share(1)).isEqualTo(2 / 3.0);
  }

  @Test
  void qualityOfNumbersIsTheMeanAbsoluteError() {
    Batch batch = batch(Targets.values(new float[][] {{1, 2}, {-1, 0}}, 2));
    QualityTally tally = new QualityTally(0, 2);
    tally.add(batch, 0, floats(1.5, 2), 0, 2);
    tally.add(batch, 1, floats(8, 8, 1, -1), 2, 2);
    assertThat(tally.mean()).isEqualTo((0.5 + 0 + 2 + 1) / 4);
    assertThat(tally.perExample()).containsExactly(0.25, 1.5);
  }
}
