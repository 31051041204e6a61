package dev.detent.runtime.internal.report;

import dev.detent.runtime.data.ElementType;
import dev.detent.runtime.data.Features;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * A picture as it is put into the page.
 *
 * @param label what it shows
 * @param data a {@code data:} address
 * @param width in pixels
 * @param height in pixels
 */
public record Picture(String label, String data, int width, int height) {

  /** The longer side at most, in pixels. */
  private static final int LARGEST = 160;

  /** What is smaller is no picture. */
  private static final int SMALLEST = 4;

  /** More is more economical as JPEG. */
  private static final int LARGEST_PNG = 64 * 64;

  private static final int RED_CHANNELS = 3;
  private static final int MAX = 255;

  /** Hues of class maps are as far apart as the golden ratio puts them. */
  private static final float HUE_STEP = 0.618034f;

  /**
   * Whether values of a shape can be shown: {@code [height, width, 1 or 3]}, or without channel.
   */
  static boolean fits(int[] shape) {
    boolean hasChannels = shape.length == 3 && (shape[2] == 1 || shape[2] == RED_CHANNELS);
    boolean isPlane = shape.length == 2 && shape[1] > 8;
    return (hasChannels || isPlane) && shape[0] >= SMALLEST && shape[1] >= SMALLEST;
  }

  /** An example of an input that fits. */
  static Picture ofInput(String label, Features features, int example) {
    int[] shape = features.shape();
    if (features.type() == ElementType.UINT8) {
      byte[] bytes = new byte[features.elements()];
      features.read(example, bytes, 0);
      float[] values = new float[bytes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = bytes[i] & 0xff;
      }
      return drawn(label, values, shape, 0, MAX);
    }
    float[] values = new float[features.elements()];
    features.read(example, values, 0);
    return ofValues(label, values, shape);
  }

  /**
   * Numbers of a shape that fits: from 0 to 1, from -1 to 1, or from the smallest to the largest.
   */
  static Picture ofValues(String label, float[] values, int[] shape) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    if (min >= 0 && max <= 1) {
      return drawn(label, values, shape, 0, 1);
    }
    if (min >= -1 && max <= 1) {
      return drawn(label, values, shape, -1, 1);
    }
    return drawn(label, values, shape, min, max);
  }

  /** One class for each place, the first one nearly black. */
  static Picture ofClasses(String label, int[] classes, int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < classes.length; i++) {
      image.setRGB(i % width, i / width, color(classes[i]));
    }
    return encoded(label, image);
  }

  /** The colour of a class in a map. */
  static int color(int ofClass) {
    return ofClass == 0
        ? 0x202428
        : java.awt.Color.HSBtoRGB(ofClass * HUE_STEP + 0.35f, 0.65f, 0.95f) & 0xffffff;
  }

  private static Picture drawn(String label, float[] values, int[] shape, float min, float max) {
    int height = shape[0];
    int width = shape[1];
    int channels = shape.length == 3 ? shape[2] : 1;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < height * width; i++) {
      int red = level(values[i * channels], min, max);
      int green = channels == 1 ? red : level(values[i * channels + 1], min, max);
      int blue = channels == 1 ? red : level(values[i * channels + 2], min, max);
      image.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
    }
    return encoded(label, image);
  }

  private static int level(float value, float min, float max) {
    float share = max > min ? (value - min) / (max - min) : 0;
    return Math.max(0, Math.min(MAX, Math.round(share * MAX)));
  }

  private static Picture encoded(String label, BufferedImage whole) {
    double scale = Math.min(1, (double) LARGEST / Math.max(whole.getWidth(), whole.getHeight()));
    BufferedImage image = scale < 1 ? smaller(whole, scale) : whole;
    boolean isSmall = image.getWidth() * image.getHeight() <= LARGEST_PNG;
    String format = isSmall ? "png" : "jpeg";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array takes all
    }
    String data = Base64.getEncoder().encodeToString(bytes.toByteArray());
    return new Picture(
        label, "data:image/" + format + ";base64," + data, image.getWidth(), image.getHeight());
  }

  private static BufferedImage smaller(BufferedImage whole, double scale) {
    int width = Math.max(1, (int) Math.round(whole.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(whole.getHeight() * scale));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(whole, 0, 0, width, height, null);
    graphics.dispose();
    return image;
  }
}
