package dev.detent.runtime.parity;

import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Step;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Random;
import java.util.function.BiFunction;

/** A model of the input "x" in range {@code x} and one layer "y" with weights. */
final class OneLayer {
  private ActivationRange x = ActivationRange.learned("x", 8);
  private ActivationRange y = ActivationRange.learned("y", 8);
  private final int[] inputShape;
  private int[] outputShape;

  private OneLayer(int... inputShape) {
    this.inputShape = inputShape;
  }

  /** Which reads an input of this shape. */
  static OneLayer reading(int... shape) {
    return new OneLayer(shape);
  }

  /** Which yields an output of this shape. */
  OneLayer yielding(int... shape) {
    outputShape = shape;
    return this;
  }

  OneLayer inputRange(ActivationRange range) {
    x = range;
    return this;
  }

  OneLayer outputRange(ActivationRange range) {
    y = range;
    return this;
  }

  /**
   * The model, with weights as a hard training would leave them.
   *
   * @param layer all but its output
   */
  TinyModel model(BiFunction<NetworkBuilder, Tensor, Step> layer) {
    return new TinyModel(
            n -> {
              Tensor input = n.input("x").output(x, inputShape);
              n.output("y", layer.apply(n, input).output(y, outputShape));
            },
            3)
        .shuffled(new Random(8));
  }

  /** How many windows there are along one axis. */
  static int windows(int size, int kernel, int stride, int dilation, Padding padding) {
    int starts = padding == Padding.SAME ? size : size - (kernel - 1) * dilation;
    return (starts + stride - 1) / stride;
  }

  /** How many values the output has. */
  int outputs() {
    return Parity.elements(outputShape);
  }

  /** Random inputs for the model. */
  float[][] data(int examples, double mean, double deviation) {
    return Parity.gaussian(new Random(21), examples, mean, deviation, Parity.elements(inputShape));
  }
}
