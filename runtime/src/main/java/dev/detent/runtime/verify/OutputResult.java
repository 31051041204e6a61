package dev.detent.runtime.verify;

import dev.detent.runtime.tflite.Kernels;

/**
 * One output of the deployed model over all examples.
 *
 * @param output its name
 * @param builtIn the file on the built-in kernels against the quantized graph
 * @param xnnpack the file on XNNPACK against the quantized graph
 * @param betweenKernels the file on XNNPACK against the file on the built-in kernels: how far two
 *     right answers can be apart
 * @param quality how good the answers are
 * @param loss what quantization has cost
 */
public record OutputResult(
    String output,
    Agreement builtIn,
    Agreement xnnpack,
    Agreement betweenKernels,
    Quality quality,
    Loss loss) {

  /**
   * How good an output is, each time judged by the output's own values, as the deployed model's
   * user sees them.
   *
   * @param measure {@link #ACCURACY} if the targets are classes, else {@link #MEAN_ABSOLUTE_ERROR}
   * @param floatGraph of the float model, with the weights that it had before it was fine-tuned
   * @param quantizedGraph of the training graph
   * @param builtIn of the file on the built-in kernels
   * @param xnnpack of the file on XNNPACK
   */
  public record Quality(
      String measure, double floatGraph, double quantizedGraph, double builtIn, double xnnpack) {

    /** The share of examples, or of their places, whose largest output is the target's, 0 to 1. */
    public static final String ACCURACY = "accuracy";

    /** The mean of {@code |y - t|}, in the output's unit. */
    public static final String MEAN_ABSOLUTE_ERROR = "mean absolute error";

    /** Whether a larger number is better and 1 the best. */
    public boolean isAccuracy() {
      return measure.equals(ACCURACY);
    }

    /** Of the file. */
    public double file(Kernels kernels) {
      return kernels == Kernels.BUILT_IN ? builtIn : xnnpack;
    }
  }

  /**
   * How much worse the file is than the float model, over the same examples.
   *
   * @param builtIn on the built-in kernels, in the unit of {@link Quality#measure}; negative where
   *     the file is better
   * @param xnnpack the same on XNNPACK
   * @param chance what chance can make of no difference: 2.58 standard errors of the mean of the
   *     differences between the two answers to each example, which for accuracies is McNemar's test
   *     (1947, "Note on the sampling error of the difference between correlated proportions")
   */
  public record Loss(double builtIn, double xnnpack, double chance) {

    /** Of the file. */
    public double file(Kernels kernels) {
      return kernels == Kernels.BUILT_IN ? builtIn : xnnpack;
    }
  }

  /** The file against the quantized graph. */
  public Agreement agreement(Kernels kernels) {
    return kernels == Kernels.BUILT_IN ? builtIn : xnnpack;
  }
}
