package dev.detent.runtime.data;

import java.util.random.RandomGenerator;

/**
 * Several of 14 operations in turn (Cubuk et al., 2020). Strengths as in torchvision: at full
 * strength a rotation by 30 degrees, factors of 1 - 0.9 to 1 + 0.9, a shear by 0.3, a shift by 0.45
 * of the size, 4 bits, and a threshold of 0.
 *
 * @param operations how many
 * @param strength 0 to 1
 */
record RandAugment(int operations, double strength) implements Augmentation {
  private static final double MOST_DEGREES = 30;
  private static final double MOST_FACTOR = 0.9;
  private static final double MOST_SHEAR = 0.3;
  private static final double MOST_SHIFT = 0.45;
  private static final int BITS = 8;
  private static final int FEWEST_BITS = 4;
  private static final int LEVELS = 256;

  private enum Operation {
    IDENTITY,
    AUTO_CONTRAST,
    EQUALIZE,
    ROTATE,
    SOLARIZE,
    POSTERIZE,
    COLOR,
    CONTRAST,
    BRIGHTNESS,
    SHARPNESS,
    SHEAR_X,
    SHEAR_Y,
    SHIFT_X,
    SHIFT_Y
  }

  private static final Operation[] ALL = Operation.values();

  @Override
  public void apply(Image image, RandomGenerator random) {
    for (int i = 0; i < operations; i++) {
      Operation operation = ALL[random.nextInt(ALL.length)];
      double sign = random.nextLong() < 0 ? -strength : strength;
      apply(operation, image, sign);
    }
  }

  private void apply(Operation operation, Image image, double sign) {
    switch (operation) {
      case IDENTITY -> {}
      case AUTO_CONTRAST -> autoContrast(image);
      case EQUALIZE -> equalize(image);
      case ROTATE -> {
        double angle = Math.toRadians(MOST_DEGREES * sign);
        image.affine(Math.cos(angle), Math.sin(angle), 0, -Math.sin(angle), Math.cos(angle), 0);
      }
      case SOLARIZE -> solarize(image, (float) (image.white() * (1 - strength)));
      case POSTERIZE -> posterize(image, BITS - (int) Math.round(strength * (BITS - FEWEST_BITS)));
      case COLOR -> Colors.saturation(image, 1 + MOST_FACTOR * sign);
      case CONTRAST -> Colors.contrast(image, 1 + MOST_FACTOR * sign);
      case BRIGHTNESS -> Colors.brightness(image, 1 + MOST_FACTOR * sign);
      case SHARPNESS -> sharpness(image, 1 + MOST_FACTOR * sign);
      case SHEAR_X -> image.affine(1, MOST_SHEAR * sign, 0, 0, 1, 0);
      case SHEAR_Y -> image.affine(1, 0, 0, MOST_SHEAR * sign, 1, 0);
      case SHIFT_X -> image.affine(1, 0, MOST_SHIFT * sign * image.width(), 0, 1, 0);
      case SHIFT_Y -> image.affine(1, 0, 0, 0, 1, MOST_SHIFT * sign * image.height());
    }
  }

  /** Stretches each channel to the whole range. */
  private static void autoContrast(Image image) {
    for (int c = 0; c < image.channels(); c++) {
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (int i = c; i < image.elements(); i += image.channels()) {
        least = Math.min(least, image.at(i));
        most = Math.max(most, image.at(i));
      }
      if (most > least) {
        for (int i = c; i < image.elements(); i += image.channels()) {
          image.put(i, (image.at(i) - least) / (most - least) * image.white());
        }
      }
    }
  }

  private static int level(Image image, int index) {
    float level = image.at(index) / image.white() * (LEVELS - 1);
    return Math.max(0, Math.min(LEVELS - 1, Math.round(level)));
  }

  private static void putLevel(Image image, int index, int level) {
    image.put(index, (float) level / (LEVELS - 1) * image.white());
  }

  /** Gives each channel a flat histogram, as Pillow's ImageOps.equalize does. */
  private static void equalize(Image image) {
    for (int c = 0; c < image.channels(); c++) {
      int[] histogram = new int[LEVELS];
      int last = 0;
      for (int i = c; i < image.elements(); i += image.channels()) {
        int level = level(image, i);
        histogram[level]++;
        last = Math.max(last, level);
      }
      int step = (image.elements() / image.channels() - histogram[last]) / (LEVELS - 1);
      if (step == 0) {
        continue;
      }
      int[] table = new int[LEVELS];
      int sum = step / 2;
      for (int level = 0; level < LEVELS; level++) {
        table[level] = Math.min(LEVELS - 1, sum / step);
        sum += histogram[level];
      }
      for (int i = c; i < image.elements(); i += image.channels()) {
        putLevel(image, i, table[level(image, i)]);
      }
    }
  }

  private static void solarize(Image image, float threshold) {
    for (int i = 0; i < image.elements(); i++) {
      if (image.at(i) >= threshold) {
        image.put(i, image.white() - image.at(i));
      }
    }
  }

  private static void posterize(Image image, int bits) {
    int mask = (LEVELS - 1) << (BITS - bits);
    for (int i = 0; i < image.elements(); i++) {
      putLevel(image, i, level(image, i) & mask);
    }
  }

  /** Away from, or towards, the image blurred by {@code [1 1 1; 1 5 1; 1 1 1] / 13}. */
  private static void sharpness(Image image, double factor) {
    float[] before = image.copy();
    int row = image.width() * image.channels();
    for (int y = 1; y < image.height() - 1; y++) {
      for (int x = image.channels(); x < row - image.channels(); x++) {
        int at = y * row + x;
        float sum = 4 * before[at];
        for (int dy = -row; dy <= row; dy += row) {
          sum +=
              before[at + dy - image.channels()]
                  + before[at + dy]
                  + before[at + dy + image.channels()];
        }
        float blurred = sum / 13;
        image.put(at, (float) (blurred + (before[at] - blurred) * factor));
      }
    }
  }
}
