package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Padding;
import dev.detent.runtime.tflite.export.OperationAttributes.Convolution;
import dev.detent.runtime.tflite.export.OperationAttributes.Margins;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.List;

/**
 * A convolution with SAME padding and strides so large that the last pixels of a dimension are in
 * no window: becomes the same convolution without padding, behind a PAD where the other dimension
 * needs one, which is the same numbers.
 *
 * <p>XNNPACK (TFLite 2.20, float and int8 alike) computes it wrongly, unless the kernel is a single
 * pixel; the built-in kernels do not. Pixels are left over where {@code (output - 1) * stride +
 * (taps - 1) * dilation + 1 < input}: with one tap for an input of 8 pixels and stride 2, with two
 * taps for one of 3 pixels and stride 3.
 */
final class WindowsShortOfTheEnd {
  private WindowsShortOfTheEnd() {}

  /** The operation itself, or the two that stand for it. */
  static List<PlanOperation> replaced(PlanOperation operation, TrainedValues values) {
    if (!(operation.attributes() instanceof Convolution convolution)
        || convolution.padding() != Padding.SAME) {
      return List.of(operation);
    }
    LayerWeights weights = values.weights(operation.layer());
    PlanTensor input = operation.inputs().get(0);
    int[] dims = input.dims();
    if (weights == null || weights.kernelShape().length != 4 || dims.length != 3) {
      return List.of(operation); // which is refused where its weights are read
    }
    Extent height =
        new Extent(
            dims[0],
            weights.kernelShape()[0],
            convolution.strideHeight(),
            convolution.dilationHeight());
    Extent width =
        new Extent(
            dims[1],
            weights.kernelShape()[1],
            convolution.strideWidth(),
            convolution.dilationWidth());
    boolean isPixel = height.taps() == 1 && width.taps() == 1;
    if (isPixel || !(height.skipsTheEnd() || width.skipsTheEnd())) {
      return List.of(operation);
    }
    var valid =
        new Convolution(
            convolution.strideHeight(),
            convolution.strideWidth(),
            convolution.dilationHeight(),
            convolution.dilationWidth(),
            Padding.VALID,
            convolution.depthMultiplier(),
            convolution.activation());
    if (height.padding() + width.padding() == 0) {
      return List.of(with(operation, input, valid));
    }
    var margins = new Margins(height.before(), height.after(), width.before(), width.after());
    PlanTensor padded =
        new PlanTensor(
            operation.layer() + "/pad",
            new int[] {dims[0] + height.padding(), dims[1] + width.padding(), dims[2]},
            input.range().orElse(null));
    return List.of(
        new PlanOperation(
            OperationKind.PAD, operation.layer() + "/pad", List.of(input), padded, margins),
        with(operation, padded, valid));
  }

  private static PlanOperation with(PlanOperation of, PlanTensor input, Convolution attributes) {
    return new PlanOperation(of.kind(), of.layer(), List.of(input), of.output(), attributes);
  }

  /** One dimension of the convolution. */
  private record Extent(int input, int taps, int stride, int dilation) {
    int output() {
      return (input + stride - 1) / stride;
    }

    /** What the windows cover. */
    private int covered() {
      return (output() - 1) * stride + (taps - 1) * dilation + 1;
    }

    boolean skipsTheEnd() {
      return covered() < input;
    }

    int padding() {
      return Math.max(0, covered() - input);
    }

    int before() {
      return padding() / 2;
    }

    int after() {
      return padding() - before();
    }
  }
}
