/**
 * What turns real numbers into a grid of few bits: the interface of quantizers, and Detent's own,
 * which are written against it and nothing else.
 *
 * <p>In: what the processor decided for each tensor, as {@link
 * dev.detent.runtime.quantizer.ActivationRange} and {@link
 * dev.detent.runtime.quantizer.WeightQuantization}. Out: the fake-quantized tensor of the training
 * graph, and the scale, zero point and integers that the export writes, all from one {@link
 * dev.detent.runtime.quantizer.Grid}.
 *
 * <p><b>Writing one.</b> Implement {@link dev.detent.runtime.quantizer.WeightQuantizer}, {@link
 * dev.detent.runtime.quantizer.ActivationQuantizer} or both; {@link
 * dev.detent.runtime.quantizer.Quantizer} shows a complete one. Its single method that must be
 * written makes the grid out of variables of the {@link dev.detent.runtime.quantizer.Site}; others
 * give it a gradient, let it follow the data, or work on the JVM during the calibration. {@link
 * dev.detent.runtime.quantizer.LayerQuantizer} decides for all tensors of a layer.
 *
 * <p><b>Ranges that follow the data</b>: {@link dev.detent.runtime.quantizer.MovingAverage} (the
 * default of activations), {@link dev.detent.runtime.quantizer.LastValue}, {@link
 * dev.detent.runtime.quantizer.AllValues}; {@link dev.detent.runtime.quantizer.MaxAbs} (the default
 * of weights). <b>From the calibration alone</b>: {@link dev.detent.runtime.quantizer.Percentile},
 * {@link dev.detent.runtime.quantizer.MseOptimal}, {@link dev.detent.runtime.quantizer.Entropy}.
 * <b>Trained by gradients</b>: {@link dev.detent.runtime.quantizer.LearnedStep} (LSQ), {@link
 * dev.detent.runtime.quantizer.LearnedStepAndOffset} (LSQ+), {@link
 * dev.detent.runtime.quantizer.Pact}, {@link dev.detent.runtime.quantizer.PowerOfTwo}.
 * <b>Neither</b>: {@link dev.detent.runtime.quantizer.Fixed}, {@link
 * dev.detent.runtime.quantizer.None}.
 */
@NullMarked
package dev.detent.runtime.quantizer;

import org.jspecify.annotations.NullMarked;
