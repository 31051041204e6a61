package dev.detent.runtime.parity;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.ReductionStep;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** A model of one or two inputs, "x" and "z", and one operation "y" without weights. */
final class OneOperation {
  static final ActivationRange X = ActivationRange.learned("x", 8);
  static final ActivationRange Z = ActivationRange.learned("z", 8);
  static final ActivationRange Y = ActivationRange.learned("y", 8);

  private final ActivationRange first;
  private final ActivationRange second;
  private final ActivationRange result;

  private OneOperation(ActivationRange first, ActivationRange second, ActivationRange result) {
    this.first = first;
    this.second = second;
    this.result = result;
  }

  /** With input and output in ranges of their own. */
  static OneOperation own() {
    return own(Y);
  }

  /** With inputs in ranges of their own, and this for the output. */
  static OneOperation own(ActivationRange output) {
    return new OneOperation(X, Z, output);
  }

  /** With all inputs and the output in one range. */
  static OneOperation tied() {
    return new OneOperation(X, X, X);
  }

  /** The operation. */
  interface Layer {
    Tensor of(NetworkBuilder n, List<Tensor> inputs, ActivationRange output);
  }

  /** The model. */
  TinyModel model(Layer layer, int[]... shapes) {
    String[] names = {"x", "z"};
    ActivationRange[] ranges = {first, second};
    return new TinyModel(
        n -> {
          List<Tensor> inputs = new ArrayList<>();
          for (int i = 0; i < shapes.length; i++) {
            inputs.add(n.input(names[i]).output(ranges[i], shapes[i]));
          }
          n.output("y", layer.of(n, inputs, result));
        },
        1);
  }

  /** A model of the input "x" and what some operations make of it, called "y". */
  static TinyModel of(
      ActivationRange x, BiFunction<NetworkBuilder, Tensor, Tensor> y, int... shape) {
    return new OneOperation(x, null, null).model((n, in, to) -> y.apply(n, in.get(0)), shape);
  }

  /** The end of a reduction of {@code x}, whose axes count the batch. */
  static Tensor reduced(
      ReductionStep step, Tensor x, boolean keepDims, ActivationRange to, int... axes) {
    int[] shape = x.shape();
    int[] result =
        IntStream.rangeClosed(1, shape.length)
            .filter(axis -> keepDims || !isIn(axes, axis))
            .map(axis -> isIn(axes, axis) ? 1 : shape[axis - 1])
            .toArray();
    step.axes(axes);
    return (keepDims ? step.keepDims() : step).output(to, result);
  }

  private static boolean isIn(int[] axes, int axis) {
    return Arrays.stream(axes).anyMatch(each -> each == axis);
  }
}
