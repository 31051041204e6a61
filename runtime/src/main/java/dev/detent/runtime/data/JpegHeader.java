package dev.detent.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the markers of a JPEG say about its colours and which way up it is. ImageIO takes some of
 * them for other colours than libjpeg does, and with it TensorFlow, Pillow and browsers; libjpeg's
 * rules are followed here (its {@code jdapimin.c}).
 *
 * @param ids of the components, 1 of gray, 3 of a coloured image, 4 of one for print
 * @param hasJfif whether there is JFIF's marker, so that three components are YCbCr
 * @param hasExif whether there is Exif's marker, as in files of cameras
 * @param adobeTransform what Adobe's marker says: 0 for RGB or CMYK, 1 for YCbCr, 2 for YCCK; -1
 *     where there is none
 * @param orientation Exif's, 1 (upright) to 8
 */
record JpegHeader(
    List<Integer> ids, boolean hasJfif, boolean hasExif, int adobeTransform, int orientation) {
  /** Of a file that is no JPEG. */
  static final JpegHeader NONE = new JpegHeader(List.of(), false, false, -1, 1);

  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int ADOBE_LENGTH = 12;
  private static final int SOF_IDS = 6;
  private static final int ORIENTATION_TAG = 0x0112;
  private static final List<Integer> YCBCR_IDS = List.of(1, 2, 3);
  private static final List<Integer> RGB_IDS = List.of((int) 'R', (int) 'G', (int) 'B');

  /** Reads the markers up to the first scan; of a damaged file those before the damage. */
  static JpegHeader of(byte[] file) {
    List<Integer> ids = List.of();
    boolean hasJfif = false;
    boolean hasExif = false;
    int adobeTransform = -1;
    int orientation = 1;
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
      int marker = file[at + 1] & 0xff;
      if (marker == 0xff) {
        at++; // a fill byte
        continue;
      }
      int length = (file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff;
      int start = at + 4;
      int end = at + 2 + length;
      if (marker == START_OF_SCAN || marker == END_OF_IMAGE || length < 2 || end > file.length) {
        break;
      }
      if (marker == APP0 && startsWith(file, start, end, "JFIF\0")) {
        hasJfif = true;
      } else if (marker == APP1 && startsWith(file, start, end, "Exif\0\0")) {
        hasExif = true;
        orientation = orientation(ByteBuffer.wrap(file, start + 6, end - start - 6).slice());
      } else if (marker == APP14
          && end - start >= ADOBE_LENGTH
          && startsWith(file, start, end, "Adobe")) {
        adobeTransform = file[start + ADOBE_LENGTH - 1] & 0xff;
      } else if (isFrame(marker) && end - start >= SOF_IDS) {
        int count = Math.min(file[start + SOF_IDS - 1] & 0xff, (end - start - SOF_IDS) / 3);
        Integer[] found = new Integer[count];
        for (int i = 0; i < count; i++) {
          found[i] = file[start + SOF_IDS + 3 * i] & 0xff;
        }
        ids = List.of(found);
      }
      at = end;
    }
    return new JpegHeader(ids, hasJfif, hasExif, adobeTransform, orientation);
  }

  /** SOF0 to SOF15, without the tables that lie between them. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean startsWith(byte[] file, int start, int end, String text) {
    return new String(file, start, end - start, StandardCharsets.ISO_8859_1).startsWith(text);
  }

  /** Out of the first directory of a TIFF; 1 where it does not say. */
  private static int orientation(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return 1;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 8 || directory > tiff.limit() - 2) {
      return 1;
    }
    int entries = Short.toUnsignedInt(tiff.getShort(directory));
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if (entry > tiff.limit() - 12) {
        return 1;
      }
      if (Short.toUnsignedInt(tiff.getShort(entry)) == ORIENTATION_TAG) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }

  /** Whether ImageIO turns the components into the same RGB as libjpeg. */
  boolean isPlain() {
    return ids.size() <= 1
        || ids.size() == 3
            && (adobeTransform == 1
                || adobeTransform < 0 && (hasJfif || hasExif && ids.equals(YCBCR_IDS)));
  }

  /**
   * Turns the components of a JPEG that is not plain into RGB.
   *
   * @param components one after the other, pixel by pixel
   * @return three bytes a pixel
   * @throws DataException if there is no rule for that many components
   */
  byte[] rgb(byte[] components, String name) {
    return switch (ids.size()) {
      case 3 -> ofThree(components);
      case 4 -> ofFour(components);
      default ->
          throw new DataException(
              ("%s is a JPEG of %s components; 1 (gray), 3 (RGB or YCbCr) and 4 (CMYK or YCCK) can"
                      + " be read")
                  .formatted(name, ids.size()));
    };
  }

  private byte[] ofThree(byte[] components) {
    boolean isRgb = !hasJfif && (adobeTransform == 0 || adobeTransform < 0 && ids.equals(RGB_IDS));
    if (isRgb) {
      return components;
    }
    byte[] rgb = new byte[components.length];
    for (int i = 0; i < components.length; i += 3) {
      put(rgb, i, components, i);
    }
    return rgb;
  }

  /**
   * Ink on white: each colour is what ink and black leave of it, {@code (255 - C)(255 - K) / 255}.
   * Adobe's files hold {@code 255 - ink}; in YCCK the first three are the YCbCr of the ink.
   */
  private byte[] ofFour(byte[] components) {
    boolean isInverted = adobeTransform >= 0;
    boolean isYcck = adobeTransform > 0;
    byte[] rgb = new byte[components.length / 4 * 3];
    byte[] ink = new byte[3];
    for (int i = 0, at = 0; i < components.length; i += 4, at += 3) {
      if (isYcck) {
        put(ink, 0, components, i);
      }
      int black = components[i + 3] & 0xff;
      black = isInverted ? black : 255 - black;
      for (int c = 0; c < 3; c++) {
        int stored = isYcck ? 255 - (ink[c] & 0xff) : components[i + c] & 0xff;
        int left = isInverted ? stored : 255 - stored;
        rgb[at + c] = (byte) ((left * black + 127) / 255);
      }
    }
    return rgb;
  }

  /** ITU-T T.871: {@code R = Y + 1.402 Cr'}, {@code G = Y - ...}, {@code B = Y + 1.772 Cb'}. */
  private static void put(byte[] rgb, int at, byte[] components, int from) {
    int y = components[from] & 0xff;
    int cb = (components[from + 1] & 0xff) - 128;
    int cr = (components[from + 2] & 0xff) - 128;
    rgb[at] = limited(y + 1.402 * cr);
    rgb[at + 1] = limited(y - 0.344136 * cb - 0.714136 * cr);
    rgb[at + 2] = limited(y + 1.772 * cb);
  }

  private static byte limited(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
