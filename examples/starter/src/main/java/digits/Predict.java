package digits;

import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Asks {@code digits.tflite} what is on a picture: a white digit on black. */
public class Predict {
  public static void main(String[] arguments) throws IOException {
    String name = arguments.length == 0 ? "seven.png" : arguments[0];
    BufferedImage picture = ImageIO.read(new File(name));
    float[] pixels = new float[28 * 28];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % 28 * picture.getWidth() / 28;
      int y = i / 28 * picture.getHeight() / 28;
      pixels[i] = (picture.getRGB(x, y) >> 8 & 255) / 255f; // green stands for gray
    }

    try (var file = TfliteInterpreter.open(Path.of("digits.tflite"), Kernels.XNNPACK)) {
      float[] scores = file.run(pixels);
      int best = 0;
      for (int digit = 1; digit < scores.length; digit++) {
        best = scores[digit] > scores[best] ? digit : best;
      }
      System.out.println("It is a " + best + ".");
    }
  }
}
