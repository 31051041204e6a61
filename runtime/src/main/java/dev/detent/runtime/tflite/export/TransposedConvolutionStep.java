package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;

/** TRANSPOSE_CONV, its attributes being set. */
public final class TransposedConvolutionStep extends PlanBuilder.Step {
  private int strideHeight = 1;
  private int strideWidth = 1;
  private Padding padding = Padding.VALID;
  private Activation activation = Activation.NONE;

  TransposedConvolutionStep(PlanBuilder plan, String name, PlanTensor x) {
    super(plan, OperationKind.TRANSPOSE_CONV, name, x);
  }

  /** Steps from window to window of the output; without the call 1. */
  public TransposedConvolutionStep strides(int height, int width) {
    strideHeight = height;
    strideWidth = width;
    return this;
  }

  /** What is cut off at the output's edges; without the call {@link Padding#VALID}. */
  public TransposedConvolutionStep padding(Padding value) {
    padding = value;
    return this;
  }

  /** Fuses an activation in; without the call there is none. */
  public TransposedConvolutionStep activation(Activation value) {
    activation = value;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.TransposedConvolution(
        strideHeight, strideWidth, padding, activation);
  }
}
