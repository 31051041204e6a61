package dev.detent.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who may work with a model now: what only reads it may run any number of times at once, what
 * changes it runs alone.
 *
 * <p>Readers share one TensorFlow session and take turns batch by batch, with the lock of {@link
 * dev.detent.runtime.internal.graph.ModelGraph}. A session for each thread was measured, too: 8
 * threads on 2 cores predict 1.1 times as often with a network of 60,000 weights and twice as often
 * with one of 6,000, where a single prediction takes 0.3 ms. It was left out for its copies of all
 * weights, which each change would have to bring up to date; a deployed model runs as a {@code
 * .tflite}.
 */
final class Turns {

  /** How an operation gets on with others. */
  enum Kind {
    /** Beside any other that reads; and within any other of the same thread. */
    READS,
    /** Alone, or within another of the same thread. */
    SWITCHES,
    /** Alone. */
    CHANGES
  }

  private record Turn(String operation, Kind kind, Thread thread) {}

  private final String model;
  private final Runnable idle;
  private final List<Turn> running = new ArrayList<>();
  private boolean isClosed;

  /**
   * Nothing runs.
   *
   * @param model its name
   * @param idle what is done whenever nothing runs any more
   */
  Turns(String model, Runnable idle) {
    this.model = model;
    this.idle = idle;
  }

  /**
   * Does some work, if nothing runs that it cannot run beside.
   *
   * @param operation the method's name
   * @throws IllegalStateException if such a thing runs, or the model is closed
   */
  <T> T take(String operation, Kind kind, Supplier<T> work) {
    Turn turn = begin(operation, kind);
    try {
      return work.get();
    } finally {
      end(turn);
    }
  }

  private synchronized Turn begin(String operation, Kind kind) {
    if (isClosed) {
      throw new IllegalStateException(
          operation + " is called, but " + model + " is closed; create the model anew");
    }
    Turn turn = new Turn(operation, kind, Thread.currentThread());
    for (Turn other : running) {
      boolean isWithin = other.thread == turn.thread;
      if (isWithin && kind == Kind.CHANGES) {
        throw new IllegalStateException(
            "%s is called from within %s of the same %s; call it when that has returned"
                .formatted(operation, other.operation, model));
      }
      if (!isWithin && (kind != Kind.READS || other.kind != Kind.READS)) {
        throw new IllegalStateException(
            ("%s of %s is running in thread '%s', so %s cannot start in thread '%s'; wait for it,"
                    + " or give each thread a model of its own")
                .formatted(
                    other.operation,
                    model,
                    other.thread.getName(),
                    operation,
                    turn.thread.getName()));
      }
    }
    running.add(turn);
    return turn;
  }

  private synchronized void end(Turn turn) {
    running.removeIf(each -> each == turn);
    notifyAll();
    if (running.isEmpty() && !isClosed) {
      idle.run();
    }
  }

  /**
   * Waits for all that runs, and lets nothing start any more. Closing twice does nothing.
   *
   * @param release what is done then
   * @throws IllegalStateException if it is called from within an operation of the same thread
   */
  synchronized void close(Runnable release) {
    Thread current = Thread.currentThread();
    for (Turn turn : running) {
      if (turn.thread == current) {
        throw new IllegalStateException(
            "close is called from within %s of the same %s; call it when that has returned"
                .formatted(turn.operation, model));
      }
    }
    boolean isFirst = !isClosed;
    isClosed = true;
    boolean isInterrupted = false;
    while (!running.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        isInterrupted = true; // the native parts must not go before those who use them
      }
    }
    if (isInterrupted) {
      current.interrupt();
    }
    if (isFirst) {
      release.run();
    }
  }
}
