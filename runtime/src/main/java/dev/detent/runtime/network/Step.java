package dev.detent.runtime.network;

import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.KernelRange;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation under construction, whose output is all that is left to say. */
public abstract class Step {
  private final NetworkBuilder network;
  private final String name;

  Step(NetworkBuilder network, String name) {
    this.network = network;
    this.name = name;
  }

  abstract Operation operation(Tensor output);

  /** What the kernel prescribes for the output, if it does. */
  Optional<KernelRange> prescribed() {
    return Optional.empty();
  }

  final String name() {
    return name;
  }

  /**
   * Ends the operation.
   *
   * @param range of the output, unless the kernel prescribes one; null where it stays float
   * @param shape of the output without the batch
   */
  public final Tensor output(@Nullable ActivationRange range, int... shape) {
    ActivationRange own =
        range == null ? null : prescribed().map(kernel -> kernel.of(range)).orElse(range);
    return network.add(operation(new Tensor(name, own, shape)));
  }

  /** Ends the operation with a float output of that shape, without the batch. */
  public final Tensor output(int... shape) {
    return output(null, shape);
  }

  /** An operation that needs to be told nothing more. */
  static Step plain(
      NetworkBuilder network,
      String name,
      Optional<KernelRange> prescribed,
      Function<Tensor, Operation> operation) {
    return new Step(network, name) {
      @Override
      Operation operation(Tensor output) {
        return operation.apply(output);
      }

      @Override
      Optional<KernelRange> prescribed() {
        return prescribed;
      }
    };
  }
}
