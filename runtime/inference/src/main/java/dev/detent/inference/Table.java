package dev.detent.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A table of a FlatBuffer, read in place. A field is a number of the schema, and absent where the
 * writer left it out. What lies outside of the buffer throws {@link IndexOutOfBoundsException}, as
 * does what claims in total many times the buffer's size: tables may point at one vector as often
 * as they like.
 */
final class Table {
  private static final int SMALLEST_BUDGET = 1 << 16;
  private static final int READINGS = 16;

  private final ByteBuffer buffer;
  private final long[] budget;
  private final int position;

  private Table(ByteBuffer buffer, long[] budget, int position) {
    this.buffer = buffer;
    this.budget = budget;
    this.position = position;
  }

  /** The table that a buffer begins with. */
  static Table root(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] budget = {SMALLEST_BUDGET + (long) READINGS * bytes.length};
    return new Table(buffer, budget, buffer.getInt(0));
  }

  /** A table without fields. */
  static Table empty() {
    return new Table(ByteBuffer.allocate(0), new long[1], -1);
  }

  /** Where a field is; 0 if it is absent. */
  private int at(int field) {
    if (position < 0) {
      return 0;
    }
    int fields = position - buffer.getInt(position);
    int slot = Integer.BYTES + Short.BYTES * field;
    if (slot + Short.BYTES > Short.toUnsignedInt(buffer.getShort(fields))) {
      return 0;
    }
    int offset = Short.toUnsignedInt(buffer.getShort(fields + slot));
    return offset == 0 ? 0 : position + offset;
  }

  boolean has(int field) {
    return at(field) != 0;
  }

  int int32(int field, int otherwise) {
    int at = at(field);
    return at == 0 ? otherwise : buffer.getInt(at);
  }

  int int8(int field, int otherwise) {
    int at = at(field);
    return at == 0 ? otherwise : buffer.get(at);
  }

  boolean bool(int field) {
    return int8(field, 0) != 0;
  }

  float float32(int field, float otherwise) {
    int at = at(field);
    return at == 0 ? otherwise : buffer.getFloat(at);
  }

  /** The table of a field, one without fields if it is absent. */
  Table table(int field) {
    int at = at(field);
    return at == 0 ? empty() : new Table(buffer, budget, at + buffer.getInt(at));
  }

  /** The start of a vector's elements. */
  private int elements(int field) {
    int at = at(field);
    return at + buffer.getInt(at) + Integer.BYTES;
  }

  /** The number of a vector's elements, checked to lie in the buffer and taken from the budget. */
  private int length(int field, int bytesEach) {
    if (at(field) == 0) {
      return 0;
    }
    int start = elements(field);
    int length = buffer.getInt(start - Integer.BYTES);
    long bytes = (long) length * bytesEach;
    budget[0] -= bytes;
    if (length < 0 || start + bytes > buffer.capacity() || budget[0] < 0) {
      throw new IndexOutOfBoundsException("a vector of " + length);
    }
    return length;
  }

  Table[] tables(int field) {
    Table[] all = new Table[length(field, Integer.BYTES)];
    for (int i = 0; i < all.length; i++) {
      int at = elements(field) + i * Integer.BYTES;
      all[i] = new Table(buffer, budget, at + buffer.getInt(at));
    }
    return all;
  }

  int[] ints(int field) {
    int[] all = new int[length(field, Integer.BYTES)];
    for (int i = 0; i < all.length; i++) {
      all[i] = buffer.getInt(elements(field) + i * Integer.BYTES);
    }
    return all;
  }

  long[] longs(int field) {
    long[] all = new long[length(field, Long.BYTES)];
    for (int i = 0; i < all.length; i++) {
      all[i] = buffer.getLong(elements(field) + i * Long.BYTES);
    }
    return all;
  }

  float[] floats(int field) {
    float[] all = new float[length(field, Float.BYTES)];
    for (int i = 0; i < all.length; i++) {
      all[i] = buffer.getFloat(elements(field) + i * Float.BYTES);
    }
    return all;
  }

  /** A vector of bytes, not copied. */
  ByteBuffer bytes(int field) {
    int length = length(field, Byte.BYTES);
    ByteBuffer part = buffer.duplicate();
    int start = length == 0 ? 0 : elements(field);
    part.position(start).limit(start + length);
    return part.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A text; empty if it is absent. */
  String text(int field) {
    return StandardCharsets.UTF_8.decode(bytes(field)).toString();
  }
}
