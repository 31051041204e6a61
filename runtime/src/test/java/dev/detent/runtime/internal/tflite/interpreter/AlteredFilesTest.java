package dev.detent.runtime.internal.tflite.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever is in a file, reading, checking, opening and running it ends well or in a {@link
 * TfliteException}: no crash, no hang, nothing else. {@code -Ddetent.altered=10000} makes a long
 * run of it, and {@code -Ddetent.altered.first=N} begins with file N.
 */
class AlteredFilesTest {
  private static final int FILES = Integer.getInteger("detent.altered", 500);
  private static final int FIRST = Integer.getInteger("detent.altered.first", 0);

  /** For one file, with both kernels; a machine that does much else needs most of it. */
  private static final long MOST_SECONDS = 60;

  private final Map<String, Integer> ends = new TreeMap<>();

  @BeforeAll
  static void hangsAreFoundSoon() {
    System.setProperty(TfliteInterpreter.TIMEOUT_PROPERTY, "5");
  }

  @AfterAll
  static void asBefore() {
    System.clearProperty(TfliteInterpreter.TIMEOUT_PROPERTY);
  }

  @Test
  void theModelsThemselvesRun() {
    for (byte[] model : AlteredFiles.MODELS) {
      for (Kernels kernels : Kernels.values()) {
        try (var own = TfliteInterpreter.open(model, kernels)) {
          run(own);
        }
      }
    }
  }

  @Test
  void everyEndIsOneThatWasPromised() {
    for (int i = FIRST; i < FIRST + FILES; i++) {
      byte[] file = AlteredFiles.file(i);
      String number = "altered file " + i;
      long start = System.nanoTime();
      try {
        count(end(() -> TfliteFile.info(file)), "read");
        count(end(() -> TfliteFile.check(file)), "checked");
        for (Kernels kernels : Kernels.values()) {
          count(end(() -> openAndRun(file, kernels)), "run with " + kernels);
        }
      } catch (RuntimeException | Error e) {
        throw new AssertionError(number + ": " + e, e);
      }
      assertThat((System.nanoTime() - start) / 1_000_000_000L).as(number).isLessThan(MOST_SECONDS);
    }
    System.out.println(FILES + " altered files: " + ends);
    assertThat(ends)
        .containsKeys("read: well", "run with BUILT_IN: well", "run with XNNPACK: well");
  }

  private static void openAndRun(byte[] file, Kernels kernels) {
    try (var interpreter =
        file[file.length - 1] % 2 == 0
            ? TfliteInterpreter.open(file, kernels)
            : TfliteInterpreter.openWithAllTensors(file, kernels)) {
      run(interpreter);
    }
  }

  private static void run(TfliteInterpreter interpreter) {
    List<TensorInfo> inputs = interpreter.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      int elements = inputs.get(i).elements();
      switch (inputs.get(i).type()) {
        case FLOAT32 -> interpreter.setInput(i, new float[elements]);
        case INT32 -> interpreter.setInput(i, new int[elements]);
        default -> {
          byte[] bytes = new byte[(int) inputs.get(i).type().bytes(elements)];
          new Random(i).nextBytes(bytes);
          interpreter.setInput(i, bytes);
        }
      }
    }
    interpreter.invoke();
    for (int i = 0; i < interpreter.outputs().size(); i++) {
      interpreter.outputBytes(i);
    }
  }

  private void count(String end, String what) {
    ends.merge(what + ": " + end, 1, Integer::sum);
  }

  /** How it ended; what was not promised passes through. */
  private static String end(Runnable action) {
    try {
      action.run();
      return "well";
    } catch (TfliteException e) {
      String message = e.getMessage();
      return message.contains("made TensorFlow Lite crash")
          ? "crashed in its process"
          : message.contains("kept TensorFlow Lite busy") ? "stopped in its process" : "refused";
    }
  }
}
