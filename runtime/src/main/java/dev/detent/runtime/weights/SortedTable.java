package dev.detent.runtime.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The table of keys and values that TensorFlow's checkpoint index is: LevelDB's format, as {@code
 * tensorflow/core/lib/io/format.h} has it. Blocks of prefix-compressed entries, an index block of
 * them, and a footer that says where the index is; every block has a checksum.
 */
final class SortedTable {
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER = 48;
  private static final int TRAILER = 5;
  private static final int CRC_ROTATION = 15;
  private static final int CRC_DELTA = 0xa282ead8;

  /** Names share their beginnings in the file, not in memory; a large model has 1 MB of them. */
  private static final long MOST_KEY_BYTES = 1 << 26;

  private final ByteBuffer table;
  private long blockBytes;
  private long keyBytes;

  private SortedTable(ByteBuffer table) {
    this.table = table;
  }

  /**
   * All entries, in the order of their keys.
   *
   * @throws IOException saying what is wrong with the table
   */
  static Map<String, byte[]> read(byte[] bytes) throws IOException {
    if (bytes.length < FOOTER) {
      throw new IOException("it is too short for a checkpoint's index");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.getLong(bytes.length - Long.BYTES) != MAGIC) {
      throw new IOException("it does not end as a checkpoint's index does");
    }
    try {
      return new SortedTable(buffer).entries();
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException
        | java.nio.BufferUnderflowException e) {
      throw new IOException("its blocks do not fit together", e);
    }
  }

  private Map<String, byte[]> entries() throws IOException {
    ByteBuffer footer = table.duplicate().position(table.limit() - FOOTER);
    varint(footer); // where the meta index is: TensorFlow writes none
    varint(footer);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (byte[] handle : block(varint(footer), varint(footer)).values()) {
      ByteBuffer where = ByteBuffer.wrap(handle);
      entries.putAll(block(varint(where), varint(where)));
    }
    return entries;
  }

  private Map<String, byte[]> block(long offset, long size) throws IOException {
    int start = within(offset, table.limit() - TRAILER, "a block is said to be outside the file");
    int length =
        within(size, table.limit() - TRAILER - start, "a block is said to be outside the file");
    blockBytes += length;
    if (blockBytes > table.limit()) {
      throw new IOException("its blocks overlap");
    }
    ByteBuffer checkedPart = table.slice(start, length + TRAILER);
    checkedPart.order(ByteOrder.LITTLE_ENDIAN);
    if (checkedPart.get(length) != 0) {
      throw new IOException("its blocks are compressed, which TensorFlow has not done since 1.2");
    }
    if (maskedChecksum(checkedPart.slice(0, length + 1)) != checkedPart.getInt(length + 1)) {
      throw new IOException("the checksum of a block is wrong");
    }
    ByteBuffer data = checkedPart.slice(0, length).order(ByteOrder.LITTLE_ENDIAN);
    int restarts = data.getInt(length - Integer.BYTES);
    data.limit(
        within(
            length - Integer.BYTES * (restarts + 1L),
            length,
            "a block has more restarts than room for them"));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    byte[] key = {};
    while (data.hasRemaining()) {
      String tooLong = "an entry is longer than its block";
      int shared = within(varint(data), key.length, tooLong);
      int added = within(varint(data), data.remaining(), tooLong);
      int valueSize = within(varint(data), data.remaining() - added, tooLong);
      keyBytes += shared + added;
      if (keyBytes > MOST_KEY_BYTES) {
        throw new IOException("its names take more than " + MOST_KEY_BYTES + " bytes");
      }
      byte[] next = Arrays.copyOf(key, shared + added);
      data.get(next, shared, added);
      byte[] value = new byte[valueSize];
      data.get(value);
      key = next;
      entries.put(new String(key, StandardCharsets.UTF_8), value);
    }
    return entries;
  }

  private static int within(long value, int most, String otherwise) throws IOException {
    if (value < 0 || value > most) {
      throw new IOException(otherwise);
    }
    return (int) value;
  }

  /** Seven bits a byte, the lowest first. */
  static long varint(ByteBuffer from) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = from.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a number has no end");
  }

  /** CRC-32C, rotated and shifted so that a checksum of checksums is not weak. */
  static int maskedChecksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), CRC_ROTATION) + CRC_DELTA;
  }
}
