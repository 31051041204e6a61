package dev.detent.runtime.internal.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads whole files and zip entries. What a file claims to hold is held against what it can hold,
 * and against the memory that is free, before memory is taken for it.
 */
public final class BoundedReads {
  /** What one array can hold on every JVM. */
  private static final long MOST = Integer.MAX_VALUE - 8;

  /** Deflate's best: 258 bytes out of two bits. */
  private static final long DEFLATE_RATIO = 1032;

  private BoundedReads() {}

  /**
   * Checks that memory can be taken.
   *
   * @param bytes how much
   * @throws IOException if there is not as much, naming both numbers
   */
  public static void requireMemory(long bytes) throws IOException {
    if (bytes > free()) {
      System.gc(); // what nobody holds any more counts as free
      if (bytes > free()) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "it takes %,d bytes of memory, and %,d are free; enlarge the heap (-Xmx)",
                bytes,
                free()));
      }
    }
  }

  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  /** The most bytes that a stream of so many compressed ones can hold. */
  public static long mostInflated(long compressed) {
    return compressed > Long.MAX_VALUE / DEFLATE_RATIO - 1
        ? Long.MAX_VALUE
        : (compressed + 1) * DEFLATE_RATIO;
  }

  /**
   * The content of a file.
   *
   * @throws IOException if it cannot be read, or the memory does not hold it
   */
  public static byte[] file(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return exactly(in, Files.size(file));
    }
  }

  /**
   * The content of a zip's entry.
   *
   * @throws IOException if it is damaged, does not hold as much as it claims, or the memory does
   *     not hold it
   */
  public static byte[] entry(ZipFile zip, ZipEntry entry) throws IOException {
    String name = "'" + entry.getName() + "'";
    if (entry.getSize() > mostInflated(entry.getCompressedSize())) {
      throw new ZipException(
          "%s claims to hold %s bytes, which %s compressed ones cannot"
              .formatted(name, entry.getSize(), entry.getCompressedSize()));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] content = exactly(in, entry.getSize());
      CRC32 checksum = new CRC32();
      checksum.update(content);
      if (checksum.getValue() != entry.getCrc()) {
        throw new ZipException("the checksum of " + name + " is wrong: it is damaged");
      }
      return content;
    } catch (EOFException e) {
      throw new ZipException(name + " does not hold the bytes that it claims: it is damaged");
    }
  }

  /**
   * All of a stream.
   *
   * @param size how many bytes it is to hold
   * @throws EOFException if it holds fewer or more
   * @throws IOException if it cannot be read, or the memory does not hold it
   */
  private static byte[] exactly(InputStream in, long size) throws IOException {
    if (size > MOST) {
      throw new IOException(
          String.format(Locale.ROOT, "it holds %,d bytes; %,d at most can be read", size, MOST));
    }
    requireMemory(size);
    byte[] content;
    try {
      content = new byte[(int) size];
    } catch (OutOfMemoryError e) { // free, but not in one piece
      throw new IOException(
          String.format(Locale.ROOT, "no %,d bytes of memory are free in one piece", size), e);
    }
    int read = in.readNBytes(content, 0, content.length);
    if (read < size || in.read() >= 0) {
      throw new EOFException(
          read < size ? "it ends after " + read + " of " + size + " bytes" : "it goes on");
    }
    return content;
  }
}
