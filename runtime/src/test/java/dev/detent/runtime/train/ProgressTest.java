package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bar of a training: one line, whatever the terminal's width. */
class ProgressTest {
  private static final List<String> FACTS =
      List.of("loss 0.1234  accuracy 0.9876", "3.1 s left", "12,345 samples/s");

  @Test
  void everythingIsShownWhereThereIsRoom() {
    assertThat(Progress.bar("float 2/5", 0.45, FACTS, 120))
        .isEqualTo(
            "float 2/5  45% [=============>                ]  loss 0.1234  accuracy 0.9876"
                + "  3.1 s left  12,345 samples/s");
  }

  @Test
  void eightyColumnsHaveABarAndWhatComesFirst() {
    assertThat(Progress.bar("float 2/5", 0.45, FACTS, 80))
        .isEqualTo(
            "float 2/5  45% [=========>          ]  loss 0.1234  accuracy 0.9876  3.1 s left");
    assertThat(Progress.bar("float 2/5", 1, FACTS, 60))
        .isEqualTo("float 2/5 100% [============]  loss 0.1234  accuracy 0.9876");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 40, 79, 80, 81, 100, 120, 200})
  void noLineIsAsWideAsTheTerminal(int width) {
    for (double share = 0; share <= 1; share += 0.125) {
      assertThat(Progress.bar("float 12/50", share, FACTS, width)).hasSizeLessThan(width);
    }
  }

  private static final List<String> TRAINED = List.of("loss 0.2356", "accuracy 0.9292");
  private static final List<String> VALIDATED =
      List.of("validation loss 0.7259", "accuracy 0.7330");
  private static final List<String> TIME = List.of("3,245 samples/s", "2.8 s", "2.8 s left");

  @Test
  void anEpochHasTwoLinesWhereOneWouldWrap() {
    assertThat(Progress.lines("float 1/2", TRAINED, VALIDATED, TIME, 120))
        .isEqualTo(
            "float 1/2  loss 0.2356  accuracy 0.9292  validation loss 0.7259  accuracy 0.7330"
                + "  3,245 samples/s  2.8 s  2.8 s left");
    assertThat(Progress.lines("float 1/2", TRAINED, VALIDATED, TIME, 80).lines())
        .containsExactly(
            "float 1/2  loss 0.2356  accuracy 0.9292  3,245 samples/s  2.8 s  2.8 s left",
            "           validation loss 0.7259  accuracy 0.7330");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 79, 80, 81, 100, 120})
  void noLineOfAnEpochIsAsWideAsTheTerminal(int width) {
    assertThat(Progress.lines("float 1/2", TRAINED, VALIDATED, TIME, width).lines())
        .allMatch(line -> line.length() < width);
    assertThat(Progress.lines("float 1/2", TRAINED, List.of(), TIME, width).lines())
        .allMatch(line -> line.length() < width);
  }
}
