package dev.detent.runtime.internal.tflite.read;

import dev.detent.runtime.tflite.TfliteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.tensorflow.lite.schema.Model;

/** The bytes of a file, before TFLite sees them. */
public final class ModelBytes {
  private static final int SMALLEST = 8;

  // Field slots of the schema's tables: 4 + 2 times the field's number.
  private static final int MODEL_SUBGRAPHS = 8;
  private static final int SUBGRAPH_OUTPUTS = 8;

  private ModelBytes() {}

  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new TfliteException("there is no file " + file, e);
    } catch (IOException | OutOfMemoryError e) {
      throw new TfliteException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static void requireIdentifier(byte[] model, String source) {
    if (model.length < SMALLEST || !Model.ModelBufferHasIdentifier(ByteBuffer.wrap(model))) {
      throw invalid(source, "it does not begin as one");
    }
  }

  /** A message about a file that is none; {@code why} may have {@code %s} for the values. */
  public static TfliteException invalid(String source, String why, Object... values) {
    return new TfliteException(notValid(source, why.formatted(values)));
  }

  /** The same with what led to it. */
  static TfliteException invalid(String source, String why, RuntimeException cause) {
    return new TfliteException(notValid(source, why), cause);
  }

  private static String notValid(String source, String why) {
    return source + " is not a valid TFLite file: " + why;
  }

  /**
   * The same model with other outputs. Everything stays where it is; the new list of outputs goes
   * to the end, and the subgraph's reference to it is changed.
   *
   * @param outputs numbers of tensors
   */
  public static byte[] withOutputs(byte[] model, int[] outputs, String source) {
    int start = (model.length + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
    byte[] result = Arrays.copyOf(model, start + Integer.BYTES * (1 + outputs.length));
    ByteBuffer buffer = ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN);
    try {
      int modelTable = buffer.getInt(0);
      int subgraphs = follow(buffer, field(buffer, modelTable, MODEL_SUBGRAPHS));
      int subgraph = follow(buffer, subgraphs + Integer.BYTES);
      int reference = field(buffer, subgraph, SUBGRAPH_OUTPUTS);
      buffer.putInt(reference, start - reference);
    } catch (IndexOutOfBoundsException e) {
      throw invalid(source, "its subgraph has no outputs", e);
    }
    buffer.position(start);
    buffer.putInt(outputs.length);
    for (int output : outputs) {
      buffer.putInt(output);
    }
    return result;
  }

  private static int field(ByteBuffer buffer, int table, int slot) {
    int virtualTable = table - buffer.getInt(table);
    int offset = slot < buffer.getShort(virtualTable) ? buffer.getShort(virtualTable + slot) : 0;
    if (offset == 0) {
      throw new IndexOutOfBoundsException("the table has no such field");
    }
    return table + offset;
  }

  private static int follow(ByteBuffer buffer, int reference) {
    return reference + buffer.getInt(reference);
  }
}
