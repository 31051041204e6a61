package dev.detent.runtime.internal.tflite.interpreter;

import com.sun.jna.NativeLibrary;
import dev.detent.runtime.internal.natives.NativeLibraries;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/** TFLite's own lines on the terminal, as "Created TensorFlow Lite XNNPACK delegate for CPU". */
final class TfliteLog {
  /** {@code tflite::logging_internal::MinimalLogger::SetMinimumLogSeverity(LogSeverity)}. */
  private static final String SET_MINIMUM_SEVERITY =
      "_ZN6tflite16logging_internal13MinimalLogger21SetMinimumLogSeverityENS_11LogSeverityE";

  private static final int SILENT = 3;
  private static boolean isSilent;

  private TfliteLog() {}

  /**
   * Turns them off. What an error says comes through {@link ErrorTexts} instead. On a platform
   * whose library does not export the switch they stay.
   */
  static synchronized void silence() {
    if (isSilent) {
      return;
    }
    NativeLibraries.load("TensorFlow Lite", () -> Loader.load(tensorflowlite.class));
    isSilent = true;
    String library = Loader.load(tensorflowlite.class);
    try {
      NativeLibrary.getInstance(library)
          .getFunction(SET_MINIMUM_SEVERITY)
          .invokeInt(new Object[] {SILENT});
    } catch (UnsatisfiedLinkError e) {
      // Named otherwise by this platform's compiler: the lines stay, nothing else changes.
      return;
    }
  }
}
