package dev.detent.runtime.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The callbacks that come with Detent: Keras's, by its names where these say what they do. */
public final class Callbacks {
  /** Keras's least improvement of {@link #reduceOnPlateau}: {@value}. */
  public static final double PLATEAU_DELTA = 1e-4;

  private Callbacks() {}

  /**
   * Stops when a figure has not improved for {@code patience} epochs. The model is left as the last
   * epoch made it; {@link #bestWeights} beside this takes it back to the best one.
   *
   * @throws IllegalArgumentException if {@code patience} is less than 1
   */
  public static Callback earlyStopping(Monitor monitor, int patience) {
    return earlyStopping(monitor, patience, 0);
  }

  /**
   * The same with a least improvement that counts.
   *
   * @throws IllegalArgumentException if {@code patience} is less than 1 or {@code minDelta}
   *     negative
   */
  public static Callback earlyStopping(Monitor monitor, int patience, double minDelta) {
    return new EarlyStopping(new Watch(monitor, patience, minDelta));
  }

  /** Ends with the weights, statistics and ranges of the best epoch, the first of equal ones. */
  public static Callback bestWeights(Monitor monitor) {
    return new BestWeights(new Watch(monitor, 1, 0), null);
  }

  /**
   * Saves the model after each epoch that is better than all before, as {@code ModelCheckpoint} of
   * Keras with {@code save_best_only}.
   *
   * @param file replaced as a whole
   */
  public static Callback saveBest(Monitor monitor, Path file) {
    return new BestWeights(new Watch(monitor, 1, 0), file);
  }

  /**
   * Multiplies the learning rate by {@code factor} when a figure has not improved by {@value
   * #PLATEAU_DELTA} for {@code patience} epochs. The schedule goes on beside it: {@code
   * schedule(Schedule.constant())} leaves the rate to this alone.
   *
   * @throws IllegalArgumentException if {@code factor} is not in (0, 1) or {@code patience} less
   *     than 1
   */
  public static Callback reduceOnPlateau(Monitor monitor, double factor, int patience) {
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException("factor " + factor + "; it must be between 0 and 1");
    }
    return new ReduceOnPlateau(new Watch(monitor, patience, PLATEAU_DELTA), factor);
  }

  /**
   * Writes a row for each epoch: its number, learning rate, seconds, and all measures.
   *
   * @param file replaced when a training begins; whole after every epoch
   */
  public static Callback csvLog(Path file) {
    return new CsvLog(file);
  }

  /**
   * Writes event files for TensorBoard: the measures, the learning rate and the ends of each range
   * as scalars, and each weight as a histogram, all by epoch. Training and validation are two runs,
   * in the folders {@code train} and {@code validation}, as Keras's.
   *
   * @param folder one for each training, as fine-tuning is another
   */
  public static Callback tensorBoard(Path folder) {
    return new TensorBoardLog(folder);
  }

  /** Follows a figure: how good it has been, and for how long it has not become better. */
  private static final class Watch {
    private final Monitor monitor;
    private final int patience;
    private final double delta;
    private double best;
    private int bestEpoch;
    private int waited;

    Watch(Monitor monitor, int patience, double delta) {
      if (patience < 1) {
        throw new IllegalArgumentException("patience " + patience + "; it must be at least 1");
      }
      if (!(delta >= 0)) {
        throw new IllegalArgumentException(
            "least improvement " + delta + "; it must not be negative");
      }
      this.monitor = monitor;
      this.patience = patience;
      this.delta = delta;
      reset();
    }

    void reset() {
      best = monitor.worst();
      bestEpoch = 0;
      waited = 0;
    }

    /** Whether an epoch is better than all before. */
    boolean improves(Epoch epoch) {
      double value = monitor.of(epoch);
      if (!monitor.isBetter(value, best, delta)) {
        waited++;
        return false;
      }
      best = value;
      bestEpoch = epoch.number();
      waited = 0;
      return true;
    }

    boolean isOut() {
      return waited >= patience;
    }

    @Override
    public String toString() {
      return monitor + ", patience " + patience + ", least improvement " + delta;
    }
  }

  private record EarlyStopping(Watch watch) implements Callback {
    @Override
    public List<Monitor> watches() {
      return List.of(watch.monitor);
    }

    @Override
    public void onTrainBegin(TrainingRun run) {
      watch.reset();
    }

    @Override
    public void onEpochEnd(TrainingRun run, Epoch epoch) {
      if (!watch.improves(epoch) && watch.isOut()) {
        run.stop(
            String.format(
                Locale.ROOT,
                "%s has not improved since epoch %d, where it was %.4g",
                watch.monitor,
                watch.bestEpoch,
                watch.best));
      }
    }
  }

  /** Keeps the best weights in the model, or in a file. */
  private record BestWeights(Watch watch, @Nullable Path file) implements Callback {
    @Override
    public List<Monitor> watches() {
      return List.of(watch.monitor);
    }

    private String name() {
      return "best_" + watch.monitor.toString().replaceAll("[^A-Za-z0-9]", "_");
    }

    @Override
    public List<String> keeps() {
      return file == null ? List.of(name()) : List.of();
    }

    @Override
    public void onTrainBegin(TrainingRun run) {
      watch.reset();
    }

    @Override
    public void onEpochEnd(TrainingRun run, Epoch epoch) {
      if (watch.improves(epoch) && !run.isResuming()) {
        if (file != null) {
          run.save(file);
        } else {
          run.keepWeights(name());
        }
      }
    }

    @Override
    public void onTrainEnd(TrainingRun run) {
      if (file == null && watch.bestEpoch > 0 && watch.bestEpoch < run.history().epochs().size()) {
        run.restoreWeights(name());
        run.say("the weights are those of epoch " + watch.bestEpoch + ", the best");
      }
    }
  }

  private record ReduceOnPlateau(Watch watch, double factor) implements Callback {
    @Override
    public List<Monitor> watches() {
      return List.of(watch.monitor);
    }

    @Override
    public void onTrainBegin(TrainingRun run) {
      watch.reset();
    }

    @Override
    public void onEpochEnd(TrainingRun run, Epoch epoch) {
      if (!watch.improves(epoch) && watch.isOut()) {
        watch.waited = 0;
        run.learningRateFactor(run.learningRateFactor() * factor);
        if (!run.isResuming()) {
          run.say(
              String.format(
                  Locale.ROOT,
                  "%s has not improved; the learning rate is %.3g times the scheduled one now",
                  watch.monitor,
                  run.learningRateFactor()));
        }
      }
    }
  }
}
