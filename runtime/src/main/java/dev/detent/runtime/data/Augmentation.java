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

  /** This augmentation followed by another one. */
  default Augmentation then(Augmentation next) {
    Objects.requireNonNull(next, "next");
    return (image, random) -> {
      apply(image, random);
      next.apply(image, random);
    };
  }

  /** Swaps left and right in every other image. */
  static Augmentation horizontalFlip() {
    return (image, random) -> {
      if (random.nextLong() < 0) {
        image.flipHorizontally();
      }
    };
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
    return (image, random) -> {
      int down = random.nextInt(2 * padding + 1) - padding;
      int right = random.nextInt(2 * padding + 1) - padding;
      if (down != 0 || right != 0) {
        image.shift(down, right);
      }
    };
  }
}
