package dev.detent.runtime.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a file for one user at a time, in this process or any other: a locked file beside it, which
 * the operating system lets go of when the process ends, however it ends.
 */
public final class ExclusiveUse implements AutoCloseable {
  /** Of this process, which its own locks do not keep out. */
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path lock;
  private final FileChannel channel;

  private ExclusiveUse(Path lock, FileChannel channel) {
    this.lock = lock;
    this.channel = channel;
  }

  /**
   * Takes a file, which need not exist; its folder is made if it is missing.
   *
   * @throws IOException with a message that says who has it, or why nobody can have it
   */
  public static ExclusiveUse of(Path file) throws IOException {
    Path target = file.toAbsolutePath().normalize();
    Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
    Path folder = Objects.requireNonNullElse(target.getParent(), target);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IOException(
          file + " cannot be used: " + AtomicFiles.reason(e, folder) + ", for " + folder, e);
    }
    if (!TAKEN.add(lock)) {
      throw taken(file, "another training in this process");
    }
    // A channel is closed, and its lock lost, where its thread has been interrupted.
    boolean isInterrupted = Thread.interrupted();
    FileChannel channel = null;
    try {
      channel = locked(lock);
      if (channel == null) {
        String holder = Files.readString(lock).strip();
        throw taken(file, holder.isEmpty() ? "another process" : "process " + holder);
      }
      return new ExclusiveUse(lock, channel);
    } catch (java.nio.file.FileSystemException e) {
      throw new IOException(file + " cannot be used: " + AtomicFiles.reason(e, folder), e);
    } finally {
      if (channel == null) {
        TAKEN.remove(lock);
      }
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException taken(Path file, String holder) {
    return new IOException(
        file + " is in use by " + holder + "; wait until that has ended, or choose another folder");
  }

  /** The lock's file, or null where another process has it. */
  private static @Nullable FileChannel locked(Path lock) throws IOException {
    while (true) {
      FileChannel opened =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean isKept = false;
      try {
        if (opened.tryLock() == null) {
          return null;
        }
        // Whoever had it may have removed it between our opening and our locking.
        if (Files.exists(lock)) {
          String process = String.valueOf(ProcessHandle.current().pid());
          opened.truncate(0);
          opened.write(ByteBuffer.wrap(process.getBytes(StandardCharsets.US_ASCII)));
          isKept = true;
          return opened;
        }
      } finally {
        if (!isKept) {
          opened.close();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (FileChannel held = channel) {
      if (held.isOpen()) {
        Files.deleteIfExists(lock);
      }
    } finally {
      TAKEN.remove(lock);
    }
  }
}
