package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {

  /** Steps of two channels, 10 * step and 10 * step + 1, which are of these classes. */
  private static Dataset series(int... classes) {
    float[] values = new float[2 * classes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = 10 * (i / 2) + i % 2;
    }
    return new Dataset(
        Features.of(values, 2), Targets.classes(classes, List.of("rest", "walk", "run")));
  }

  private static float[] example(Features features, int index) {
    float[] values = new float[features.elements()];
    features.read(index, values, 0);
    return values;
  }

  @Test
  void windowsBeginEachHopAndHaveTheirLastStepsTarget() {
    Dataset windows = Windows.of(3, 2).over(series(0, 0, 1, 1, 2, 2));
    assertThat(windows.size()).isEqualTo(2);
    assertThat(windows.features().shape()).containsExactly(3, 2);
    assertThat(example(windows.features(), 1)).containsExactly(20, 21, 30, 31, 40, 41);
    assertThat(windows.labels().classAt(0)).isEqualTo(1);
    assertThat(windows.labels().classAt(1)).isEqualTo(2);
    assertThat(windows.labels().classNames()).containsExactly("rest", "walk", "run");
    float[] hot = new float[3];
    windows.labels().read(1, hot, 0);
    assertThat(hot).containsExactly(0, 0, 1);
  }

  @Test
  void theClassOfMostStepsCanBeTheWindows() {
    Dataset windows = Windows.of(4, 1).label(Windows.Label.MAJORITY).over(series(2, 2, 1, 1, 1));
    assertThat(windows.labels().classAt(0)).isEqualTo(1);
    assertThat(windows.labels().classAt(1)).isEqualTo(1);
    int[] into = new int[1];
    windows.take(1).labels().readClasses(0, into, 0);
    assertThat(into).containsExactly(1);
  }

  @Test
  void forecastsHaveATargetFurtherOn() {
    float[] values = {0, 1, 2, 3, 4, 5};
    Dataset steps = new Dataset(Features.of(values, 1), Targets.values(values));
    Dataset windows = Windows.of(2, 1).ahead(3).over(steps);
    assertThat(windows.size()).isEqualTo(2);
    float[] target = new float[1];
    windows.labels().read(1, target, 0);
    assertThat(example(windows.features(), 1)).containsExactly(1, 2);
    assertThat(target[0]).isEqualTo(5);
  }

  @Test
  void noWindowReachesIntoAnotherSeries() {
    Dataset windows = Windows.of(3, 1).over(series(0, 0, 0, 0), series(1, 1, 1));
    assertThat(windows.size()).isEqualTo(3);
    assertThat(example(windows.features(), 2)).containsExactly(0, 1, 10, 11, 20, 21);
    assertThat(windows.labels().classAt(2)).isEqualTo(1);
    assertThat(windows.features().name(2)).isEqualTo("the window of series 1 from step 0");
  }

  @Test
  void bytesStayBytesWithTheirScale() {
    Features bytes = Features.bytes(new byte[] {1, 2, (byte) 200}, 1).scaled(0.5f);
    Features windows = Windows.of(2, 1).over(bytes);
    byte[] into = new byte[2];
    windows.read(1, into, 0);
    assertThat(into).containsExactly(2, (byte) 200);
    assertThat(windows.scale()).isEqualTo(0.5f);
    assertThat(example(windows, 1)).containsExactly(1, 100);
  }

  @Test
  void whatCannotBeIsRefused() {
    Windows windows = Windows.of(4, 1);
    assertThatThrownBy(() -> windows.over(series(0, 0, 0, 0), series(1, 1)))
        .isInstanceOf(DataException.class)
        .hasMessage("series 1 has 2 steps; a window takes 4");
    assertThatThrownBy(() -> windows.ahead(2).over(series(0, 0, 0, 0)))
        .hasMessage("series 0 has 4 steps; a window takes 4 and its target 2 more");
    assertThatThrownBy(() -> windows.over(new Features[0])).isInstanceOf(DataException.class);
    Dataset four = new Dataset(Features.of(new float[16], 4), series(0, 0, 0, 0).labels());
    assertThatThrownBy(() -> windows.over(series(0, 0, 0, 0), four))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("all need one shape");
    assertThatThrownBy(() -> windows.label(Windows.Label.MAJORITY).ahead(1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Windows.of(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
