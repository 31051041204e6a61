package dev.detent.runtime.data;

import java.util.random.RandomGenerator;

/**
 * SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014), which
 * can be set to a new seed without a new object.
 */
final class SeededRandom implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /** Starts the sequence that belongs to these numbers, all of which matter. */
  SeededRandom seed(long seed, long... more) {
    long mixed = mix(seed + GOLDEN_GAMMA);
    for (long each : more) {
      mixed = mix(mixed ^ mix(each + GOLDEN_GAMMA) + GOLDEN_GAMMA);
    }
    state = mixed;
    return this;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
