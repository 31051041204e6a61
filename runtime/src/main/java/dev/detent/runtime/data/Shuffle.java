package dev.detent.runtime.data;

import java.util.Arrays;

/** Orders that depend on a seed and an epoch and on nothing else. */
final class Shuffle {
  private Shuffle() {}

  /** The numbers below {@code size} in an order in which each is as likely as any other. */
  static int[] permutation(int size, long seed, long epoch) {
    int[] order = Checks.firstIndices(size);
    SeededRandom random = new SeededRandom().seed(seed, epoch);
    for (int i = size - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    return order;
  }

  /** Two parts of the numbers below a size, each in rising order. */
  record Split(int[] train, int[] test) {}

  /**
   * Splits the numbers below {@code size} at random.
   *
   * @throws DataException if there are too few for two parts
   */
  static Split split(int size, double fraction, long seed) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "the share to train on is " + fraction + "; above 0 and below 1");
    }
    int count = (int) Math.round(fraction * size);
    if (count < 1 || count >= size) {
      throw new DataException(
          "a share of %s of %s examples leaves nothing for one of the two parts"
              .formatted(fraction, size));
    }
    int[] order = permutation(size, seed, 0);
    int[] train = Arrays.copyOf(order, count);
    int[] test = Arrays.copyOfRange(order, count, order.length);
    Arrays.sort(train);
    Arrays.sort(test);
    return new Split(train, test);
  }
}
