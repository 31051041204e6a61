package dev.detent.runtime.data;

import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Mixes the examples of a batch, each with the next one in a random order.
 *
 * @param kind how
 * @param alpha both parameters of the Beta distribution of the share
 */
record Mixing(Kind kind, double alpha) implements Augmentation {
  /** How examples are mixed. */
  enum Kind {
    MIXUP,
    CUTMIX
  }

  Mixing {
    if (!(alpha > 0 && Double.isFinite(alpha))) {
      throw new IllegalArgumentException("alpha is " + alpha + "; a number above 0");
    }
  }

  /** Images on their own stay as they are. */
  @Override
  public void apply(Image image, RandomGenerator random) {}

  /** None, as one by one. */
  @Override
  public boolean changes(int rank) {
    return false;
  }

  /**
   * Checks that examples can be mixed.
   *
   * @throws IllegalArgumentException if a target is made of classes, or there is not one image to
   *     cut into
   */
  void check(List<Features> inputs, List<Targets> targets) {
    String name = kind == Kind.MIXUP ? "mixup" : "cutmix";
    if (targets.stream().anyMatch(Targets::isClasses)) {
      throw new IllegalArgumentException(
          name
              + " makes targets shares of classes: give mapTarget(0, Targets::oneHot) of the"
              + " training data, and a loss for that, as Losses.categoricalCrossEntropy()");
    }
    long images = inputs.stream().filter(input -> input.shape().length == 3).count();
    if (kind == Kind.CUTMIX && (images != 1 || inputs.size() != 1)) {
      throw new IllegalArgumentException("cutmix needs one input, which is an image");
    }
  }

  /** Mixes a batch in place. */
  void mix(Batch batch, RandomGenerator random) {
    double share =
        new BetaDistribution(null, alpha, alpha).inverseCumulativeProbability(random.nextDouble());
    int count = batch.count();
    int[] partners = new int[count];
    // A random cycle: nobody is mixed with itself unless it is alone.
    int[] order = Shuffle.permutation(count, random.nextLong(), 0);
    for (int i = 0; i < count; i++) {
      partners[order[i]] = order[(i + 1) % count];
    }
    if (kind == Kind.CUTMIX) {
      share = cut(batch, partners, share, random);
    } else {
      for (int input = 0; input < batch.inputCount(); input++) {
        int width = batch.features(input).elements();
        if (batch.features(input).type() == ElementType.UINT8) {
          blend(batch.bytes(input), width, partners, (float) share);
        } else {
          blend(batch.floats(input), width, partners, (float) share);
        }
      }
    }
    for (int target = 0; target < batch.targetCount(); target++) {
      float[] values = batch.values(target);
      blend(values, values.length / batch.capacity(), partners, (float) share);
    }
  }

  private static void blend(float[] values, int width, int[] partners, float share) {
    float[] before = values.clone();
    for (int i = 0; i < partners.length; i++) {
      for (int k = 0; k < width; k++) {
        values[i * width + k] =
            share * before[i * width + k] + (1 - share) * before[partners[i] * width + k];
      }
    }
  }

  private static void blend(byte[] values, int width, int[] partners, float share) {
    byte[] before = values.clone();
    for (int i = 0; i < partners.length; i++) {
      for (int k = 0; k < width; k++) {
        float own = before[i * width + k] & 0xff;
        float other = before[partners[i] * width + k] & 0xff;
        values[i * width + k] = (byte) Math.round(share * own + (1 - share) * other);
      }
    }
  }

  /** Returns the share of the area that stays. */
  private static double cut(Batch batch, int[] partners, double share, RandomGenerator random) {
    int[] shape = batch.features(0).shape();
    double side = Math.sqrt(1 - share);
    int halfHeight = (int) (shape[0] * side) / 2;
    int halfWidth = (int) (shape[1] * side) / 2;
    int middleY = random.nextInt(shape[0]);
    int middleX = random.nextInt(shape[1]);
    int top = Math.max(0, middleY - halfHeight);
    int bottom = Math.min(shape[0], middleY + halfHeight);
    int left = Math.max(0, middleX - halfWidth);
    int right = Math.min(shape[1], middleX + halfWidth);
    boolean isBytes = batch.features(0).type() == ElementType.UINT8;
    Object pixels = isBytes ? batch.bytes(0) : batch.floats(0);
    Object before = isBytes ? batch.bytes(0).clone() : batch.floats(0).clone();
    int row = shape[1] * shape[2];
    for (int i = 0; i < partners.length; i++) {
      for (int y = top; y < bottom; y++) {
        int at = y * row + left * shape[2];
        System.arraycopy(
            before,
            partners[i] * shape[0] * row + at,
            pixels,
            i * shape[0] * row + at,
            (right - left) * shape[2]);
      }
    }
    return 1 - (double) ((bottom - top) * (right - left)) / (shape[0] * shape[1]);
  }
}
