package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;
import dev.detent.annotations.PadMode;
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

  /**
   * Of TRANSPOSE.
   *
   * @param axes for each axis of the output but the batch the one of the input, counted with the
   *     batch dimension
   */
  record Permutation(List<Integer> axes) implements OperationAttributes {
    /** Keeps a copy. */
    public Permutation {
      axes = List.copyOf(axes);
    }
  }

  /**
   * Of a PAD of {@code [steps, channels]}.
   *
   * @param before steps before
   * @param behind steps behind
   */
  record Ends(int before, int behind) implements OperationAttributes {}

  /**
   * Of MIRROR_PAD.
   *
   * @param margins of the image
   * @param mode where the mirror stands
   */
  record Mirror(Margins margins, PadMode mode) implements OperationAttributes {}

  /**
   * Of STRIDED_SLICE: places of every axis but the batch.
   *
   * @param begin the first place
   * @param end the first place that is not taken any more
   * @param strides steps from one to the next, at least 1
   * @param dropsFirst whether the first axis behind the batch goes, of which one place is taken
   */
  record Slice(List<Integer> begin, List<Integer> end, List<Integer> strides, boolean dropsFirst)
      implements OperationAttributes {
    /** Keeps copies. */
    public Slice {
      begin = List.copyOf(begin);
      end = List.copyOf(end);
      strides = List.copyOf(strides);
    }
  }

  /**
   * Of SPLIT, which all operations that cut one tensor alike are together.
   *
   * @param axis counted with the batch dimension
   * @param parts how many
   * @param index which of them the output is, from 0
   */
  record Part(int axis, int parts, int index) implements OperationAttributes {}

  /**
   * Of SPACE_TO_DEPTH and DEPTH_TO_SPACE.
   *
   * @param size the side of a block in pixels
   */
  record Block(int size) implements OperationAttributes {}

  /**
   * Of TILE along the first axis behind the batch.
   *
   * @param times how often
   */
  record Repetition(int times) implements OperationAttributes {}

  /**
   * Of RESIZE_NEAREST_NEIGHBOR and RESIZE_BILINEAR, at most one of them true.
   *
   * @param alignCorners whether the outermost pixels lie on one another
   * @param halfPixelCenters whether a pixel lies in its middle
   */
  record Resize(boolean alignCorners, boolean halfPixelCenters) implements OperationAttributes {}

  /**
   * Of TRANSPOSE_CONV.
   *
   * @param strideHeight steps from window to window of the output, at least 1
   * @param strideWidth steps from window to window of the output, at least 1
   * @param padding what is cut off at the output's edges
   * @param activation applied to the result
   */
  record TransposedConvolution(
      int strideHeight, int strideWidth, Padding padding, Activation activation)
      implements OperationAttributes {}

  /**
   * Of an operation whose second operand is the layer's constant.
   *
   * @param activation applied to the result
   */
  record WithConstant(Activation activation) implements OperationAttributes {}

  /**
   * Of a custom operation.
   *
   * @param code under which its kernel is registered
   * @param options what its kernel is told, in a format of its own
   * @param weights the constant tensors behind its activations, {@code layer/weight} each
   */
  record Custom(String code, byte[] options, List<String> weights) implements OperationAttributes {
    /** Keeps copies. */
    public Custom {
      options = options.clone();
      weights = List.copyOf(weights);
    }

    @Override
    public byte[] options() {
      return options.clone();
    }
  }
}
