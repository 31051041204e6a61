package dev.detent.processor.shape;

import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.CustomUse;
import java.util.List;
import java.util.Optional;

/**
 * What a shape rule works out.
 *
 * @param output the shape of the output
 * @param kernel the shape of the kernel in TensorFlow's layout, if there is one
 * @param outputChannels how many channels have a bias and a batch norm
 * @param multiplyAccumulates for one example
 * @param otherParameters how many numbers it holds besides kernel, bias and stacked batch norm
 * @param weights of a custom layer
 */
record Inferred(
    Shape output,
    Optional<Shape> kernel,
    int outputChannels,
    long multiplyAccumulates,
    long otherParameters,
    List<CustomUse.Weight> weights) {

  /** A layer that holds numbers, but no kernel. */
  Inferred(Shape output, long multiplyAccumulates, long parameters) {
    this(output, Optional.empty(), 0, multiplyAccumulates, parameters, List.of());
  }

  /** A layer that holds no numbers. */
  Inferred(Shape output) {
    this(output, 0, 0);
  }

  /**
   * A layer with a kernel.
   *
   * @param windows what the kernel is multiplied with once for each value of a channel
   */
  static Inferred weighted(Shape output, Shape kernel, Shape windows) {
    return weighted(output, kernel, windows, 0);
  }

  /**
   * A layer with a kernel and another one before it.
   *
   * @param before how many numbers that one has
   */
  static Inferred weighted(Shape output, Shape kernel, Shape windows, long before) {
    return new Inferred(
        output,
        Optional.of(kernel),
        output.channels(),
        product(windows.elements() / windows.channels(), 1, kernel.elements() + before),
        before,
        List.of());
  }

  /** The same with the numbers of what follows it. */
  Inferred and(Inferred following) {
    return new Inferred(
        output,
        kernel,
        outputChannels,
        multiplyAccumulates,
        otherParameters + following.otherParameters,
        weights);
  }

  /** A product, or {@link Long#MAX_VALUE} if that is more than a long holds. */
  static long product(long a, long b, long c) {
    double estimate = (double) a * b * c;
    return estimate > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : a * b * c;
  }
}
