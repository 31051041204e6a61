import dev.detent.inference.Interpreter;
import dev.detent.inference.ModelInference;
import dev.detent.inference.TfliteModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Runs the exported files of {@link Answers} in plain Java. Any number of threads may share one.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class AnswersInference extends ModelInference {
  private AnswersInference(TfliteModel model) {
    super(model, "Answers", List.of(values("image", 8, 8, 3)), List.of(indices("map", 6, 6), indices("rows", 6, 4), indices("digit")));
  }

  /**
   * Loads a file.
   *
   * @throws IOException if it cannot be read
   * @throws dev.detent.inference.ModelFormatException if it is no file of this model
   */
  static AnswersInference load(Path file) throws IOException {
    return load(file, AnswersInference::new);
  }

  /**
   * Loads the bytes of a file.
   *
   * @throws dev.detent.inference.ModelFormatException if they are no file of this model
   */
  static AnswersInference load(byte[] file) {
    return new AnswersInference(TfliteModel.load(file));
  }

  /**
   * One example through the model, into arrays of the caller.
   *
   * @param image 192 values, [8, 8, 3]
   * @param map for 36 values, [6, 6]
   * @param rows for 24 values, [6, 4]
   * @param digit for 1 values, []
   */
  void predict(float[] image, int[] map, int[] rows, int[] digit) {
    Interpreter interpreter = acquire();
    try {
      interpreter.setInput(0, image);
      interpreter.run();
      interpreter.readOutput(0, map);
      interpreter.readOutput(1, rows);
      interpreter.readOutput(2, digit);
    } finally {
      release(interpreter);
    }
  }
}
