package dev.detent.runtime.tflite.export;

import dev.detent.runtime.tflite.TfliteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files whole or not at all. */
final class ModelFile {
  private ModelFile() {}

  /**
   * Writes to a file beside it, waits until the disk has it, and renames that.
   *
   * @throws TfliteException if the folder is missing, or the disk is full, or will not be written
   */
  static Path write(Path file, byte[] content) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || Files.isDirectory(absolute)) {
      throw new TfliteException(file + " is a folder; the model needs a file name");
    }
    if (!Files.isDirectory(folder)) {
      throw new TfliteException("cannot write " + file + ": there is no folder " + folder);
    }
    Path temporary =
        folder.resolve("." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      writeThrough(temporary, content);
      move(temporary, absolute);
      return file;
    } catch (IOException e) {
      throw new TfliteException("cannot write " + file + ": " + reason(e), e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  private static void writeThrough(Path path, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }
}
