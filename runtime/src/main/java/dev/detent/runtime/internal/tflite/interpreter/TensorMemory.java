package dev.detent.runtime.internal.tflite.interpreter;

import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorByteSize;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorData;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorDim;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorNumDims;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteDynamic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.TfLiteTensor;

/** A tensor's memory as Java sees it. */
final class TensorMemory {
  private TensorMemory() {}

  /** Whether a tensor's memory is there, or elsewhere, only when the model has run. */
  static boolean isDynamic(TfLiteTensor tensor) {
    Pointer data = TfLiteTensorData(tensor);
    return tensor.allocation_type() == kTfLiteDynamic || data == null || data.isNull();
  }

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

  /** A tensor's sizes with another batch. */
  static int[] shape(TfLiteTensor tensor, int batch) {
    int[] shape = new int[TfLiteTensorNumDims(tensor)];
    Arrays.setAll(shape, axis -> axis == 0 ? batch : TfLiteTensorDim(tensor, axis));
    return shape;
  }
}
