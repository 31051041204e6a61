package dev.detent.runtime.network;

import dev.detent.annotations.Initializer;
import org.jspecify.annotations.Nullable;

/** A long short-term memory under construction; it yields the state after each step. */
public final class LstmStep extends Step {
  private final Tensor x;
  private int units;
  private Initializer kernelInitializer = Initializer.GLOROT_UNIFORM;
  private Initializer recurrentInitializer = Initializer.GLOROT_UNIFORM;
  private @Nullable Initializer bias;
  private boolean isForgetOne;

  LstmStep(NetworkBuilder network, String name, Tensor x) {
    super(network, name);
    this.x = x;
  }

  /** Size of the state. */
  public LstmStep units(int count) {
    units = count;
    return this;
  }

  /** How the kernel of the input starts; without the call {@link Initializer#GLOROT_UNIFORM}. */
  public LstmStep kernelInitializer(Initializer initializer) {
    kernelInitializer = initializer;
    return this;
  }

  /** How the kernel of the state starts; without the call {@link Initializer#GLOROT_UNIFORM}. */
  public LstmStep recurrentInitializer(Initializer initializer) {
    recurrentInitializer = initializer;
    return this;
  }

  /**
   * Gives the layer a bias.
   *
   * @param initializer how it starts
   * @param unitForgetBias whether the forget gate's part starts with ones
   */
  public LstmStep bias(Initializer initializer, boolean unitForgetBias) {
    bias = initializer;
    isForgetOne = unitForgetBias;
    return this;
  }

  @Override
  Operation operation(Tensor output) {
    return new Operation.Lstm(
        x, units, kernelInitializer, recurrentInitializer, bias, isForgetOne, output);
  }
}
