package dev.detent.runtime.network;

import dev.detent.annotations.Initializer;
import java.util.Arrays;
import java.util.List;

/** A PRELU under construction. */
public final class PReluStep extends Step {
  private final Tensor x;
  private List<Integer> alpha = List.of();
  private Initializer initializer = Initializer.ZEROS;
  private int bits;

  PReluStep(NetworkBuilder network, String name, Tensor x) {
    super(network, name);
    this.x = x;
  }

  /** Alpha's sizes: those of the input, without the batch, and 1 where alpha is shared. */
  public PReluStep alpha(int... shape) {
    alpha = Arrays.stream(shape).boxed().toList();
    return this;
  }

  /** How alpha starts; without the call with zeros. */
  public PReluStep alphaInitializer(Initializer how) {
    initializer = how;
    return this;
  }

  /** Quantizes alpha; without the call it stays float. */
  public PReluStep quantizeAlpha(int width) {
    bits = width;
    return this;
  }

  @Override
  Operation operation(Tensor output) {
    return new Operation.PRelu(x, alpha, initializer, bits, output);
  }
}
