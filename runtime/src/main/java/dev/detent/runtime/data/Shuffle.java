package dev.detent.runtime.data;

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
}
