package dev.detent.runtime.quantizer;

/** Leaves a tensor float. */
public final class None implements WeightQuantizer, ActivationQuantizer {

  /** The quantizer. */
  public None() {}

  @Override
  public Grid grid(Site site) {
    throw new IllegalStateException("'" + site.name() + "' is left float and has no grid");
  }

  @Override
  public boolean leavesFloat() {
    return true;
  }
}
