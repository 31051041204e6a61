package dev.detent.runtime.verify;

import java.util.List;

/**
 * What quantization and the kernels did to one tensor of the deployed model.
 *
 * <p>The errors of a layer include those that its inputs brought along; {@link #equalLoss} and
 * {@link #sqnrLossDb} are what the layer itself has added.
 *
 * @param layer the tensor's name in the file, which is the field's
 * @param operation that makes it, by its name in TFLite's schema; {@code INPUT} for an input
 * @param shape without the batch
 * @param isInteger whether the file holds it as integers; float values count as equal where they
 *     differ by less than 1/256 of the example's largest, about half an int8 step
 * @param hasSameScale whether the file has the scale and zero point that the graph computes with
 * @param builtIn the file on the built-in kernels against the quantized graph
 * @param xnnpack the file on XNNPACK against the quantized graph
 * @param betweenKernels the file on XNNPACK against the file on the built-in kernels
 * @param equalLoss the smallest share of equal values among its inputs less its own, on the
 *     built-in kernels; 1 less its own for a layer without inputs
 * @param sqnrDb signal to quantization noise, in decibels: the float graph's values against their
 *     difference from the file's on the built-in kernels. Infinite without noise, NaN without
 *     signal
 * @param noise the root of the mean square of that difference, in steps of the tensor's scale; of a
 *     float tensor in its own unit
 * @param sqnrLossDb the SQNR of its noisiest input less its own; NaN where no input has noise
 */
public record LayerError(
    String layer,
    String operation,
    List<Integer> shape,
    boolean isInteger,
    boolean hasSameScale,
    Agreement builtIn,
    Agreement xnnpack,
    Agreement betweenKernels,
    double equalLoss,
    double sqnrDb,
    double noise,
    double sqnrLossDb) {

  /** The operation of an input. */
  static final String INPUT = "INPUT";

  /** Copies the list. */
  public LayerError {
    shape = List.copyOf(shape);
  }
}
