package dev.detent.runtime.internal.tflite.write;

import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.TfliteException;
import org.tensorflow.lite.schema.TensorType;

/** The type in the file that a width becomes. */
final class TensorTypes {
  /** The width of weights of which two share a byte. */
  static final int INT4_BITS = 4;

  private TensorTypes() {}

  /** Of an activation. */
  static byte ofActivation(Encoding encoding, String tensor) {
    return switch (encoding.bits()) {
      case Byte.SIZE -> TensorType.INT8;
      case Short.SIZE -> TensorType.INT16;
      default ->
          throw new TfliteException(
              "tensor '" + tensor + "' has " + encoding.bits() + " bits; 8 and 16 can be exported");
    };
  }

  /** Of a kernel. */
  static byte ofWeights(int bits, String layer) {
    return switch (bits) {
      case INT4_BITS -> TensorType.INT4;
      case Byte.SIZE -> TensorType.INT8;
      default ->
          throw new TfliteException(
              "the weights of layer '%s' have %s bits; 4 and 8 can be exported"
                  .formatted(layer, bits));
    };
  }
}
