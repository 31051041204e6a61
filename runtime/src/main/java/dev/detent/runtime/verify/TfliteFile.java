package dev.detent.runtime.verify;

import dev.detent.runtime.internal.tflite.check.TfliteChecker;
import dev.detent.runtime.internal.tflite.read.ModelBytes;
import dev.detent.runtime.internal.tflite.read.ModelTables;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteFinding;
import dev.detent.runtime.tflite.TfliteModelInfo;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks into a {@code .tflite} file, whoever wrote it. The file is read and not run, so that a
 * damaged one does no harm; time and memory are bounded by its size, whatever its tables claim.
 */
public final class TfliteFile {
  /** What a file is called that has only its content. */
  static final String THE_MODEL = "the model";

  private TfliteFile() {}

  /**
   * What is in a file.
   *
   * @throws TfliteException if it cannot be read, is not a valid TFLite file, or has tensors of a
   *     type that is not in {@link dev.detent.runtime.tflite.ValueType}
   */
  public static TfliteModelInfo info(Path file) {
    return info(ModelBytes.read(file), file.toString());
  }

  /**
   * What is in the content of a file.
   *
   * @throws TfliteException as {@link #info(Path)}
   */
  public static TfliteModelInfo info(byte[] content) {
    return info(content, THE_MODEL);
  }

  private static TfliteModelInfo info(byte[] content, String source) {
    return ModelTables.read(content, source, tables -> tables.info(0));
  }

  /**
   * Checks an int8 file against TFLite's 8-bit quantization specification: tied scales, fixed
   * outputs, zero points, scales of biases, weights without -128, axes of channels, conversions at
   * borders only. Float tensors and float operations have no rules. Source: <a
   * href="https://www.tensorflow.org/lite/performance/quantization_spec">the specification</a>.
   *
   * @return what is wrong; empty if nothing is
   * @throws TfliteException as {@link #info(Path)}
   */
  public static List<TfliteFinding> check(Path file) {
    return TfliteChecker.check(ModelBytes.read(file), file.toString());
  }

  /**
   * Checks the content of a file.
   *
   * @return what is wrong; empty if nothing is
   * @throws TfliteException as {@link #info(Path)}
   */
  public static List<TfliteFinding> check(byte[] content) {
    return TfliteChecker.check(content, THE_MODEL);
  }
}
