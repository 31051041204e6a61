package dev.detent.runtime;

import dev.detent.runtime.internal.natives.NativeLog;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.TensorFlow;

/** The versions of the libraries that compute, for {@link dev.detent.runtime.report.Provenance}. */
public final class Versions {
  private Versions() {}

  /** TensorFlow's and TensorFlow Lite's own words, by name. */
  public static Map<String, String> libraries() {
    NativeLog.quieten(); // asking for its version loads TensorFlow
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("TensorFlow", TensorFlow.version());
    versions.put("TensorFlow Lite", TfliteInterpreter.libraryVersion());
    return Collections.unmodifiableMap(versions);
  }
}
