package dev.detent.runtime.tflite;

import dev.detent.runtime.internal.tflite.Shortened;

/**
 * Where a file breaks a rule of TFLite's 8-bit quantization specification.
 *
 * @param rule which
 * @param operation that has the tensor as {@code CONV_2D}; empty if none has
 * @param tensor its name in the file
 * @param what is wrong, in words
 */
public record TfliteFinding(Rule rule, String operation, String tensor, String what) {
  /** The rules that are checked. */
  public enum Rule {
    /** Operations read and write tensors that the file has. */
    STRUCTURE("tensors exist and have sizes"),
    /** Scales are positive numbers, and zero points are numbers that the type can hold. */
    SCALES("real = (q - zero_point) * scale, zero_point in the type's range"),
    /** Operations that move values keep their scale. */
    TIED_SCALES("input and output have the same scale and zero point"),
    /** Softmax, logistic, tanh and the like have the range that their kernels prescribe. */
    FIXED_OUTPUT("the output has the scale and zero point that the kernel prescribes"),
    /** Biases are int32 in units of input scale times weight scale. */
    BIAS("bias: int32, zero_point 0, scale = input scale * weight scale"),
    /** Weights are int8 around 0, without -128. */
    WEIGHTS("weights: int8, zero_point 0, values in [-127, 127]"),
    /** Scales of channels lie along the axis of the output channels. */
    CHANNEL_AXIS("one scale for each output channel, along the kernel's axis"),
    /** Integers and float do not meet but in QUANTIZE and DEQUANTIZE. */
    TYPES("inputs and outputs of one operation are all int8 or all float"),
    /** Nothing is converted and converted back. */
    BORDERS("QUANTIZE and DEQUANTIZE stand at borders only");

    private final String text;

    Rule(String text) {
      this.text = text;
    }

    /** The rule in words. */
    public String text() {
      return text;
    }
  }

  /** One line. */
  @Override
  public String toString() {
    return (operation.isEmpty() ? "" : operation + " ")
        + (tensor.isEmpty() ? "" : Shortened.quoted(tensor) + " ")
        + what
        + " ("
        + rule.text()
        + ")";
  }
}
