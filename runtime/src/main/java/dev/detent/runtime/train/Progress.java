package dev.detent.runtime.train;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * Shows a training: a bar with loss, metrics, speed and time left, or one plain line an epoch. On a
 * narrow terminal what came of an epoch has two lines.
 */
public final class Progress {

  /** Where it goes. */
  public enum Style {
    /** A bar on a terminal that can draw one, plain lines elsewhere. */
    AUTOMATIC,
    /** One line an epoch. */
    PLAIN,
    /** Nothing. */
    SILENT
  }

  private static final int UPDATE_MILLIS = 200;

  /** Cells of a bar: so few tell something still, and more tell no more. */
  private static final int FEWEST_CELLS = 10;

  private static final int MOST_CELLS = 30;
  private static final int USUAL_WIDTH = 80;

  private final boolean isTerminal;
  private final Style style;
  private final String task;
  private final int epochs;
  private final PrintStream out;
  private @Nullable ProgressBar bar;
  private long lastMessage;

  /** The terminal's columns, known when a bar was drawn. */
  private volatile int width = USUAL_WIDTH;

  Progress(Style style, String task, int epochs, PrintStream out) {
    isTerminal = System.console() != null && System.getenv("CI") == null;
    boolean drawsBars = isTerminal && out == System.out && !"dumb".equals(System.getenv("TERM"));
    this.style = style == Style.AUTOMATIC && !drawsBars ? Style.PLAIN : style;
    this.task = task;
    this.epochs = epochs;
    this.out = out;
  }

  void say(String line) {
    if (style != Style.SILENT) {
      out.println(line);
    }
  }

  void startEpoch(int number, long examples) {
    if (style == Style.AUTOMATIC) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task + " " + number + "/" + epochs)
              .setInitialMax(examples)
              .setUpdateIntervalMillis(UPDATE_MILLIS)
              .setRenderer(
                  (state, columns) -> {
                    width = columns;
                    return bar(state, columns);
                  })
              .clearDisplayOnFinish()
              .build();
    }
  }

  void step(Measures running) {
    if (bar != null) {
      bar.stepTo(running.examples());
      long now = System.nanoTime();
      if (now - lastMessage > UPDATE_MILLIS * 1_000_000L) {
        lastMessage = now;
        bar.setExtraMessage(running.toString());
      }
    }
  }

  void stopEpoch() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  void endEpoch(Epoch epoch, double secondsLeft) {
    stopEpoch();
    String head = task + " " + epoch.number() + "/" + epochs + "  ";
    String trained = epoch.training().toString();
    String time =
        String.format(
            Locale.ROOT,
            "  %,.0f samples/s  %s%s",
            epoch.examplesPerSecond(),
            duration(epoch.seconds()),
            epoch.number() < epochs ? "  " + duration(secondsLeft) + " left" : "");
    String validated = epoch.validation() == null ? "" : "  validation " + epoch.validation();
    say(line(head, trained, validated, time, isTerminal ? width : Integer.MAX_VALUE));
  }

  /**
   * What came of an epoch, in one line; in two where it would wrap.
   *
   * @param width columns of the terminal, of which the last stays empty
   */
  static String line(String head, String trained, String validated, String time, int width) {
    String one = head + trained + validated + time;
    return one.length() < width || validated.isEmpty()
        ? one
        : head
            + trained
            + time
            + System.lineSeparator()
            + " ".repeat(head.length())
            + validated.strip();
  }

  private static String bar(ProgressState state, int width) {
    double seconds = Math.max(1e-3, state.getElapsedAfterStart().toMillis() / 1e3);
    double speed = state.getCurrent() / seconds;
    double left = (state.getMax() - state.getCurrent()) / Math.max(speed, 1e-3);
    return bar(
        state.getTaskName(),
        state.getMax() == 0 ? 0 : (double) state.getCurrent() / state.getMax(),
        List.of(
            state.getExtraMessage(),
            state.getCurrent() == 0 ? "" : duration(left) + " left",
            String.format(Locale.ROOT, "%,.0f samples/s", speed)),
        width);
  }

  /**
   * One line that never wraps: {@code float 2/5 45% [=====> ] loss 0.1234 3.1 s left}. What finds
   * no room beside a bar of some cells is left out, the last first.
   *
   * @param share that is done, 0 to 1
   * @param facts those that come first stay longest
   * @param width columns of the terminal, of which the last stays empty
   */
  static String bar(String task, double share, List<String> facts, int width) {
    String head = String.format(Locale.ROOT, "%s %3d%% ", task, (int) (100 * share));
    StringBuilder tail = new StringBuilder();
    int room = width - 1 - head.length() - 2;
    for (String fact : facts) {
      if (!fact.isEmpty() && room - tail.length() - 2 - fact.length() >= FEWEST_CELLS) {
        tail.append("  ").append(fact);
      }
    }
    int cells = Math.min(MOST_CELLS, room - tail.length());
    if (cells < 1) {
      return head.substring(0, Math.max(0, Math.min(head.length(), width - 1)));
    }
    int full = (int) (share * cells);
    String end = full < cells ? ">" + " ".repeat(cells - full - 1) : "";
    return head + "[" + "=".repeat(full) + end + "]" + tail;
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
  }
}
