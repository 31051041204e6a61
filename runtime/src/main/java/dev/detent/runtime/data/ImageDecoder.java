package dev.detent.runtime.data;

import dev.detent.runtime.internal.io.BoundedReads;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes images with ImageIO: upright, as cameras note it in JPEGs, and without transparency, so
 * that the colour counts that a transparent pixel holds. Finding a reader takes longer than
 * decoding a small image, so readers are kept, each used by one thread at a time.
 */
final class ImageDecoder {
  private static final String JPEG = "jpeg";

  /** Exif's orientations from here on swap height and width. */
  private static final int FIRST_SIDEWAYS = 5;

  private static final Map<String, Queue<ImageReader>> READERS = new ConcurrentHashMap<>();

  /** More than any camera takes; a corrupt size would exhaust the memory. */
  private static final long MAX_PIXELS = 1L << 28;

  private ImageDecoder() {}

  /**
   * Decodes one image.
   *
   * @param encoded the file's content
   * @param name how messages call it
   * @param channels 1 for gray, 3 for RGB
   * @param size {@code [height, width, ...]} to bring the image to, or null
   */
  static ImageFeatures.Decoded decode(
      byte[] encoded, String name, int channels, int @Nullable [] size) {
    String format = format(encoded, name);
    JpegHeader jpeg = format.equals(JPEG) ? JpegHeader.of(encoded) : JpegHeader.NONE;
    BufferedImage image;
    try {
      image = read(encoded, format, jpeg, name);
    } catch (OutOfMemoryError e) {
      throw new DataException(
          name + " needs more memory than there is; enlarge the heap (-Xmx)", e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof DataException known) {
        throw known;
      }
      throw new DataException(name + " is corrupt: " + e, e);
    }
    byte[] pixels = channels == 1 ? gray(image) : rgb(image);
    int height = image.getHeight();
    int width = image.getWidth();
    if (jpeg.orientation() > 1) {
      pixels = upright(pixels, height, width, channels, jpeg.orientation());
      if (jpeg.orientation() >= FIRST_SIDEWAYS) {
        height = image.getWidth();
        width = image.getHeight();
      }
    }
    if (size != null && (height != size[0] || width != size[1])) {
      pixels = Resampling.resize(pixels, height, width, channels, size[0], size[1]);
      height = size[0];
      width = size[1];
    }
    return new ImageFeatures.Decoded(pixels, new int[] {height, width});
  }

  private static BufferedImage read(byte[] encoded, String format, JpegHeader jpeg, String name)
      throws IOException {
    Queue<ImageReader> free = READERS.computeIfAbsent(format, f -> new ConcurrentLinkedQueue<>());
    ImageReader reader = free.poll();
    if (reader == null) {
      Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
      if (!readers.hasNext()) {
        throw new DataException(name + " is a " + format + " file, which this JVM cannot decode");
      }
      reader = readers.next();
    }
    String[] damage = new String[1];
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      reader.setInput(in, true, true);
      // The JPEG decoder fills up what is missing of a truncated file and only warns.
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (warning.startsWith("Premature end") || warning.startsWith("Corrupt JPEG data")) {
              damage[0] = warning;
            }
          });
      long pixels = (long) reader.getHeight(0) * reader.getWidth(0);
      if (pixels > MAX_PIXELS) {
        throw new IOException("it claims to have " + pixels + " pixels");
      }
      BoundedReads.requireMemory(pixels);
      BufferedImage image = jpeg.isPlain() ? reader.read(0) : colored(reader, jpeg, name);
      if (damage[0] != null) {
        throw new IOException(damage[0]);
      }
      return image;
    } finally {
      reader.reset();
      free.add(reader);
    }
  }

  /** A JPEG whose colours ImageIO would take for others. */
  private static BufferedImage colored(ImageReader reader, JpegHeader jpeg, String name)
      throws IOException {
    Raster raster = reader.readRaster(0, null);
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] components = (byte[]) raster.getDataElements(0, 0, width, height, null);
    if (raster.getNumBands() != jpeg.ids().size()) {
      throw new IOException("its headers contradict one another");
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    image.getRaster().setDataElements(0, 0, width, height, jpeg.rgb(components, name));
    return image;
  }

  /** Turns the pixels as a camera says that it was held. */
  private static byte[] upright(
      byte[] pixels, int height, int width, int channels, int orientation) {
    boolean isSideways = orientation >= FIRST_SIDEWAYS;
    boolean fromBelow = "3467".indexOf('0' + orientation) >= 0;
    boolean fromTheRight = "2378".indexOf('0' + orientation) >= 0;
    int newHeight = isSideways ? width : height;
    int newWidth = isSideways ? height : width;
    byte[] turned = new byte[pixels.length];
    for (int y = 0, at = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++, at += channels) {
        int row = isSideways ? x : y;
        int column = isSideways ? y : x;
        int from =
            (fromBelow ? height - 1 - row : row) * width
                + (fromTheRight ? width - 1 - column : column);
        System.arraycopy(pixels, from * channels, turned, at, channels);
      }
    }
    return turned;
  }

  private static String format(byte[] encoded, String name) {
    String start = new String(encoded, 0, Math.min(4, encoded.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u00ff\u00d8")) {
      return JPEG;
    }
    if (start.startsWith("\u0089PNG")) {
      return "png";
    }
    if (start.startsWith("GIF8")) {
      return "gif";
    }
    if (start.startsWith("BM")) {
      return "bmp";
    }
    throw new DataException(
        name
            + " is corrupt: it does not begin as a JPEG, PNG, GIF or BMP file"
            + (encoded.length == 0 ? ", it is empty" : ""));
  }

  private static byte[] rgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] pixels = new byte[height * width * 3];
    if (isGray(image)) {
      byte[] gray = samples(image);
      for (int i = 0; i < gray.length; i++) {
        Arrays.fill(pixels, 3 * i, 3 * i + 3, gray[i]);
      }
      return pixels;
    }
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      return (byte[]) image.getRaster().getDataElements(0, 0, width, height, null);
    }
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int value : row) {
        pixels[at++] = (byte) (value >> 16);
        pixels[at++] = (byte) (value >> 8);
        pixels[at++] = (byte) value;
      }
    }
    return pixels;
  }

  private static byte[] gray(BufferedImage image) {
    if (isGray(image)) {
      return samples(image);
    }
    byte[] rgb = rgb(image);
    byte[] pixels = new byte[rgb.length / 3];
    for (int i = 0; i < pixels.length; i++) {
      int red = rgb[3 * i] & 0xff;
      int green = rgb[3 * i + 1] & 0xff;
      int blue = rgb[3 * i + 2] & 0xff;
      pixels[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }
    return pixels;
  }

  /** Whether the samples are gray values: {@code getRGB} would bend them by a gamma curve. */
  private static boolean isGray(BufferedImage image) {
    ColorModel model = image.getColorModel();
    return !(model instanceof IndexColorModel)
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  private static byte[] samples(BufferedImage image) {
    int shift = Math.max(0, image.getColorModel().getComponentSize(0) - 8);
    int[] samples =
        image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
    byte[] pixels = new byte[samples.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (samples[i] >> shift);
    }
    return pixels;
  }
}
