package dev.detent.runtime.data;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A random change of one image, made anew in each epoch, so that a model sees more than its
 * training set holds.
 *
 * <p>The random numbers belong to the seed, the epoch and the example, so that what comes out does
 * not depend on threads or on the batch size. An implementation draws from the generator that it is
 * given and from nothing else, and can be called from several threads at once.
 */
@FunctionalInterface
public interface Augmentation {

  /** Changes one image in place, drawing from {@code random}. */
  void apply(Image image, RandomGenerator random);

  /**
   * Whether inputs of so many dimensions are changed: by default those of 3, which are images.
   *
   * @param rank 3 for {@code [height, width, channels]}, 2 for a series, {@code [time, features]}
   */
  default boolean changes(int rank) {
    return rank == 3;
  }

  /**
   * Whether this may be used where a target has a class for each pixel, or boxes: it moves pixels
   * by {@link Image#flipHorizontally}, {@link Image#flipVertically}, {@link Image#shift} and {@link
   * Image#affine} alone, or not at all. So do those for images that come with Detent; one of your
   * own is trusted with {@link #movingClassMaps}.
   */
  default boolean movesClassMaps() {
    return false;
  }

  /**
   * This augmentation, for targets with a class for each pixel, or boxes; see {@link
   * #movesClassMaps}.
   */
  default Augmentation movingClassMaps() {
    return new Augmentations.Known(this::changes, this);
  }

  /** This augmentation followed by another one. Those of whole batches come last. */
  default Augmentation then(Augmentation next) {
    return new Augmentations.Chain(this, Objects.requireNonNull(next, "next"));
  }

  /** Swaps left and right in every other image. */
  static Augmentation horizontalFlip() {
    return Augmentations.image(
        (image, random) -> {
          if (random.nextLong() < 0) {
            image.flipHorizontally();
          }
        });
  }

  /** Swaps top and bottom in every other image. */
  static Augmentation verticalFlip() {
    return Augmentations.image(
        (image, random) -> {
          if (random.nextLong() < 0) {
            image.flipVertically();
          }
        });
  }

  /**
   * Cuts an image of the same size out of the image with a border of zeros around it, at a random
   * place.
   *
   * @param padding the width of the border in pixels, at least 0; the image moves by up to that
   *     much each way
   */
  static Augmentation shiftedCrop(int padding) {
    Checks.atLeast(0, padding, "the padding");
    return Augmentations.image(
        (image, random) -> {
          int down = random.nextInt(2 * padding + 1) - padding;
          int right = random.nextInt(2 * padding + 1) - padding;
          if (down != 0 || right != 0) {
            image.shift(down, right);
          }
        });
  }

  /**
   * Moves by up to a share of height and width each way, interpolated, with zeros where nothing
   * moves to, as Keras's RandomTranslation.
   *
   * @param vertical the largest share of the height, 0 to 1
   * @param horizontal the largest share of the width, 0 to 1
   */
  static Augmentation shift(double vertical, double horizontal) {
    Augmentations.share(vertical, "the vertical shift");
    Augmentations.share(horizontal, "the horizontal shift");
    return Augmentations.image(
        (image, random) -> {
          double down = Augmentations.upTo(random, vertical) * image.height();
          double right = Augmentations.upTo(random, horizontal) * image.width();
          image.affine(1, 0, -right, 0, 1, -down);
        });
  }

  /**
   * Rotates around the middle by an angle that is as likely as any other up to a largest one each
   * way, with zeros where nothing moves to.
   *
   * @param degrees the largest angle, 0 to 180
   */
  static Augmentation rotation(double degrees) {
    Augmentations.within(0, 180, degrees, "the rotation in degrees");
    return Augmentations.image(
        (image, random) -> {
          double angle = Math.toRadians(Augmentations.upTo(random, degrees));
          double sine = Math.sin(angle);
          double cosine = Math.cos(angle);
          image.affine(cosine, sine, 0, -sine, cosine, 0);
        });
  }

  /**
   * Enlarges around the middle by a factor between two, keeping the proportions, with zeros around
   * where it is below 1.
   *
   * @param smallest the smallest factor, 0.1 to 10
   * @param largest the largest factor, {@code smallest} to 10
   */
  static Augmentation zoom(double smallest, double largest) {
    Augmentations.within(0.1, 10, smallest, "the smallest zoom");
    Augmentations.within(smallest, 10, largest, "the largest zoom");
    return Augmentations.image(
        (image, random) -> {
          double factor = smallest + (largest - smallest) * random.nextDouble();
          image.affine(1 / factor, 0, 0, 0, 1 / factor, 0);
        });
  }

  /**
   * Changes colours, each time by other factors: brightness multiplies all values by {@code 1 - b}
   * to {@code 1 + b}, contrast their distances from the image's mean gray, saturation those from
   * each pixel's gray ({@code 0.299 red + 0.587 green + 0.114 blue}), and the hue turns around the
   * axis of grays in the colour space YIQ by up to {@code h} of a full turn. Saturation and hue
   * leave images alone that do not have three channels.
   *
   * @param brightness b, 0 to 1
   * @param contrast 0 to 1
   * @param saturation 0 to 1
   * @param hue h, 0 to 0.5
   */
  static Augmentation colorJitter(
      double brightness, double contrast, double saturation, double hue) {
    Augmentations.share(brightness, "the brightness");
    Augmentations.share(contrast, "the contrast");
    Augmentations.share(saturation, "the saturation");
    Augmentations.within(0, 0.5, hue, "the hue");
    return Augmentations.image(
        (image, random) -> {
          Colors.brightness(image, 1 + Augmentations.upTo(random, brightness));
          Colors.contrast(image, 1 + Augmentations.upTo(random, contrast));
          Colors.saturation(image, 1 + Augmentations.upTo(random, saturation));
          Colors.hue(image, Augmentations.upTo(random, hue));
        });
  }

