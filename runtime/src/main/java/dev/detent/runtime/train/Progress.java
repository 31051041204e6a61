package dev.detent.runtime.train;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * Shows a training: a bar with loss, metrics, speed and time left, or one plain line an epoch. On a
 * narrow terminal what came of an epoch has several lines.
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

  /** Between two facts. */
  private static final String GAP = "  ";

  private static final String BUILDING = "building the graph";

  private final boolean isTerminal;
  private final Style style;
  private final String task;
  private final int epochs;
  private final PrintStream out;
  private @Nullable ProgressBar bar;
  private long lastMessage;

  /** When the first step of an epoch was done, and its examples. */
  private volatile long firstNanos;

  private volatile long firstExamples;

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

  /** Says that operations are being built, until something else is drawn over it. */
  void building() {
    if (style == Style.AUTOMATIC) {
      out.print(task + " " + BUILDING + "\r");
      out.flush();
    }
  }

  void startEpoch(int number, long examples) {
    firstExamples = 0;
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
      long now = System.nanoTime();
      if (firstExamples == 0) {
        firstNanos = now;
        firstExamples = running.examples();
      }
      bar.stepTo(running.examples());
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
    List<String> time = new ArrayList<>();
    time.add(String.format(Locale.ROOT, "%,.0f samples/s", epoch.examplesPerSecond()));
    time.add(duration(epoch.seconds()));
    if (epoch.number() < epochs) {
      time.add(duration(secondsLeft) + " left");
    }
    String head = task + " " + epoch.number() + "/" + epochs;
    List<String> validated =
        epoch.validation() == null ? List.of() : facts("validation ", epoch.validation());
    int columns = isTerminal ? width : Integer.MAX_VALUE;
    say(lines(head, facts("", epoch.training()), validated, time, columns));
  }

  private static List<String> facts(String what, Measures measures) {
    List<String> facts = new ArrayList<>(List.of(measures.toString().split(GAP)));
    facts.set(0, what + facts.get(0));
    return facts;
  }

  /**
   * What came of an epoch: in one line, or where that would wrap, in several, of which those of the
   * validation come last.
   *
   * @param width columns of the terminal, of which the last stays empty
   */
  static String lines(
      String head, List<String> trained, List<String> validated, List<String> time, int width) {
    List<String> all = new ArrayList<>(trained);
    all.addAll(validated);
    all.addAll(time);
    String one = packed(head, all, Integer.MAX_VALUE);
    if (one.length() < width) {
      return one;
    }
    List<String> first = new ArrayList<>(trained);
    first.addAll(time);
    String lines = packed(head, first, width);
    return validated.isEmpty()
        ? lines
        : lines + System.lineSeparator() + packed(" ".repeat(head.length()), validated, width);
  }

  /** As many facts in a line as fit, and at least one. */
  private static String packed(String head, List<String> facts, int width) {
    StringBuilder text = new StringBuilder(head);
    int column = head.length();
    for (String fact : facts) {
      if (column > head.length() && column + GAP.length() + fact.length() >= width) {
        text.append(System.lineSeparator()).append(" ".repeat(head.length()));
        column = head.length();
      }
      text.append(GAP).append(fact);
      column += GAP.length() + fact.length();
    }
    return text.toString();
  }

  /** Until a first step is done TensorFlow prepares it; speed is that of the steps after it. */
  private String bar(ProgressState state, int width) {
    long done = state.getCurrent() - firstExamples;
    double seconds = Math.max(1e-3, (System.nanoTime() - firstNanos) / 1e9);
    double speed = done / seconds;
    boolean isKnown = firstExamples > 0 && done > 0;
    double left = (state.getMax() - state.getCurrent()) / Math.max(speed, 1e-3);
    return bar(
        state.getTaskName(),
        state.getMax() == 0 ? 0 : (double) state.getCurrent() / state.getMax(),
        List.of(
            firstExamples == 0 ? BUILDING : state.getExtraMessage(),
            isKnown ? duration(left) + " left" : "",
            isKnown ? String.format(Locale.ROOT, "%,.0f samples/s", speed) : ""),
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
        tail.append(GAP).append(fact);
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
