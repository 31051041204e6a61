package dev.detent.runtime.layer;

import com.google.flatbuffers.FlexBuffersBuilder;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of a custom operation as a map in FlexBuffers' format, which TFLite's own custom
 * kernels read: in C++ {@code flexbuffers::GetRoot(buffer, length).AsMap()["size"].AsInt32()}.
 *
 * <pre>{@code
 * byte[] options = new FlexOptions().put("size", 3).put("slope", 0.5).toBytes();
 * }</pre>
 */
public final class FlexOptions {
  private final Map<String, Object> values = new TreeMap<>();

  /** Without any option. */
  public FlexOptions() {}

  /** Adds a whole number. */
  public FlexOptions put(String name, long value) {
    values.put(name, value);
    return this;
  }

  /** Adds a real number. */
  public FlexOptions put(String name, double value) {
    values.put(name, value);
    return this;
  }

  /** Adds true or false. */
  public FlexOptions put(String name, boolean value) {
    values.put(name, value);
    return this;
  }

  /** Adds a text. */
  public FlexOptions put(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** The bytes; the same for the same options, in whatever order they were added. */
  public byte[] toBytes() {
    var builder = new FlexBuffersBuilder();
    int start = builder.startMap();
    values.forEach(
        (name, value) -> {
          if (value instanceof Long number) {
            builder.putInt(name, number);
          } else if (value instanceof Double number) {
            builder.putFloat(name, number);
          } else if (value instanceof Boolean flag) {
            builder.putBoolean(name, flag);
          } else {
            builder.putString(name, (String) value);
          }
        });
    builder.endMap(null, start);
    ByteBuffer buffer = builder.finish();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