  /**
   * Sets a rectangle to 0 (Zhong et al.: "Random Erasing Data Augmentation", 2020). Its proportions
   * are between 0.3 and 1 / 0.3; it lies anywhere inside of the image.
   *
   * @param probability the share of images that are changed, 0 to 1
   * @param smallest the smallest share of the area, 0 to 1; the paper has 0.02
   * @param largest the largest share, {@code smallest} to 1; the paper has 0.4
   */
  static Augmentation erasing(double probability, double smallest, double largest) {
    Augmentations.share(probability, "the probability");
    Augmentations.share(smallest, "the smallest area");
    Augmentations.within(smallest, 1, largest, "the largest area");
    return Augmentations.image(
        (image, random) -> {
          if (random.nextDouble() < probability) {
            Augmentations.erase(image, random, smallest, largest);
          }
        });
  }

  /**
   * Adds normally distributed noise to images and series.
   *
   * @param deviation its standard deviation, at least 0, in the values' unit; of bytes as a share
   *     of 255
   */
  static Augmentation noise(double deviation) {
    Augmentations.within(0, Float.MAX_VALUE, deviation, "the deviation of noise");
    return Augmentations.any(
        (image, random) -> {
          for (int i = 0; i < image.elements(); i++) {
            image.put(i, image.at(i) + (float) (random.nextGaussian() * deviation * image.white()));
          }
        });
  }

  /**
   * Changes an image by several operations in turn, each drawn from 14 (Cubuk et al.:
   * "RandAugment", 2020): none, contrast stretched to the full range, equalized histogram, rotation
   * by up to 30 degrees, inversion of bright values, fewer bits, colour, contrast, brightness,
   * sharpness, shear by up to 0.3, and shift by up to 0.45 of the size.
   *
   * @param operations how many in turn, at least 0; the paper has 1 to 3
   * @param magnitude how strong, 0 to 10
   */
  static Augmentation randAugment(int operations, double magnitude) {
    Checks.atLeast(0, operations, "the number of operations");
    Augmentations.within(0, 10, magnitude, "the magnitude");
    return Augmentations.image(new RandAugment(operations, magnitude / 10));
  }

  /**
   * Moves series and spectrograms in time; the first or last step is repeated where nothing moves
   * to.
   *
   * @param most by how many steps at most each way, at least 0
   */
  static Augmentation timeShift(int most) {
    Checks.atLeast(0, most, "the shift");
    return new Augmentations.TimeShift(most);
  }

  /**
   * Hides runs of steps and of frequencies of a spectrogram, {@code [time, frequencies]} or {@code
   * [time, frequencies, channels]}, with the spectrogram's mean (Park et al.: "SpecAugment", 2019,
   * without its time warping).
   *
   * @param timeMasks how many runs of steps, at least 0
   * @param mostSteps the length of one is 0 to this, at least 0
   * @param frequencyMasks how many runs of frequencies, at least 0
   * @param mostFrequencies the length of one is 0 to this, at least 0
   */
  static Augmentation specAugment(
      int timeMasks, int mostSteps, int frequencyMasks, int mostFrequencies) {
    Checks.atLeast(0, timeMasks, "the number of masks in time");
    Checks.atLeast(0, mostSteps, "the longest mask in time");
    Checks.atLeast(0, frequencyMasks, "the number of masks in frequency");
    Checks.atLeast(0, mostFrequencies, "the longest mask in frequency");
    return Augmentations.any(
        (image, random) -> {
          float mean = Augmentations.mean(image);
          for (int i = 0; i < timeMasks; i++) {
            int length = random.nextInt(Math.min(mostSteps, image.height()) + 1);
            int from = random.nextInt(image.height() - length + 1);
            Augmentations.fill(image, from, from + length, 0, image.width(), mean);
          }
          for (int i = 0; i < frequencyMasks; i++) {
            int length = random.nextInt(Math.min(mostFrequencies, image.width()) + 1);
            int from = random.nextInt(image.width() - length + 1);
            Augmentations.fill(image, 0, image.height(), from, from + length, mean);
          }
        });
  }

  /**
   * Mixes each example of a batch with another one of it, inputs and targets alike: {@code l * one
   * + (1 - l) * other}, with l drawn from Beta(alpha, alpha) for each batch (Zhang et al.: "mixup",
   * 2018). Targets are numbers then: of classes give {@link Targets#oneHot} and a loss that takes
   * shares, as categorical cross-entropy.
   *
   * @param alpha above 0; the paper has 0.1 to 0.4 for images
   */
  static Augmentation mixup(double alpha) {
    return new Mixing(Mixing.Kind.MIXUP, alpha);
  }

  /**
   * Puts a rectangle of another image of the batch into each; the targets are mixed by its share of
   * the area, which is 1 - l with l drawn from Beta(alpha, alpha) for each batch (Yun et al.:
   * "CutMix", 2019). Targets as in {@link #mixup}; there must be one input that is an image.
   *
   * @param alpha above 0; the paper has 1
   */
  static Augmentation cutmix(double alpha) {
    return new Mixing(Mixing.Kind.CUTMIX, alpha);
  }
}
