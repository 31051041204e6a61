package dev.detent.runtime.data;

import dev.detent.runtime.internal.io.BoundedReads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Files in a folder or a zip, by their names with slashes. Readable from several threads. */
abstract sealed class ImageSource {
  final Path path;

  private ImageSource(Path path) {
    this.path = path;
  }

  static ImageSource open(Path path) {
    if (Files.isDirectory(path)) {
      return new Folder(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          path + (Files.exists(path) ? " is neither a folder nor a zip" : " does not exist"));
    }
    try {
      return new Zip(path);
    } catch (ZipException e) {
      throw new DataException(path + " is not a zip, or a truncated one: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DataException(path + " cannot be read: " + e, e);
    }
  }

  /** The names of all files, and of folders with a slash at the end, in no particular order. */
  abstract List<String> names();

  abstract byte[] bytes(String name) throws IOException;

  /** The content of one file. */
  final byte[] read(String name) {
    try {
      return bytes(name);
    } catch (IOException | UncheckedIOException e) {
      boolean isTold = e.getClass() == IOException.class || e instanceof ZipException;
      throw new DataException(
          describe(name) + " cannot be read: " + (isTold ? e.getMessage() : e.toString()), e);
    }
  }

  /** Whether neither a file nor a folder around it is hidden, or one of macOS's own. */
  static boolean isVisible(String name) {
    return Stream.of(name.split("/"))
        .noneMatch(part -> part.startsWith(".") || part.equals("__MACOSX"));
  }

  /** How messages call one file. */
  final String describe(String name) {
    return path + ": " + name;
  }

  private static final class Folder extends ImageSource {
    Folder(Path folder) {
      super(folder);
    }

    @Override
    List<String> names() {
      try (Stream<Path> files = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
        return files.filter(file -> !file.equals(path)).map(this::name).toList();
      } catch (IOException | UncheckedIOException e) {
        throw new DataException(path + " cannot be listed: " + e, e);
      }
    }

    private String name(Path file) {
      String name = path.relativize(file).toString().replace('\\', '/');
      return Files.isDirectory(file) ? name + "/" : name;
    }

    @Override
    byte[] bytes(String name) throws IOException {
      return BoundedReads.file(path.resolve(name));
    }
  }

  /**
   * The file stays open as long as this object is reachable; {@link ZipFile} closes itself then.
   */
  private static final class Zip extends ImageSource {
    private final ZipFile zip;

    Zip(Path path) throws IOException {
      super(path);
      this.zip = new ZipFile(path.toFile());
    }

    @Override
    List<String> names() {
      return zip.stream().<String>map(ZipEntry::getName).toList();
    }

    @Override
    byte[] bytes(String name) throws IOException {
      return BoundedReads.entry(zip, zip.getEntry(name));
    }
  }
}
