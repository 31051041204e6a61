package dev.detent.runtime.data;

import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the augmentations that come with Detent are made of. */
final class Augmentations {
  private static final double MOST_PROPORTION = 1 / 0.3;
  private static final int ERASING_TRIES = 20;

  private Augmentations() {}

  /** One that moves classes of pixels with them. */
  record Known(IntPredicate ranks, Augmentation of) implements Augmentation {
    @Override
    public void apply(Image image, RandomGenerator random) {
      of.apply(image, random);
    }

    @Override
    public boolean changes(int rank) {
      return ranks.test(rank);
    }

    @Override
    public boolean movesClassMaps() {
      return true;
    }
  }

  /** One after the other, each for the inputs that it changes. */
  record Chain(Augmentation first, Augmentation second) implements Augmentation {
    @Override
    public void apply(Image image, RandomGenerator random) {
      if (first.changes(image.rank())) {
        first.apply(image, random);
      }
      if (second.changes(image.rank())) {
        second.apply(image, random);
      }
    }

    @Override
    public boolean changes(int rank) {
      return first.changes(rank) || second.changes(rank);
    }

    @Override
    public boolean movesClassMaps() {
      return first.movesClassMaps() && second.movesClassMaps();
    }
  }

  /** Moves in time. Classes of steps or pixels stay where they are. */
  record TimeShift(int most) implements Augmentation {
    @Override
    public void apply(Image image, RandomGenerator random) {
      move(image, random.nextInt(2 * most + 1) - most);
    }

    @Override
    public boolean changes(int rank) {
      return rank == 3 || rank == 2;
    }
  }

  static Augmentation image(Augmentation of) {
    return new Known(rank -> rank == 3, of);
  }

  /** Of images and series. */
  static Augmentation any(Augmentation of) {
    return new Known(rank -> rank == 3 || rank == 2, of);
  }

  /**
   * The part of an augmentation that mixes examples; null if it has none.
   *
   * @throws IllegalArgumentException if there are two
   */
  static @Nullable Mixing mixing(Augmentation augmentation) {
    if (augmentation instanceof Mixing mixing) {
      return mixing;
    }
    if (augmentation instanceof Chain chain) {
      Mixing first = mixing(chain.first);
      Mixing second = mixing(chain.second);
      if (first != null && second != null) {
        throw new IllegalArgumentException("a batch is mixed once: mixup or cutmix");
      }
      return first != null ? first : second;
    }
    return null;
  }

  static void share(double value, String what) {
    within(0, 1, value, what);
  }

  static void within(double least, double most, double value, String what) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(what + " is " + value + "; " + least + " to " + most);
    }
  }

  /** A number from {@code -most} to {@code most}. */
  static double upTo(RandomGenerator random, double most) {
    return most * (2 * random.nextDouble() - 1);
  }

  static float mean(Image image) {
    double sum = 0;
    for (int i = 0; i < image.elements(); i++) {
      sum += image.at(i);
    }
    return (float) (sum / image.elements());
  }

  /** Sets a rectangle to one value. */
  static void fill(Image image, int top, int bottom, int left, int right, float value) {
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        for (int c = 0; c < image.channels(); c++) {
          image.set(y, x, c, value);
        }
      }
    }
  }

  static void erase(Image image, RandomGenerator random, double smallest, double largest) {
    for (int i = 0; i < ERASING_TRIES; i++) {
      double area =
          (smallest + (largest - smallest) * random.nextDouble()) * image.height() * image.width();
      double proportion = Math.exp(upTo(random, Math.log(MOST_PROPORTION)));
      int height = (int) Math.round(Math.sqrt(area * proportion));
      int width = (int) Math.round(Math.sqrt(area / proportion));
      if (height <= image.height() && width <= image.width()) {
        int top = random.nextInt(image.height() - height + 1);
        int left = random.nextInt(image.width() - width + 1);
        fill(image, top, top + height, left, left + width, 0);
        return;
      }
    }
  }

  /** Moves in time; the first or last step is repeated. */
  static void move(Image image, int later) {
    float[] before = image.copy();
    int row = image.width() * image.channels();
    for (int y = 0; y < image.height(); y++) {
      int from = Math.max(0, Math.min(image.height() - 1, y - later));
      for (int i = 0; i < row; i++) {
        image.put(y * row + i, before[from * row + i]);
      }
    }
  }
}
