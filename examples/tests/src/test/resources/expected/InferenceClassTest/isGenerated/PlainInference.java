import dev.detent.inference.Interpreter;
import dev.detent.inference.ModelInference;
import dev.detent.inference.TfliteModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Runs the exported files of {@link Plain} in plain Java. Any number of threads may share one.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class PlainInference extends ModelInference {
  private PlainInference(TfliteModel model) {
    super(model, "Plain", List.of(values("image", 8, 8, 1)), List.of(values("logits", 3)));
  }

  /**
   * Loads a file.
   *
   * @throws IOException if it cannot be read
   * @throws dev.detent.inference.ModelFormatException if it is no file of this model
   */
  static PlainInference load(Path file) throws IOException {
    return load(file, PlainInference::new);
  }

  /**
   * Loads the bytes of a file.
   *
   * @throws dev.detent.inference.ModelFormatException if they are no file of this model
   */
  static PlainInference load(byte[] file) {
    return new PlainInference(TfliteModel.load(file));
  }

  /**
   * One example through the model.
   *
   * @param image 64 values, [8, 8, 1]
   * @return logits: 3 values, [3]
   */
  float[] predict(float[] image) {
    float[] logits = new float[3];
    predict(image, logits);
    return logits;
  }

  /**
   * One example through the model, into arrays of the caller.
   *
   * @param image 64 values, [8, 8, 1]
   * @param logits for 3 values, [3]
   */
  void predict(float[] image, float[] logits) {
    Interpreter interpreter = acquire();
    try {
      interpreter.setInput(0, image);
      interpreter.run();
      interpreter.readOutput(0, logits);
    } finally {
      release(interpreter);
    }
  }

  /**
   * Some examples through the model, one after the other.
   *
   * @param image of each, 64 values, [8, 8, 1]
   * @return logits of each, 3 values, [3]
   */
  float[][] predict(float[][] image) {
    float[][] logits = new float[image.length][3];
    for (int i = 0; i < image.length; i++) {
      predict(image[i], logits[i]);
    }
    return logits;
  }
}
