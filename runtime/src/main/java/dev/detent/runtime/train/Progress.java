package dev.detent.runtime.train;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a training: a bar with loss, metrics, speed and time left, or one plain line an epoch. */
public final class Progress {

  /** Where it goes. */
  public enum Style {
    /** A bar on a terminal, plain lines elsewhere. */
    AUTOMATIC,
    /** One line an epoch. */
    PLAIN,
    /** Nothing. */
    SILENT
  }

  private static final int UPDATE_MILLIS = 200;

  private final Style style;
  private final String task;
  private final int epochs;
  private final PrintStream out;
  private ProgressBar bar;
  private long lastMessage;

  Progress(Style style, String task, int epochs, PrintStream out) {
    boolean terminal = System.console() != null && System.getenv("CI") == null;
    this.style = style == Style.AUTOMATIC && !terminal ? Style.PLAIN : style;
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
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
              .setUnit(" samples", 1)
              .showSpeed()
              .clearDisplayOnFinish()
              .build();
    }
  }

  void step(long done, double loss, Map<String, Double> metrics) {
    if (bar != null) {
      bar.stepTo(done);
      long now = System.nanoTime();
      if (now - lastMessage > UPDATE_MILLIS * 1_000_000L) {
        lastMessage = now;
        bar.setExtraMessage(format(loss, metrics));
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
    StringBuilder line = new StringBuilder();
    line.append(task).append(' ').append(epoch.number()).append('/').append(epochs);
    line.append("  ").append(format(epoch.training().loss(), epoch.training().metrics()));
    if (epoch.validation() != null) {
      line.append("  validation ")
          .append(format(epoch.validation().loss(), epoch.validation().metrics()));
    }
    line.append(
        String.format(
            Locale.ROOT,
            "  %,.0f samples/s  %s",
            epoch.examplesPerSecond(),
            duration(epoch.seconds())));
    if (epoch.number() < epochs) {
      line.append("  ").append(duration(secondsLeft)).append(" left");
    }
    say(line.toString());
  }

  private static String format(double loss, Map<String, Double> metrics) {
    String text = String.format(Locale.ROOT, "loss %.4f", loss);
    return metrics.isEmpty()
        ? text
        : text
            + "  "
            + metrics.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey(), e.getValue()))
                .collect(Collectors.joining("  "));
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
  }
}
