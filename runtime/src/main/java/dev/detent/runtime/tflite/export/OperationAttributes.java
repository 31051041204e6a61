package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import java.util.List;

/** What an operation is told beside its tensors. */
public sealed interface OperationAttributes {

  /** Nothing. */
  record None() implements OperationAttributes {}

  /**
   * Only an activation that is fused in.
   *
   * @param activation applied to the result
   */
  record Fused(Activation activation) implements OperationAttributes {}

  /**
   * Of CONV_2D and DEPTHWISE_CONV_2D.
   *
   * @param strideHeight steps from window to window, at least 1
   * @param strideWidth steps from window to window, at least 1
   * @param dilationHeight distance of the taps, at least 1
   * @param dilationWidth distance of the taps, at least 1
   * @param padding at the edges
   * @param depthMultiplier output channels for each input channel; DEPTHWISE_CONV_2D only
   * @param activation applied to the result
   */
  record Convolution(
      int strideHeight,
      int strideWidth,
      int dilationHeight,
      int dilationWidth,
      Padding padding,
      int depthMultiplier,
      Activation activation)
      implements OperationAttributes {}

  /**
   * Of MAX_POOL_2D and AVERAGE_POOL_2D.
   *
   * @param windowHeight in pixels, at least 1
   * @param windowWidth in pixels, at least 1
   * @param strideHeight steps from window to window, at least 1
   * @param strideWidth steps from window to window, at least 1
   * @param padding at the edges
   * @param activation applied to the result
   */
  record Pool(
      int windowHeight,
      int windowWidth,
      int strideHeight,
      int strideWidth,
      Padding padding,
      Activation activation)
      implements OperationAttributes {}

  /**
   * Of MEAN.
   *
   * @param axes counted with the batch dimension
   * @param keepDims whether those axes stay with size 1
   */
  record Reduction(List<Integer> axes, boolean keepDims) implements OperationAttributes {
    /** Keeps a copy. */
    public Reduction {
      axes = List.copyOf(axes);
    }
  }

  /**
   * Of PAD.
   *
   * @param top rows above
   * @param bottom rows below
   * @param left columns before
   * @param right columns behind
   */
  record Margins(int top, int bottom, int left, int right) implements OperationAttributes {}

  /**
   * Of BATCH_MATMUL.
   *
   * @param transposeA whether the left matrix is transposed first
   * @param transposeB whether the right matrix is transposed first
   */
  record MatrixProduct(boolean transposeA, boolean transposeB) implements OperationAttributes {}

  /**
   * Of TRANSPOSE.
   *
   * @param axes counted with the batch dimension
   */
  record Order(List<Integer> axes) implements OperationAttributes {
    /** Keeps a copy. */
    public Order {
      axes = List.copyOf(axes);
    }
  }

  /**
   * Of SOFTMAX.
   *
   * @param beta what the input is multiplied with, positive
   */
  record Beta(double beta) implements OperationAttributes {}

  /**
   * Of UNIDIRECTIONAL_SEQUENCE_LSTM.
   *
   * @param units size of the state
   */
  record Recurrence(int units) implements OperationAttributes {}

  /**
   * Of STRIDED_SLICE.
   *
   * @param index of the step, from 0
   * @param isAlone whether the axis of the steps goes, rather than stays with size 1
   */
  record StepOfSequence(int index, boolean isAlone) implements OperationAttributes {}

  /**
   * Of CONCATENATION.
   *
   * @param axis counted with the batch dimension
   */
  record Axis(int axis) implements OperationAttributes {}

  /**
   * Of LEAKY_RELU.
   *
   * @param alpha what negative values are multiplied with
   */
  record Slope(double alpha) implements OperationAttributes {}

  /**
   * Of GELU.
   *
   * @param isApproximate whether a tanh stands for the normal distribution
   */
  record Approximation(boolean isApproximate) implements OperationAttributes {}

  /**
   * Of an operation whose second operand is one number for all values.
   *
   * @param number that operand
   * @param activation applied to the result; NONE for an operation that fuses none
   */
  record WithNumber(double number, Activation activation) implements OperationAttributes {}
}
