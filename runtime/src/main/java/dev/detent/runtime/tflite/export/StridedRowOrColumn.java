package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Padding;
import dev.detent.runtime.tflite.export.OperationAttributes.Convolution;
import dev.detent.runtime.tflite.export.OperationAttributes.Margins;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.List;

/**
 * A convolution whose kernel is one row or one column, with SAME padding and a stride along the
 * extent of 1: becomes a PAD and the same convolution without padding, which is the same numbers.
 *
 * <p>XNNPACK (TFLite 2.20, float and int8 alike) computes it wrongly where the last pixels of that
 * dimension are in no window, that is where {@code (output - 1) * stride + 1 < input}: an input of
 * 8 pixels with stride 2, or of 9 with stride 3. The built-in kernels do not.
 */
final class StridedRowOrColumn {
  private StridedRowOrColumn() {}

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
    boolean matches = height.skipsTheEnd(width.taps() > 1) || width.skipsTheEnd(height.taps() > 1);
    if (!matches) {
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

    /** Whether XNNPACK goes wrong here, given that the other dimension has more than one tap. */
    boolean skipsTheEnd(boolean isOtherWider) {
      return isOtherWider && taps == 1 && (output() - 1) * stride + 1 < input;
    }

    int padding() {
      return Math.max(0, (output() - 1) * stride + (taps - 1) * dilation + 1 - input);
    }

    int before() {
      return padding() / 2;
    }

    int after() {
      return padding() - before();
    }
  }
}
