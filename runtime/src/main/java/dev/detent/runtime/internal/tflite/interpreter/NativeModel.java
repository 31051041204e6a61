package dev.detent.runtime.internal.tflite.interpreter;

import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TfliteModelInfo;
import java.nio.ByteBuffer;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/**
 * A loaded model, whichever of TFLite's interfaces it runs through. It checks nothing: its user
 * lets in one thread at a time, and none after the end.
 */
public interface NativeModel extends AutoCloseable {

  /** The memory of an input, in native byte order. */
  ByteBuffer input(int index);

  /** The memory of an output, in native byte order. */
  ByteBuffer output(int index);

  /** Gives every input another batch, and allocates anew: memory of before is no longer valid. */
  void resize(int batch);

  /** Gives tensors that keep their values from run to run their first values again. */
  void resetState();

  /**
   * Runs it.
   *
   * @return the time that TensorFlow Lite took, in nanoseconds
   */
  long invoke();

  /**
   * What runs, in order: numbers of the file's operations, and above those one number for each part
   * that a delegate has taken over.
   */
  int[] executionPlan();

  /** Whether an output's memory may move when the model runs. */
  boolean hasDynamicTensors();

  /** Frees it; called once. */
  @Override
  void close();

  /** The system property of the time that a model in a process of its own has for each answer. */
  String TIMEOUT_PROPERTY = "detent.tflite.timeout";

  /** How long that is, in seconds, if the property is not set. */
  int DEFAULT_TIMEOUT_SECONDS = 60;

  /** The version of the TensorFlow Lite that runs. */
  static String libraryVersion() {
    return tensorflowlite.TfLiteVersion().getString();
  }

  /**
   * Verifies a model and loads it.
   *
   * @param source its name, for messages
   * @param info what is in it, of sound structure
   * @param isOwn whether this process trusts it; any other runs in a process of its own
   */
  static NativeModel open(
      byte[] model,
      String source,
      TfliteModelInfo info,
      boolean isOwn,
      Kernels kernels,
      int threads) {
    return isOwn
        ? load(model, source, info, kernels, threads)
        : new ChildModel(model, source, info, kernels, threads);
  }

  /** Verifies a model and loads it in this process. */
  static NativeModel load(
      byte[] model, String source, TfliteModelInfo info, Kernels kernels, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads; at least 1 is needed");
    }
    TfliteLog.silence();
    return switch (kernels) {
      case BUILT_IN -> new BuiltInModel(model, source, info, threads);
      case XNNPACK -> new XnnpackModel(model, source, info, threads);
    };
  }
}
