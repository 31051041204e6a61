package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One colour, (200, 40, 90), in each of the forms in which files hold it. */
class ImageColorsTest {
  private static final int SIZE = 16;

  /** YCbCr of (200, 40, 90) by ITU-T T.871. */
  private static final String YCBCR = "94 126 204";

  /** JPEG's transform and YCbCr's rounding are each off by 1, times 1.772. */
  private static final int NEAR = 4;

  // ---------------------------------------------------------------- JPEG

  /** A JPEG of these components as they are, without JFIF's and Adobe's marker. */
  private static byte[] jpeg(boolean isProgressive, int... components) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIZE, SIZE, components.length, null);
    for (int i = 0; i < SIZE * SIZE; i++) {
      raster.setPixel(i % SIZE, i / SIZE, components);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    if (isProgressive) {
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] marked(byte[] jpeg, int marker, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xff);
    out.write(marker);
    out.write((content.length + 2) >> 8);
    out.write(content.length + 2);
    out.writeBytes(content);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static byte[] adobe(byte[] jpeg, int transform) {
    byte[] content = Arrays.copyOf("Adobe\0d".getBytes(StandardCharsets.US_ASCII), 12);
    content[11] = (byte) transform;
    return marked(jpeg, 0xee, content);
  }

  private static byte[] jfif(byte[] jpeg) {
    byte[] content = {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};
    return marked(jpeg, 0xe0, content);
  }

  private static byte[] exif(byte[] jpeg, boolean isLittle, int orientation) {
    byte[] little = {
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'I',
      'I',
      42,
      0,
      8,
      0,
      0,
      0,
      1,
      0,
      0x12,
      1,
      3,
      0,
      1,
      0,
      0,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] big = {
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    return marked(jpeg, 0xe1, isLittle ? little : big);
  }

  /** The same with other numbers of the components, in frame and scan. */
  private static byte[] numbered(byte[] jpeg, int... ids) {
    byte[] result = jpeg.clone();
    for (int i = 0; i + 1 < jpeg.length; i++) {
      boolean isMarker = (jpeg[i] & 0xff) == 0xff;
      for (int c = 0; isMarker && c < ids.length; c++) {
        if ((jpeg[i + 1] & 0xff) == 0xc0) {
          result[i + 10 + 3 * c] = (byte) ids[c];
        } else if ((jpeg[i + 1] & 0xff) == 0xda) {
          result[i + 5 + 2 * c] = (byte) ids[c];
        }
      }
    }
    return result;
  }

  private static int[] components(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static void isTheColor(byte[] file) {
    int[] wanted = {200, 40, 90};
    byte[] pixels = ImageDecoder.decode(file, "it", 3, null).pixels();
    assertThat(pixels).hasSize(SIZE * SIZE * 3);
    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i] & 0xff).isBetween(wanted[i % 3] - NEAR, wanted[i % 3] + NEAR);
    }
    byte[] gray = ImageDecoder.decode(file, "it", 1, null).pixels();
    // 0.299 * 200 + 0.587 * 40 + 0.114 * 90 = 93.5
    assertThat(gray[5] & 0xff).isBetween(93 - NEAR, 94 + NEAR);
  }

  @ParameterizedTest
  @CsvSource({
    "55 215 165 0, -1", // CMYK as it is: ink
    "200 40 90 255, 0", // Adobe's CMYK: what ink leaves
    "161 130 52 255, 2", // Adobe's YCCK: the YCbCr of the ink, and what black leaves
    "161 130 52 255, 1", // no such transform: libjpeg takes it for YCCK
    "94 126 204, -1", // components 1, 2, 3: YCbCr
    "94 126 204, 1",
    "94 126 204, 2", // no such transform: libjpeg takes it for YCbCr
    "200 40 90, 0" // Adobe's RGB
  })
  void colorsAreThoseThatTheMarkersSay(String components, int transform) throws IOException {
    for (boolean isProgressive : new boolean[] {false, true}) {
      byte[] file = jpeg(isProgressive, components(components));
      isTheColor(transform < 0 ? file : adobe(file, transform));
      isTheColor(exif(transform < 0 ? file : adobe(file, transform), true, 1));
    }
  }

  /** Half of the ink is black: (100, 20, 45). */
  @ParameterizedTest
  @CsvSource({"55 215 165 127, -1", "200 40 90 128, 0", "161 130 52 128, 2"})
  void blackInkDarkens(String components, int transform) throws IOException {
    byte[] file = jpeg(false, components(components));
    byte[] pixels =
        ImageDecoder.decode(transform < 0 ? file : adobe(file, transform), "it", 3, null).pixels();
    assertThat(pixels[0] & 0xff).isBetween(100 - NEAR, 100 + NEAR);
    assertThat(pixels[1] & 0xff).isBetween(20 - NEAR, 20 + NEAR);
    assertThat(pixels[2] & 0xff).isBetween(45 - NEAR, 45 + NEAR);
  }

  @Test
  void numbersOfComponentsAndJfifDecideAsInLibjpeg() throws IOException {
    byte[] file = jpeg(false, components(YCBCR));
    isTheColor(jfif(file));
    isTheColor(jfif(adobe(file, 0))); // JFIF comes first
    isTheColor(numbered(file, 0, 1, 2));
    isTheColor(jfif(numbered(file, 0, 1, 2)));
    isTheColor(numbered(jpeg(false, 200, 40, 90), 'R', 'G', 'B'));
    isTheColor(jfif(jpeg(false, 55, 215, 165, 0)));
  }

  @Test
  void twoComponentsAreRefusedByName() throws IOException {
    byte[] file = jpeg(false, 1, 2);
    assertThatThrownBy(() -> ImageDecoder.decode(file, "a.jpg", 3, null))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.jpg is a JPEG of 2 components; 1 (gray), 3 (RGB or YCbCr) and 4 (CMYK or YCCK) can"
                + " be read");
  }

  /** A gray picture of 8 x 16 blocks, of which one corner is bright. */
  @ParameterizedTest
  @CsvSource({
    "1, top left",
    "2, top right",
    "3, bottom right",
    "4, bottom left",
    "5, top left",
    "6, top right",
    "7, bottom right",
    "8, bottom left"
  })
  void camerasSayWhichWayUp(int orientation, String corner) throws IOException {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 8; x++) {
        image.getRaster().setSample(x, y, 0, 255);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    for (boolean isLittle : new boolean[] {true, false}) {
      ImageFeatures.Decoded decoded =
          ImageDecoder.decode(exif(out.toByteArray(), isLittle, orientation), "it", 1, null);
      int height = orientation < 5 ? 8 : 16;
      int width = 24 - height;
      assertThat(decoded.size()).containsExactly(height, width);
      int y = corner.startsWith("top") ? 0 : height - 1;
      int x = corner.endsWith("left") ? 0 : width - 1;
      for (int[] at :
          new int[][] {{0, 0}, {0, width - 1}, {height - 1, 0}, {height - 1, width - 1}}) {
        boolean isBright = (decoded.pixels()[at[0] * width + at[1]] & 0xff) > 127;
        assertThat(isBright).isEqualTo(at[0] == y && at[1] == x);
      }
    }
  }

  /** Any damage of the markers is told, or harmless. */
  @Test
  void damagedMarkersAreTold() throws IOException {
    byte[] file = exif(adobe(jpeg(false, 55, 215, 165, 0), 2), true, 6);
    for (int i = 2; i < 80; i++) {
      for (int value : new int[] {0, 1, 0x7f, 0xff}) {
        byte[] altered = file.clone();
        altered[i] = (byte) value;
        try {
          ImageDecoder.decode(altered, "it", 3, null);
        } catch (DataException e) {
          assertThat(e).hasMessageStartingWith("it is ");
        }
      }
    }
  }

  // ---------------------------------------------------------------- PNG and BMP

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static BufferedImage filled(BufferedImage image, int... samples) {
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.getRaster().setPixel(i % SIZE, i / SIZE, samples);
    }
    return image;
  }

  private static BufferedImage wide(int colorSpace, int bands) {
    var model =
        new ComponentColorModel(
            ColorSpace.getInstance(colorSpace),
            bands % 2 == 0,
            false,
            bands % 2 == 0 ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    return new BufferedImage(model, model.createCompatibleWritableRaster(SIZE, SIZE), false, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void plainColorsComeThrough(String format) throws IOException {
    isTheColor(
        encoded(
            filled(new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_3BYTE_BGR), 200, 40, 90),
            format));
  }

  @Test
  void wideAndTransparentColorsComeThrough() throws IOException {
    int[] wide = {200 * 257, 40 * 257, 90 * 257};
    isTheColor(encoded(filled(wide(ColorSpace.CS_sRGB, 3), wide), "png"));
    isTheColor(encoded(filled(wide(ColorSpace.CS_sRGB, 4), wide[0], wide[1], wide[2], 257), "png"));
    BufferedImage clear = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_4BYTE_ABGR);
    isTheColor(encoded(filled(clear, 200, 40, 90, 0), "png"));
    byte[] red = {0, (byte) 200};
    byte[] green = {0, 40};
    byte[] blue = {0, 90};
    IndexColorModel palette = new IndexColorModel(1, 2, red, green, blue, 1);
    BufferedImage indexed = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_BINARY, palette);
    isTheColor(encoded(filled(indexed, 1), "png"));
  }

  @Test
  void grayStaysAsItIs() throws IOException {
    byte[] wide = encoded(filled(wide(ColorSpace.CS_GRAY, 1), 100 * 257), "png");
    byte[] clear = encoded(filled(wide(ColorSpace.CS_GRAY, 2), 100 * 257, 0), "png");
    byte[] gamma = chunk(wide, "gAMA", new byte[] {0, 0, (byte) 0xb1, (byte) 0x8f});
    for (byte[] file : new byte[][] {wide, clear, gamma}) {
      assertThat(ImageDecoder.decode(file, "it", 1, null).pixels()).containsOnly(100);
      assertThat(ImageDecoder.decode(file, "it", 3, null).pixels()).containsOnly(100);
    }
  }

  /** With a chunk more behind the first. */
  private static byte[] chunk(byte[] png, String type, byte[] content) {
    int at = 8 + 12 + 13;
    var crc = new java.util.zip.CRC32();
    crc.update(type.getBytes(StandardCharsets.US_ASCII));
    crc.update(content);
    return java.nio.ByteBuffer.allocate(png.length + 12 + content.length)
        .put(png, 0, at)
        .putInt(content.length)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .put(content)
        .putInt((int) crc.getValue())
        .put(png, at, png.length - at)
        .array();
  }
}
