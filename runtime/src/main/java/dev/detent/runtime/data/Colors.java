package dev.detent.runtime.data;

/** Changes of colours by a factor or an angle, as torchvision's ColorJitter has them. */
final class Colors {
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private Colors() {}

  /** Whether an image has red, green and blue. */
  private static boolean isRgb(Image image) {
    return image.channels() == 3;
  }

  /** The gray of the pixel whose first element is there. */
  static float gray(Image image, int first) {
    return isRgb(image)
        ? RED * image.at(first) + GREEN * image.at(first + 1) + BLUE * image.at(first + 2)
        : image.at(first);
  }

  static void brightness(Image image, double factor) {
    for (int i = 0; i < image.elements(); i++) {
      image.put(i, (float) (image.at(i) * factor));
    }
  }

  static void contrast(Image image, double factor) {
    double sum = 0;
    for (int i = 0; i < image.elements(); i += image.channels()) {
      sum += gray(image, i);
    }
    double mean = sum / (image.elements() / image.channels());
    for (int i = 0; i < image.elements(); i++) {
      image.put(i, (float) (mean + (image.at(i) - mean) * factor));
    }
  }

  static void saturation(Image image, double factor) {
    if (!isRgb(image)) {
      return;
    }
    for (int i = 0; i < image.elements(); i += 3) {
      float gray = gray(image, i);
      for (int c = 0; c < 3; c++) {
        image.put(i + c, (float) (gray + (image.at(i + c) - gray) * factor));
      }
    }
  }

  /** Turns I and Q of YIQ (FCC NTSC) by so much of a full turn. */
  static void hue(Image image, double turn) {
    if (!isRgb(image) || turn == 0) {
      return;
    }
    double cosine = Math.cos(2 * Math.PI * turn);
    double sine = Math.sin(2 * Math.PI * turn);
    for (int p = 0; p < image.elements(); p += 3) {
      float red = image.at(p);
      float green = image.at(p + 1);
      float blue = image.at(p + 2);
      double y = RED * red + GREEN * green + BLUE * blue;
      double i = 0.595716 * red - 0.274453 * green - 0.321263 * blue;
      double q = 0.211456 * red - 0.522591 * green + 0.311135 * blue;
      double turnedI = cosine * i - sine * q;
      double turnedQ = sine * i + cosine * q;
      image.put(p, (float) (y + 0.9563 * turnedI + 0.6210 * turnedQ));
      image.put(p + 1, (float) (y - 0.2721 * turnedI - 0.6474 * turnedQ));
      image.put(p + 2, (float) (y - 1.1070 * turnedI + 1.7046 * turnedQ));
    }
  }
}
