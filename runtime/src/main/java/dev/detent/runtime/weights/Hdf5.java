package dev.detent.runtime.weights;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What Keras's sources need of HDF5, with checked exceptions in place of the library's own. */
final class Hdf5 {
  /** slf4j prints three lines where there is no binding; they say nothing about the weights. */
  private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

  /** Bytes that reach to the file's end in the superblock of every version. */
  private static final int LONGEST_START = 52;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  static {
    if (System.getProperty(SLF4J_VERBOSITY) == null) {
      System.setProperty(SLF4J_VERBOSITY, "ERROR");
    }
  }

  private Hdf5() {}

  /** Something done with the library. */
  @FunctionalInterface
  interface Action<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /** Whether a file begins as HDF5 does. */
  static boolean isHdf5(byte[] start) {
    return start.length >= SIGNATURE.length
        && Arrays.equals(Arrays.copyOf(start, SIGNATURE.length), SIGNATURE);
  }

  static HdfFile open(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      requireWhole(in.readNBytes(LONGEST_START), Files.size(file));
    }
    return guarded(() -> new HdfFile(file));
  }

  static HdfFile open(byte[] content) throws IOException {
    requireWhole(content, content.length);
    return guarded(() -> HdfFile.fromBytes(content));
  }

  /**
   * The superblock says where the file ends, at a place that depends on its version; see the HDF5
   * file format specification, II.A.
   */
  private static void requireWhole(byte[] start, long length) throws IOException {
    if (start.length < LONGEST_START) {
      throw new IOException("the HDF5 file is cut off after " + length + " bytes");
    }
    int version = start[SIGNATURE.length];
    boolean isOld = version < 2;
    int sizeOfOffsets = start[isOld ? 13 : 9];
    int at = isOld ? (version == 0 ? 40 : 44) : 28;
    if (version < 0 || version > 3 || sizeOfOffsets != Long.BYTES) {
      return; // the library says what it thinks of it
    }
    long end = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
    if (end > length) {
      throw new IOException("the HDF5 file is cut off: it holds " + length + " bytes of " + end);
    }
  }

  /**
   * Runs something that reads: a damaged file shows itself in any unchecked exception of the
   * library, in recursion without end, and in sizes that no memory holds.
   */
  static <T> T guarded(Action<T> action) throws IOException {
    try {
      return action.run();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new IOException("the HDF5 file is cut off or damaged (" + reason(e) + ")", e);
    }
  }

  private static String reason(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /**
   * A list of texts in an attribute. HDF5 limits an attribute to 64 KB; Keras cuts a longer one
   * into {@code name0}, {@code name1} and so on.
   *
   * @return the texts; empty if there is no such attribute
   */
  static Optional<List<String>> texts(Node node, String name) throws IOException {
    return guarded(
        () -> {
          Attribute whole = node.getAttribute(name);
          if (whole != null) {
            return Optional.of(texts(whole));
          }
          List<String> texts = new ArrayList<>();
          int chunks = 0;
          for (Attribute chunk; (chunk = node.getAttribute(name + chunks)) != null; chunks++) {
            texts.addAll(texts(chunk));
          }
          return chunks == 0 ? Optional.empty() : Optional.of(texts);
        });
  }

  private static List<String> texts(Attribute attribute) {
    Object data = attribute.isEmpty() ? new String[0] : attribute.getData();
    if (data instanceof String single) {
      return List.of(single);
    }
    return data instanceof String[] several ? Arrays.asList(several) : List.of();
  }

  /** Whether a node is an array of floating-point numbers. */
  static boolean isFloats(Node node) {
    return node instanceof Dataset dataset
        && (dataset.getJavaType() == float.class || dataset.getJavaType() == double.class);
  }

  static float[] floats(Dataset dataset) throws IOException {
    return guarded(
        () -> {
          Object data = dataset.isScalar() ? dataset.getData() : dataset.getDataFlat();
          if (data instanceof float[] values) {
            return values;
          }
          if (data instanceof double[] doubles) {
            float[] values = new float[doubles.length];
            for (int i = 0; i < values.length; i++) {
              values[i] = (float) doubles[i];
            }
            return values;
          }
          if (data instanceof Number number) {
            return new float[] {number.floatValue()};
          }
          throw new IOException("'" + dataset.getPath() + "' holds no floating-point numbers");
        });
  }
}
