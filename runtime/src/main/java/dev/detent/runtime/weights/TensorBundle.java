package dev.detent.runtime.weights;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.detent.runtime.internal.io.BoundedReads;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.ShortDataBuffer;
import org.tensorflow.ndarray.buffer.layout.DataLayouts;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.TensorShapeProto.Dim;

/**
 * The tensors of a TensorFlow checkpoint: {@code PREFIX.index} says what is where in {@code
 * PREFIX.data-00000-of-00001} and so on, with a checksum for each tensor.
 *
 * @param entries what there is, by key, in the keys' order
 */
record TensorBundle(Path prefix, int shards, Map<String, BundleEntryProto> entries) {
  static final String INDEX = ".index";
  private static final String HEADER = "";

  /**
   * Reads the index; the tensors stay where they are.
   *
   * @param prefix the path without {@code .index}
   */
  static TensorBundle open(Path prefix) throws IOException {
    Map<String, byte[]> table = SortedTable.read(BoundedReads.file(withSuffix(prefix, INDEX)));
    Map<String, BundleEntryProto> entries = new LinkedHashMap<>();
    try {
      byte[] header = table.remove(HEADER);
      if (header == null) {
        throw new IOException("the index has no header");
      }
      BundleHeaderProto about = BundleHeaderProto.parseFrom(header);
      if (about.getEndianness() != BundleHeaderProto.Endianness.LITTLE) {
        throw new IOException("it was written on a big-endian machine");
      }
      for (Map.Entry<String, byte[]> entry : table.entrySet()) {
        entries.put(entry.getKey(), BundleEntryProto.parseFrom(entry.getValue()));
      }
      return new TensorBundle(prefix, about.getNumShards(), entries);
    } catch (InvalidProtocolBufferException e) {
      throw new IOException("an entry of the index is damaged: " + e.getMessage(), e);
    }
  }

  static Path withSuffix(Path path, String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  /** Whether a tensor is of floating-point numbers and in one piece. */
  static boolean isReadable(BundleEntryProto entry) {
    return width(entry) > 0 && entry.getSlicesCount() == 0;
  }

  /** The bytes of a floating-point number; 0 of others. */
  private static int width(BundleEntryProto entry) {
    return switch (entry.getDtype()) {
      case DT_FLOAT -> Float.BYTES;
      case DT_DOUBLE -> Double.BYTES;
      case DT_HALF, DT_BFLOAT16 -> Short.BYTES;
      default -> 0;
    };
  }

  /**
   * A tensor's sizes.
   *
   * @throws IOException if they are not those of its bytes
   */
  static int[] shape(String key, BundleEntryProto entry) throws IOException {
    List<Long> sizes = entry.getShape().getDimList().stream().map(Dim::getSize).toList();
    long bytes = width(entry);
    for (long size : sizes) {
      if (size < 0 || size > Integer.MAX_VALUE || bytes > Integer.MAX_VALUE) {
        bytes = -1;
        break;
      }
      bytes *= size;
    }
    if (bytes != entry.getSize()) {
      throw new IOException(
          "'" + key + "' has " + entry.getSize() + " bytes, not those of its shape " + sizes);
    }
    return sizes.stream().mapToInt(Long::intValue).toArray();
  }

  /** The values of a tensor of floating-point numbers, row by row. */
  float[] floats(String key, BundleEntryProto entry) throws IOException {
    ByteBuffer bytes = read(key, entry);
    if (SortedTable.maskedChecksum(bytes.duplicate()) != entry.getCrc32C()) {
      throw new IOException("the checksum of '" + key + "' is wrong: the data file is damaged");
    }
    float[] values = new float[bytes.remaining() / width(entry)];
    ShortDataBuffer half = DataBuffers.ofShorts(1);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (entry.getDtype()) {
            case DT_FLOAT -> bytes.getFloat();
            case DT_DOUBLE -> (float) bytes.getDouble();
            case DT_BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << Short.SIZE);
            default -> DataLayouts.FLOAT16.readFloat(half.setShort(bytes.getShort(), 0), 0);
          };
    }
    return values;
  }

  /** A scalar string: its length, that number's checksum, its bytes. */
  byte[] string(String key, BundleEntryProto entry) throws IOException {
    ByteBuffer bytes = read(key, entry);
    long length = SortedTable.varint(bytes);
    if (length != bytes.remaining() - (long) Integer.BYTES) {
      throw new IOException("'" + key + "' is no single string");
    }
    byte[] text = new byte[(int) length];
    bytes.position(bytes.position() + Integer.BYTES).get(text);
    return text;
  }

  private ByteBuffer read(String key, BundleEntryProto entry) throws IOException {
    Path file =
        withSuffix(
            prefix, String.format(Locale.ROOT, ".data-%05d-of-%05d", entry.getShardId(), shards));
    if (!Files.isRegularFile(file)) {
      throw new IOException("its data file " + file + " is missing");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (entry.getOffset() < 0
          || entry.getSize() < 0
          || entry.getSize() > Integer.MAX_VALUE - 8
          || entry.getOffset() > channel.size() - entry.getSize()) {
        throw new EOFException(file + " is too short for '" + key + "'");
      }
      BoundedReads.requireMemory(2 * entry.getSize()); // the bytes, and the numbers of them
      ByteBuffer bytes = ByteBuffer.allocate((int) entry.getSize()).order(ByteOrder.LITTLE_ENDIAN);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, entry.getOffset() + bytes.position()) < 0) {
          throw new EOFException(file + " is too short for '" + key + "'");
        }
      }
      return bytes.flip();
    }
  }
}
