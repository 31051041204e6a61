package dev.detent.runtime.internal.io;

import java.io.IOException;

/**
 * Takes something and may fail as input and output do.
 *
 * @param <T> what it takes
 */
@FunctionalInterface
public interface IOConsumer<T> {

  /**
   * Takes it.
   *
   * @param value what it takes
   * @throws IOException if reading or writing fails
   */
  void accept(T value) throws IOException;
}
