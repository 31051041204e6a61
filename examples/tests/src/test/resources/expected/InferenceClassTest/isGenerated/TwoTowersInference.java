package zoo.towers;

import dev.detent.inference.Interpreter;
import dev.detent.inference.ModelInference;
import dev.detent.inference.TfliteModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Runs the exported files of {@link TwoTowers} in plain Java. Any number of threads may share one.
 */
@Generated("dev.detent.processor.DetentProcessor")
public final class TwoTowersInference extends ModelInference {
  private TwoTowersInference(TfliteModel model) {
    super(model, "TwoTowers", List.of(values("image", 8, 8, 1), values("text", 12)), List.of(values("embedding", 4), values("logits", 1000)));
  }

  /**
   * Loads a file.
   *
   * @throws IOException if it cannot be read
   * @throws dev.detent.inference.ModelFormatException if it is no file of this model
   */
  public static TwoTowersInference load(Path file) throws IOException {
    return load(file, TwoTowersInference::new);
  }

  /**
   * Loads the bytes of a file.
   *
   * @throws dev.detent.inference.ModelFormatException if they are no file of this model
   */
  public static TwoTowersInference load(byte[] file) {
    return new TwoTowersInference(TfliteModel.load(file));
  }

  /**
   * One example through the model, into arrays of the caller.
   *
   * @param image 64 values, [8, 8, 1]
   * @param text 12 values, [12]
   * @param embedding for 4 values, [4]
   * @param logits for 1,000 values, [1000]
   */
  public void predict(float[] image, float[] text, float[] embedding, float[] logits) {
    Interpreter interpreter = acquire();
    try {
      interpreter.setInput(0, image);
      interpreter.setInput(1, text);
      interpreter.run();
      interpreter.readOutput(0, embedding);
      interpreter.readOutput(1, logits);
    } finally {
      release(interpreter);
    }
  }
}
