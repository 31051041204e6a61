import dev.detent.inference.Interpreter;
import dev.detent.inference.ModelInference;
import dev.detent.inference.TfliteModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Runs the exported files of {@link Sequences} in plain Java. Any number of threads may share one.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class SequencesInference extends ModelInference {
  private SequencesInference(TfliteModel model) {
    super(model, "Sequences", List.of(values("left", 32, 3), values("right", 32, 3)), List.of(values("same", 2)));
  }

  /**
   * Loads a file.
   *
   * @throws IOException if it cannot be read
   * @throws dev.detent.inference.ModelFormatException if it is no file of this model
   */
  static SequencesInference load(Path file) throws IOException {
    return load(file, SequencesInference::new);
  }

  /**
   * Loads the bytes of a file.
   *
   * @throws dev.detent.inference.ModelFormatException if they are no file of this model
   */
  static SequencesInference load(byte[] file) {
    return new SequencesInference(TfliteModel.load(file));
  }

  /**
   * One example through the model.
   *
   * @param left 96 values, [32, 3]
   * @param right 96 values, [32, 3]
   * @return same: 2 values, [2]
   */
  float[] predict(float[] left, float[] right) {
    float[] same = new float[2];
    predict(left, right, same);
    return same;
  }

  /**
   * One example through the model, into arrays of the caller.
   *
   * @param left 96 values, [32, 3]
   * @param right 96 values, [32, 3]
   * @param same for 2 values, [2]
   */
  void predict(float[] left, float[] right, float[] same) {
    Interpreter interpreter = acquire();
    try {
      interpreter.setInput(0, left);
      interpreter.setInput(1, right);
      interpreter.run();
      interpreter.readOutput(0, same);
    } finally {
      release(interpreter);
    }
  }
}
