package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Initializer;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Draws the first values of weights, as Keras's initializers of the same names. */
final class Initializers {

  /** Deviation of a normal distribution cut at two deviations, before rescaling. */
  private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

  /** Keras's default deviation of {@code RandomNormal} and half-width of {@code RandomUniform}. */
  private static final double RANDOM_DEFAULT = 0.05;

  private Initializers() {}

  /** By the fans of a weight's shape: its last two axes, each times the sizes before them. */
  static Variables.InitialValues of(Initializer initializer, long seed, String name, int[] shape) {
    int rank = shape.length;
    double area = 1;
    for (int i = 0; i < rank - 2; i++) {
      area *= shape[i];
    }
    double fanIn = rank == 0 ? 1 : area * shape[Math.max(0, rank - 2)];
    double fanOut = rank == 0 ? 1 : area * shape[rank - 1];
    return of(initializer, seed, name, fanIn, fanOut);
  }

  /**
   * Values that depend on the model's seed and the weight's name only, not on the order of
   * declaration.
   *
   * @param fanIn inputs of one output, kernel area included
   * @param fanOut outputs of one input, kernel area included
   */
  static Variables.InitialValues of(
      Initializer initializer, long seed, String name, double fanIn, double fanOut) {
    return size -> {
      DoubleSupplier draw = draw(initializer, new Random(mix(seed, name)), fanIn, fanOut);
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) draw.getAsDouble();
      }
      return values;
    };
  }

  private static DoubleSupplier draw(
      Initializer initializer, Random random, double fanIn, double fanOut) {
    return switch (initializer) {
      case GLOROT_UNIFORM -> uniform(random, Math.sqrt(6 / (fanIn + fanOut)));
      case GLOROT_NORMAL ->
          truncated(random, Math.sqrt(2 / (fanIn + fanOut)) / TRUNCATED_DEVIATION);
      case HE_UNIFORM -> uniform(random, Math.sqrt(6 / fanIn));
      case HE_NORMAL -> truncated(random, Math.sqrt(2 / fanIn) / TRUNCATED_DEVIATION);
      case LECUN_UNIFORM -> uniform(random, Math.sqrt(3 / fanIn));
      case LECUN_NORMAL -> truncated(random, Math.sqrt(1 / fanIn) / TRUNCATED_DEVIATION);
      case TRUNCATED_NORMAL -> truncated(random, RANDOM_DEFAULT);
      case RANDOM_NORMAL -> () -> random.nextGaussian() * RANDOM_DEFAULT;
      case RANDOM_UNIFORM -> uniform(random, RANDOM_DEFAULT);
      case ZEROS -> () -> 0;
      case ONES -> () -> 1;
    };
  }

  private static DoubleSupplier uniform(Random random, double limit) {
    return () -> (2 * random.nextDouble() - 1) * limit;
  }

  private static DoubleSupplier truncated(Random random, double deviation) {
    return () -> {
      double value;
      do {
        value = random.nextGaussian();
      } while (Math.abs(value) > 2);
      return value * deviation;
    };
  }

  /** A seed for one name: SplitMix64's finalizer over both. */
  static long mix(long seed, String name) {
    long z = seed + 0x9E3779B97F4A7C15L * (name.hashCode() + 1L);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
