package dev.detent.runtime.internal.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes files whole or not at all: whatever happens, power cuts included, the file is either as it
 * was before or complete.
 */
public final class AtomicFiles {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String TEMPORARY = ".tmp";

  private AtomicFiles() {}

  /**
   * Writes a file by way of a temporary one beside it, which takes its place at the end. An
   * existing file is replaced.
   *
   * @param file the file; folders on the way to it are made if they are missing
   * @param writer writes the content; the stream is buffered, and closed for it
   * @return the file
   * @throws IOException with a message that says what is wrong with which file, if the folder
   *     cannot be made or may not be written to, the disk is full, or the writer fails; the file is
   *     as it was then, and nothing is left beside it
   */
  public static Path write(Path file, IOConsumer<? super OutputStream> writer) throws IOException {
    Path target = Files.isSymbolicLink(file) ? followed(file) : file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || target.getFileName() == null || Files.isDirectory(target)) {
      throw new IOException(file + " cannot be written: it is a folder");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new IOException(file + " cannot be written: it is no regular file");
    }
    createFolder(file, folder);
    // Unlike a file of Files.createTempFile, this one gets the permissions of any other new file.
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path temporary = folder.resolve("." + target.getFileName() + "." + random + TEMPORARY);
    boolean moved = false;
    boolean isDisks = true;
    try {
      Files.createFile(temporary);
      try (DiskStream disk = new DiskStream(temporary)) {
        // Not closed when the writer fails: nobody wants what is left in it then.
        OutputStream buffered = new BufferedOutputStream(disk, BUFFER_BYTES);
        try {
          writer.accept(buffered);
        } catch (IOException e) {
          isDisks = e == disk.failure;
          throw e;
        }
        buffered.flush();
        disk.getFD().sync();
      }
      move(temporary, target);
      moved = true;
    } catch (IOException e) {
      throw isDisks ? new IOException(file + " cannot be written: " + reason(e, folder), e) : e;
    } finally {
      if (!moved) {
        Files.deleteIfExists(temporary);
      }
    }
    forceFolder(folder);
    return file;
  }

  /**
   * Removes what processes that were killed while they wrote a file have left beside it.
   *
   * @param file that nobody writes now
   * @throws IOException if the folder cannot be read or changed
   */
  public static void removeLeftovers(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    String mark = "." + target.getFileName() + ".";
    try (Stream<Path> content = Files.list(target.getParent())) {
      for (Path each : content.toList()) {
        String name = each.getFileName().toString();
        if (name.startsWith(mark) && name.endsWith(TEMPORARY)) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  private static void createFolder(Path file, Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + " cannot be written: " + e.getFile() + " is not a folder", e);
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be written: the folder %s cannot be made: %s"
              .formatted(file, folder, reason(e, folder)),
          e);
    }
  }

  private static Path followed(Path link) throws IOException {
    return link.toAbsolutePath().resolveSibling(Files.readSymbolicLink(link)).normalize();
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes the new name last; file systems that cannot open folders do so by themselves. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return;
    }
  }

  /** What to tell the user about an exception of the disk. */
  static String reason(IOException e, Path folder) {
    if (e instanceof AccessDeniedException) {
      return "there is no permission to write to " + folder;
    }
    String message =
        e instanceof FileSystemException known && known.getReason() != null
            ? known.getReason()
            : String.valueOf(e.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("not enough space")) {
      return "the disk of " + folder + " is full";
    }
    if (lower.contains("quota")) {
      return "the disk quota at " + folder + " is used up";
    }
    if (lower.contains("read-only")) {
      return folder + " is on a read-only file system";
    }
    return message;
  }

  /**
   * Remembers what the disk has thrown, apart from what the writer throws. A file stream, unlike a
   * channel, is not closed when its thread is interrupted.
   */
  private static final class DiskStream extends FileOutputStream {
    private @Nullable IOException failure;

    DiskStream(Path file) throws IOException {
      super(file.toFile());
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        super.write(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
