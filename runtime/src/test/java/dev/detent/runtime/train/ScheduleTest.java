package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The factors of the learning rate at chosen steps. */
class ScheduleTest {

  private static void assertFactors(Schedule schedule, double... at0And25And50And75And100) {
    for (int i = 0; i < 5; i++) {
      assertThat(schedule.factor(25L * i, 100))
          .as("step %d", 25 * i)
          .isCloseTo(at0And25And50And75And100[i], within(1e-12));
    }
  }

  @Test
  void factors() {
    double root = Math.sqrt(0.5);
    assertFactors(Schedule.constant(), 1, 1, 1, 1, 1);
    assertFactors(Schedule.cosine(), 1, (1 + root) / 2, 0.5, (1 - root) / 2, 0);
    assertFactors(Schedule.linear(0.2), 1, 0.8, 0.6, 0.4, 0.2);
    assertFactors(Schedule.exponential(0.25, 50), 1, 0.5, 0.25, 0.125, 0.0625);
    assertFactors(Schedule.steps(0.1, 0.5, 0.75), 1, 1, 0.1, 0.01, 0.01);
  }

  @Test
  void warmUpRisesAndThenTheScheduleBegins() {
    Schedule schedule = Schedule.linear(0).after(20);
    assertThat(schedule.factor(0, 100)).isEqualTo(0.05);
    assertThat(schedule.factor(9, 100)).isEqualTo(0.5);
    assertThat(schedule.factor(19, 100)).isEqualTo(1);
    assertThat(schedule.factor(20, 100)).isEqualTo(1);
    assertThat(schedule.factor(60, 100)).isEqualTo(0.5);
    assertThat(schedule.factor(3, 4)).isEqualTo(0.2); // longer than the training
  }
}
