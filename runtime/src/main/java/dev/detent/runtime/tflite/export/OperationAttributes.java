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
   * Of CONCATENATION.
   *
   * @param axis counted with the batch dimension
   */
  record Axis(int axis) implements OperationAttributes {}

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
