package digits;

import dev.detent.runtime.data.*;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Digits that need no download: drawn with a pen that slants, turns, shifts and shakes. */
final class DrawnDigits {
  /** Points of each digit, x and y in percent; a bar lifts the pen. */
  private static final String[] STROKES = {
    "53 6, 27 17, 14 50, 27 84, 52 94, 77 82, 88 48, 74 16, 53 6",
    "33 24, 53 5, 53 95",
    "18 26, 34 8, 60 6, 77 24, 68 48, 42 74, 17 93, 84 92",
    "20 16, 46 5, 75 19, 67 40, 42 47, 70 54, 81 74, 62 94, 36 95, 16 83",
    "26 8, 22 34, 18 57, 84 55 | 66 30, 64 62, 62 96",
    "76 8, 29 8, 25 44, 50 38, 77 54, 76 80, 48 95, 17 86",
    "68 6, 40 24, 21 58, 28 88, 56 96, 79 77, 67 56, 40 58, 23 76",
    "17 10, 80 9, 58 50, 42 96",
    "72 18, 48 5, 26 21, 44 44, 71 64, 70 87, 45 96, 22 83, 32 61, 56 44, 74 25, 66 13",
    "75 27, 54 6, 26 17, 25 42, 50 52, 73 34, 76 20, 74 58, 66 96"
  };

  private DrawnDigits() {}

  /** Digits to train on and others to test with, the same in every run. */
  static TrainTest draw(int trainCount, int testCount) {
    return new TrainTest(drawAll(trainCount, new Random(1)), drawAll(testCount, new Random(2)));
  }

  private static Dataset drawAll(int count, Random random) {
    byte[][] images = new byte[count][];
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      classes[i] = i % 10;
      BufferedImage image = draw(classes[i], random);
      images[i] = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
    return new Dataset(
        Features.bytes(images, 28, 28, 1).scaled(1f / 255), Targets.classes(classes, 10));
  }

  /** Writes a picture of a digit. */
  static void drawPicture(int digit, Path file) throws IOException {
    ImageIO.write(draw(digit, new Random(3)), "png", file.toFile());
  }

  private static BufferedImage draw(int digit, Random random) {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    AffineTransform hand = AffineTransform.getTranslateInstance(14 + random.nextGaussian(), 14);
    hand.rotate(0.15 * random.nextGaussian());
    hand.shear(-0.15 * random.nextGaussian(), 0);
    hand.scale(0.15 + 0.02 * random.nextGaussian(), 0.18 + 0.02 * random.nextGaussian());
    Path2D line = new Path2D.Double();
    for (String stroke : STROKES[digit].split(" \\| ")) {
      boolean isFirst = true;
      for (String point : stroke.split(", ")) {
        String[] xy = point.split(" ");
        double x = Integer.parseInt(xy[0]) - 50 + 3 * random.nextGaussian();
        double y = Integer.parseInt(xy[1]) - 50 + 3 * random.nextGaussian();
        if (isFirst) {
          line.moveTo(x, y);
        } else {
          line.lineTo(x, y);
        }
        isFirst = false;
      }
    }
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setStroke(new BasicStroke(1.5f + random.nextFloat()));
    pen.draw(hand.createTransformedShape(line));
    pen.dispose();
    return image;
  }
}
