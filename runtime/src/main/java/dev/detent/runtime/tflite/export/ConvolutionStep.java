package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;

/** CONV_2D or DEPTHWISE_CONV_2D. */
public final class ConvolutionStep extends PlanBuilder.Step {
  private int strideHeight = 1;
  private int strideWidth = 1;
  private int dilationHeight = 1;
  private int dilationWidth = 1;
  private Padding padding = Padding.VALID;
  private int depthMultiplier = 1;
  private Activation activation = Activation.NONE;

  ConvolutionStep(PlanBuilder plan, OperationKind kind, String name, PlanTensor x) {
    super(plan, kind, name, x);
  }

  /** Steps from window to window; without the call 1. */
  public ConvolutionStep strides(int height, int width) {
    strideHeight = height;
    strideWidth = width;
    return this;
  }

  /** Distance of the kernel's taps; without the call 1. */
  public ConvolutionStep dilations(int height, int width) {
    dilationHeight = height;
    dilationWidth = width;
    return this;
  }

  /** What happens at the edges; without the call {@link Padding#VALID}. */
  public ConvolutionStep padding(Padding value) {
    padding = value;
    return this;
  }

  /** Output channels for each input channel of a depthwise convolution; without the call 1. */
  public ConvolutionStep depthMultiplier(int value) {
    depthMultiplier = value;
    return this;
  }

  /** Fuses an activation in; without the call there is none. */
  public ConvolutionStep activation(Activation value) {
    activation = value;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Convolution(
        strideHeight,
        strideWidth,
        dilationHeight,
        dilationWidth,
        padding,
        depthMultiplier,
        activation);
  }
}
