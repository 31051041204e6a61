package dev.detent.runtime.internal.tflite;

import org.jspecify.annotations.Nullable;

/**
 * The smallest versions of an operation that have its kernels; null where there is none.
 *
 * @param real for float tensors
 * @param int8 for int8 tensors
 * @param int16 with activations of 16 bits on either side
 * @param int4Weights with weights of 4 bits and activations of 8
 */
public record Versions(
    @Nullable Version real,
    @Nullable Version int8,
    @Nullable Version int16,
    @Nullable Version int4Weights) {

  /** The same where something is asked for that came with a later version. */
  public Versions atLeast(Version since) {
    return new Versions(
        later(real, since), later(int8, since), later(int16, since), later(int4Weights, since));
  }

  private static @Nullable Version later(@Nullable Version version, Version since) {
    return version == null || version.number() >= since.number() ? version : since;
  }
}
