package dev.detent.runtime.tflite.export;

import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.TfliteException;
import org.tensorflow.lite.schema.TensorType;

/** The type in the file that a width becomes. */
final class TensorTypes {
  private TensorTypes() {}

  /** Of an activation. */
  static byte ofActivation(Encoding encoding, String tensor) {
    if (encoding.bits() != Byte.SIZE) {
      throw new TfliteException(
          "tensor '" + tensor + "' has " + encoding.bits() + " bits; only 8 can be exported");
    }
    return TensorType.INT8;
  }

  /** Of a kernel. */
  static byte ofWeights(int bits, String layer) {
    if (bits != Byte.SIZE) {
      throw new TfliteException(
          "the weights of layer '" + layer + "' have " + bits + " bits; only 8 can be exported");
    }
    return TensorType.INT8;
  }
}
