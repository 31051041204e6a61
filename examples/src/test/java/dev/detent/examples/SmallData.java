package dev.detent.examples;

import dev.detent.examples.digits.DrawnDigits;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.TrainTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Data sets that take a second to train on, in the forms that the examples read. */
final class SmallData {
  private SmallData() {}

  /** Drawn digits as MNIST's four files. */
  static Path digits(Path folder, int train, int test) throws IOException {
    TrainTest drawn = DrawnDigits.draw(train, test, 7);
    writeIdx(folder, "train", drawn.train());
    writeIdx(folder, "t10k", drawn.test());
    return folder;
  }

  /** MNIST's four files, sound and without an example. */
  static void noDigits(Path folder) throws IOException {
    for (String part : List.of("train", "t10k")) {
      idx(folder.resolve(part + "-images-idx3-ubyte"), 0, 28, 28).close();
      idx(folder.resolve(part + "-labels-idx1-ubyte"), 0).close();
    }
  }

  private static void writeIdx(Path folder, String part, Dataset data) throws IOException {
    try (var images = idx(folder.resolve(part + "-images-idx3-ubyte"), data.size(), 28, 28);
        var labels = idx(folder.resolve(part + "-labels-idx1-ubyte"), data.size())) {
      byte[] pixels = new byte[28 * 28];
      for (int i = 0; i < data.size(); i++) {
        data.features().read(i, pixels, 0);
        images.write(pixels);
        labels.write(data.labels().classAt(i));
      }
    }
  }

  private static DataOutputStream idx(Path file, int... dimensions) throws IOException {
    DataOutputStream out = new DataOutputStream(Files.newOutputStream(file));
    out.writeInt(0x0800 + dimensions.length);
    for (int dimension : dimensions) {
      out.writeInt(dimension);
    }
    return out;
  }

  /** Folders {@code train} and {@code test} of images, each class of a brightness of its own. */
  static Path photographs(Path folder, int classes, int train, int test, int size)
      throws IOException {
    Random random = new Random(3);
    for (int c = 0; c < classes; c++) {
      for (int i = 0; i < train + test; i++) {
        Path file =
            folder.resolve(
                String.format("%s/class%02d/%d.png", i < train ? "train" : "test", c, i));
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < size; y++) {
          for (int x = 0; x < size; x++) {
            int gray = 20 * c + random.nextInt(40);
            image.setRGB(x, y, gray * 0x010101);
          }
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
      }
    }
    return folder;
  }

  /**
   * Recordings at 8 kHz in half a second of noise, each digit a tone of its own: some for each part
   * of the data.
   *
   * @param train of each digit, whose indices start at 20, as those of the test at 5 and those for
   *     validation at 15
   */
  static Path speech(Path folder, int train, int validation, int test) throws IOException {
    for (int digit = 0; digit < 10; digit++) {
      for (int i = 0; i < train; i++) {
        tone(folder, digit, 20 + i);
      }
      for (int i = 0; i < validation; i++) {
        tone(folder, digit, 15 + i);
      }
      for (int i = 0; i < test; i++) {
        tone(folder, digit, 5 + i);
      }
    }
    return folder;
  }

  private static void tone(Path folder, int digit, int index) throws IOException {
    int rate = 8000;
    Random random = new Random(100L * digit + index);
    byte[] samples = new byte[rate];
    double hertz = 300 * (digit + 1);
    for (int i = 0; i < rate / 2; i++) {
      double value = 8000 * Math.sin(2 * Math.PI * hertz * i / rate) + 1000 * random.nextGaussian();
      samples[2 * i] = (byte) (int) value;
      samples[2 * i + 1] = (byte) ((int) value >> 8);
    }
    AudioFormat format = new AudioFormat(rate, 16, 1, true, false);
    try (var sound =
        new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2)) {
      Path file = folder.resolve(String.format("%d_anna_%d.wav", digit, index));
      AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file.toFile());
    }
  }
}
