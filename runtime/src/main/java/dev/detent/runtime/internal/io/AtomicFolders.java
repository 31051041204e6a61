package dev.detent.runtime.internal.io;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Writes several files whole or not at all, as {@link AtomicFiles} does one. */
public final class AtomicFolders {
  private AtomicFolders() {}

  /**
   * Fills a temporary folder beside the wanted one, which takes its place at the end.
   *
   * @param folder may exist if it is empty or has the {@code mark}; it is replaced then
   * @param mark a file by which a folder of the same kind is known
   * @param writer fills the folder that it is given
   * @return {@code folder}
   * @throws IOException with a message that says what is wrong; the folder is as it was then, and
   *     nothing is left beside it
   */
  public static Path write(Path folder, String mark, IOConsumer<? super Path> writer)
      throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (parent == null) {
      throw new IOException(folder + " cannot be written: it is the root of the file system");
    }
    requireReplaceable(folder, target, mark);
    inTemporary(
        folder,
        parent,
        temporary -> {
          Path made = temporary.resolve("new");
          Files.createDirectory(made);
          writer.accept(made);
          force(made);
          swap(made, target, temporary.resolve("old"));
        });
    return folder;
  }

  /**
   * Writes files that belong together. The last one is that without which the others do not count:
   * if it exists, it is removed first and put in its place last, so that at no time it stands
   * beside files of another writing.
   *
   * @param folder where to, made if it is missing
   * @param names of the files
   * @param writer writes them into the folder that it is given
   * @throws IOException with a message that says what is wrong; unless the power failed, the files
   *     are as they were then
   */
  public static void writeFiles(Path folder, List<String> names, IOConsumer<? super Path> writer)
      throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    String last = names.get(names.size() - 1);
    for (String name : names) {
      if (Files.isDirectory(target.resolve(name))) {
        throw new IOException(target.resolve(name) + " cannot be written: it is a folder");
      }
    }
    inTemporary(
        target.resolve(last),
        target,
        temporary -> {
          writer.accept(temporary);
          force(temporary);
          Files.deleteIfExists(target.resolve(last));
          for (String name : names) {
            Files.move(
                temporary.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
          }
        });
  }

  /** Runs a writer on a hidden folder in another, and removes what is left of it. */
  private static void inTemporary(Path named, Path parent, IOConsumer<? super Path> writer)
      throws IOException {
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path temporary = parent.resolve("." + named.getFileName() + "." + random + ".tmp");
    try {
      Files.createDirectories(temporary);
    } catch (IOException e) {
      throw new IOException(named + " cannot be written: " + reason(e, parent), e);
    }
    try {
      writer.accept(temporary);
    } catch (IOException e) {
      throw new IOException(named + " cannot be written: " + AtomicFiles.reason(e, parent), e);
    } finally {
      delete(temporary);
    }
  }

  /** Why a folder cannot be made in another. */
  private static String reason(IOException e, Path parent) {
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is not a folder";
    }
    return Files.exists(parent) && !Files.isDirectory(parent)
        ? parent + " is not a folder"
        : AtomicFiles.reason(e, parent);
  }

  /** Brings everything in a folder to the disk. */
  private static void force(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        // Unlike a channel, not closed when the thread is interrupted.
        try (FileOutputStream disk = new FileOutputStream(file.toFile(), true)) {
          disk.getFD().sync();
        }
      }
    }
  }

  private static void requireReplaceable(Path folder, Path target, String mark) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " cannot be written: a file is in its place");
    }
    try (Stream<Path> content = Files.list(target)) {
      if (content.findAny().isPresent() && !Files.isRegularFile(target.resolve(mark))) {
        throw new IOException(
            ("%s cannot be written: there is a folder with other files (no %s); choose another one"
                    + " or empty it")
                .formatted(folder, mark));
      }
    }
  }

  /** Puts the new folder in the old one's place, and the old one back if that fails. */
  private static void swap(Path temporary, Path target, Path old) throws IOException {
    boolean replaces = Files.exists(target);
    if (replaces) {
      Files.move(target, old);
    }
    try {
      Files.move(temporary, target);
    } catch (IOException e) {
      if (replaces) {
        Files.move(old, target);
      }
      throw e;
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
