package dev.detent.runtime.internal.tflite.write;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes vectors of 64-bit integers that are equal once, and refers to them wherever they are
 * needed: FlatBuffers has offsets for that. They are zero points, of which a tensor that is
 * quantized by channel has one for each channel, all of them 0.
 */
final class SharingBuilder extends FlatBufferBuilder {
  private final Map<List<Long>, Integer> written = new HashMap<>();
  private @Nullable List<Long> pending;

  SharingBuilder(int initialSize) {
    super(initialSize);
  }

  @Override
  public void startVector(int elementSize, int count, int alignment) {
    if (elementSize == Long.BYTES) {
      pending = new ArrayList<>(count); // written at the end, unless it is known then
    } else {
      super.startVector(elementSize, count, alignment);
    }
  }

  @Override
  public void addLong(long value) {
    if (pending == null) {
      super.addLong(value);
    } else {
      pending.add(value);
    }
  }

  @Override
  public int endVector() {
    if (pending == null) {
      return super.endVector();
    }
    List<Long> values = pending;
    pending = null;
    Integer known = written.get(values);
    if (known != null) {
      return known;
    }
    super.startVector(Long.BYTES, values.size(), Long.BYTES);
    values.forEach(super::addLong);
    int offset = super.endVector();
    written.put(values, offset);
    return offset;
  }
}
