package dev.detent.runtime;

import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.train.ClassNames;
import dev.detent.runtime.train.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model's own file says: its variables, and how it computes.
 *
 * @param mode how it computes
 * @param calibrated whether its ranges have seen data
 * @param classNames of the classes that it tells apart, by output
 * @param values what its variables are set to
 * @param file all that the file holds
 */
record SavedState(
    Mode mode,
    boolean calibrated,
    Map<String, List<String>> classNames,
    Map<Variables.Variable, float[]> values,
    WeightFile file) {
  private static final String MODEL_NOTE = "model";
  private static final String MODE_NOTE = "mode";
  private static final String CALIBRATED_NOTE = "calibrated";
  private static final String CLASSES_NOTE = "classes";

  /** Writes a model's state, whole or not at all. */
  static void write(
      Path file,
      String model,
      Variables variables,
      Mode mode,
      boolean calibrated,
      Map<String, List<String>> classNames,
      Baseline baseline)
      throws IOException {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(MODEL_NOTE, model);
    notes.put(MODE_NOTE, mode.name());
    notes.put(CALIBRATED_NOTE, String.valueOf(calibrated));
    notes.put(CLASSES_NOTE, ClassNames.toText(classNames));
    baseline.note(notes);
    WeightFile.save(
        file,
        variables.all().stream()
            .filter(variable -> variable.role() != Variables.Role.SLOT)
            .toList(),
        variables,
        baseline.weights(),
        notes);
  }

  /**
   * Reads a state and checks all of it; nothing is set.
   *
   * @param variables of the model, all declared
   * @throws IOException if the file is missing, damaged or of another model
   */
  static SavedState read(Path file, Variables variables) throws IOException {
    WeightFile saved = WeightFile.read(file);
    List<String> modes = Arrays.stream(Mode.values()).map(Mode::name).toList();
    Mode mode = Mode.valueOf(note(file, saved, MODE_NOTE, Mode.FLOAT.name(), modes));
    boolean isCalibrated =
        Boolean.parseBoolean(
            note(
                file,
                saved,
                CALIBRATED_NOTE,
                String.valueOf(hasSeen(saved)),
                List.of("true", "false")));
    return new SavedState(
        isCalibrated ? mode : Mode.FLOAT,
        isCalibrated,
        classNames(file, saved),
        saved.fitting(variables, false, isCalibrated),
        saved);
  }

  private static Map<String, List<String>> classNames(Path file, WeightFile saved)
      throws IOException {
    try {
      return ClassNames.ofText(saved.notes().get(CLASSES_NOTE));
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static String note(
      Path file, WeightFile saved, String name, String otherwise, List<String> known)
      throws IOException {
    String value = saved.notes().getOrDefault(name, otherwise);
    if (!known.contains(String.valueOf(value))) {
      throw new IOException(
          file + " says '" + name + "' is '" + value + "'; possible are " + known);
    }
    return value;
  }

  /** Whether the ranges have seen data: so it is told in files that do not say it. */
  private static boolean hasSeen(WeightFile saved) {
    return saved.names().stream()
        .filter(Variables::countsBatches)
        .allMatch(name -> saved.values(name).length == 1 && saved.values(name)[0] > 0);
  }
}
