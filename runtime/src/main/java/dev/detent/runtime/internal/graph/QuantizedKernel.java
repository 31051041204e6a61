package dev.detent.runtime.internal.graph;

import dev.detent.runtime.quantizer.Grid;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.quantizer.WeightQuantizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A kernel under its quantizer in one pass: with one scale for each channel before batch norm is
 * folded in, with one for the tensor behind it.
 */
final class QuantizedKernel {
  private final PassBuilder graph;
  private final Ops tf;
  private final QuantizerSite site;
  private final WeightQuantizer quantizer;
  private final Operand<TFloat32> weights;
  private final Grid grid;

  /**
   * What is deployed of the kernel.
   *
   * @param integers of the folded kernel
   * @param scale positive, of each channel or of the tensor
   * @param values the integers times the scale, with the gradient of training
   * @param offGrid how far the quantizer's values were off their grid at most, in steps: a scalar
   */
  record Deployed(
      Operand<TFloat32> integers,
      Operand<TFloat32> scale,
      Operand<TFloat32> values,
      Operand<TFloat32> offGrid) {}

  /**
   * Lets the quantizer make the grid.
   *
   * @param name of the weight: {@code conv/kernel}
   * @param weights before batch norm if there is a scale for each channel, else folded
   * @param channels the axes that are the output channels
   */
  QuantizedKernel(
      PassBuilder graph,
      Ops tf,
      String name,
      WeightQuantization how,
      WeightQuantizer quantizer,
      Operand<TFloat32> weights,
      int[] shape,
      ChannelAxes channels) {
    this.graph = graph;
    this.tf = tf;
    this.quantizer = quantizer;
    this.weights = weights;
    site =
        new QuantizerSite(graph, tf, QuantizerSite.Demand.of(how, name, shape), weights, channels);
    grid = site.grid(quantizer);
  }

  /** Lets the quantizer look at the weights, in a pass that observes. */
  void observe() {
    if (graph.pass().observing()) {
      graph.observe(site, quantizer, weights);
    }
  }

  /** The weights on their own grid, with the quantizer's gradient. */
  Operand<TFloat32> values() {
    return quantizer.quantize(site, grid, weights);
  }

  /**
   * The kernel as it is deployed.
   *
   * @param factor of batch norm, for each channel, that is not in the weights yet; or null
   * @param floor the smallest scale that the layer's bias allows
   */
  Deployed deployed(Operand<TFloat32> factor, Operand<TFloat32> floor) {
    var values = values();
    Operand<TFloat32> natural = grid.scale();
    if (factor != null) {
      natural = tf.math.mul(natural, tf.math.abs(factor));
    }
    Operand<TFloat32> scale = tf.math.maximum(natural, floor);
    Operand<TFloat32> shrink = tf.math.div(natural, scale);
    Operand<TFloat32> surrogate = values;
    if (factor != null) {
      shrink = tf.math.mul(shrink, tf.math.sign(factor));
      surrogate = tf.math.mul(values, site.broadcast(factor));
    }
    var toIntegers = tf.math.div(shrink, grid.scale());
    var integers = round(tf.math.mul(values, site.broadcast(toIntegers)));
    var forward = tf.math.mul(integers, site.broadcast(scale));
    return new Deployed(
        integers, scale, CustomGradients.straightThrough(tf, forward, surrogate), offGrid(values));
  }

  private Operand<TFloat32> offGrid(Operand<TFloat32> values) {
    var steps = tf.math.div(values, site.broadcast(grid.scale()));
    var distances = tf.math.abs(tf.math.sub(steps, round(steps)));
    return tf.reduceMax(tf.reshape(distances, tf.constant(new int[] {-1})), tf.constant(0));
  }

  /** Half up, as TensorFlow's FakeQuantWithMinMaxVars rounds. */
  private Operand<TFloat32> round(Operand<TFloat32> value) {
    return tf.math.floor(tf.math.add(value, tf.constant(0.5f)));
  }
}
