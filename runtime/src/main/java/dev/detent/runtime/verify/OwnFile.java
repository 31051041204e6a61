package dev.detent.runtime.verify;

import dev.detent.runtime.internal.tflite.read.ModelTables;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteFinding;
import dev.detent.runtime.tflite.TfliteFinding.Rule;
import java.util.List;
import java.util.stream.Collectors;

/** A file that is about to be handed out. */
public final class OwnFile {
  private OwnFile() {}

  /**
   * Checks that a file keeps TFLite's rules, and that both sets of kernels take it: it is loaded as
   * an application loads it, unless it has operations that only the application knows.
   *
   * @param model its name, for messages
   * @param file the content
   * @throws TfliteException that says all that is wrong
   */
  public static void requireSound(String model, byte[] file) {
    List<TfliteFinding> findings =
        TfliteFile.check(file).stream()
            // An input that is an output as well is converted and converted back, at borders.
            .filter(finding -> finding.rule() != Rule.BORDERS)
            .toList();
    if (!findings.isEmpty()) {
      throw new TfliteException(
          model
              + " cannot be exported, as TensorFlow Lite would compute something else, or refuse"
              + " the file:\n  "
              + findings.stream()
                  .map(finding -> finding + " (" + finding.rule().text() + ")")
                  .collect(Collectors.joining("\n  ")));
    }
    boolean hasCustomOperations = ModelTables.read(file, model, ModelTables::hasCustomOperations);
    if (!hasCustomOperations) {
      TfliteInterpreter.open(file, Kernels.XNNPACK).close(); // in the built-in kernels first
    }
  }
}
