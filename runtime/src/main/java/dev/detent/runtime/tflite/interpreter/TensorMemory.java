package dev.detent.runtime.tflite.interpreter;

import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorByteSize;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorData;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.TfLiteTensor;

/** A tensor's memory as Java sees it. */
final class TensorMemory {
  private TensorMemory() {}

  /** Valid until the interpreter allocates anew or ends; in native byte order. */
  static ByteBuffer of(TfLiteTensor tensor) {
    Pointer data = TfLiteTensorData(tensor);
    if (data == null || data.isNull()) {
      return ByteBuffer.allocateDirect(0);
    }
    try (BytePointer bytes = new BytePointer(data)) {
      return bytes
          .capacity(TfLiteTensorByteSize(tensor))
          .asByteBuffer()
          .order(ByteOrder.nativeOrder());
    }
  }
}
