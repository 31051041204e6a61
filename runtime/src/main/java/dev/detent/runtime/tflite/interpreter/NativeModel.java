package dev.detent.runtime.tflite.interpreter;

import java.nio.ByteBuffer;

/**
 * A loaded model, whichever of TFLite's interfaces it runs through. It checks nothing: {@link
 * TfliteInterpreter} lets in one thread at a time, and none after the end.
 */
interface NativeModel extends AutoCloseable {

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

  /**
   * Verifies the bytes and builds an interpreter.
   *
   * @param info what is in them, of sound structure
   */
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
