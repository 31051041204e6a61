package dev.detent.runtime.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one epoch, in order. Used by one thread; {@link #close()} it when it is not walked
 * to its end.
 */
public final class BatchIterator implements Iterator<Batch>, AutoCloseable {
  private static final long IDLE_SECONDS = 5;

  private final Batches batches;
  private final int epoch;
  private final Batches.Order order;
  private final int end;
  private final @Nullable ThreadPoolExecutor workers;
  private final Deque<Future<Batches.Buffer>> pending = new ArrayDeque<>();
  private final List<Batches.Buffer> owned = new ArrayList<>();
  private int submitted;
  private int next;
  private Batches.@Nullable Buffer current;
  private boolean closed;

  BatchIterator(Batches batches, int epoch, int first) {
    this.batches = batches;
    this.epoch = epoch;
    this.order = batches.order(epoch, first);
    this.end = batches.count();
    this.next = first;
    this.submitted = first;
    if (batches.prefetch() == 0) {
      workers = null;
      return;
    }
    workers =
        new ThreadPoolExecutor(
            batches.threads(),
            batches.threads(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "detent-batches");
              thread.setDaemon(true);
              return thread;
            });
    // Threads end by themselves even when this iterator is abandoned.
    workers.allowCoreThreadTimeOut(true);
    for (int i = 0; i < batches.prefetch(); i++) {
      submit(workers, acquire());
    }
  }

  /** Has the next batch that nobody works on read ahead into this buffer, if one is left. */
  private void submit(ExecutorService workers, Batches.Buffer buffer) {
    if (submitted < end) {
      int number = submitted++;
      pending.add(workers.submit(() -> batches.fill(buffer, order, epoch, number)));
    }
  }

  private Batches.Buffer acquire() {
    Batches.Buffer buffer = batches.acquire();
    owned.add(buffer);
    return buffer;
  }

  @Override
  public boolean hasNext() {
    boolean more = !closed && next < end;
    if (!more) {
      close();
    }
    return more;
  }

  /**
   * Returns the next batch, and takes the one before it back.
   *
   * @return the batch, valid until the next call of {@code hasNext} that answers false, {@code
   *     next} or {@code close}
   * @throws DataException if one of its examples cannot be read; the iterator is closed then
   */
  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("epoch " + epoch + " is over");
    }
    boolean complete = false;
    try {
      Batches.Buffer buffer = current != null ? current : acquire();
      if (workers == null) {
        batches.fill(buffer, order, epoch, next);
      } else {
        submit(workers, buffer);
        buffer = pending.remove().get();
      }
      current = buffer;
      next++;
      complete = true;
      return buffer.batch();
    } catch (ExecutionException e) {
      throw rethrow(Objects.requireNonNullElse(e.getCause(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("interrupted while batch " + next + " was being read", e);
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  /** What a worker threw becomes the cause, which keeps both stack traces. */
  private static RuntimeException rethrow(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new DataException(String.valueOf(thrown.getMessage()), thrown);
  }

  /**
   * Stops reading ahead and waits until the workers have let go of their buffers. Closing twice
   * does nothing.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    current = null;
    if (workers != null) {
      stop(workers);
    }
    owned.forEach(batches::release);
    owned.clear();
  }

  /** A buffer must not be handed on while a worker writes to it. */
  private void stop(ExecutorService workers) {
    pending.forEach(future -> future.cancel(false));
    pending.clear();
    workers.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = workers.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
