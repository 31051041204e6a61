package dev.detent.runtime.internal.graph;

import dev.detent.runtime.quantizer.Grid;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.quantizer.WeightQuantizer;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A kernel under its quantizer in one pass: with one scale for each channel before batch norm is
 * folded in, with one for the tensor after it.
 */
final class QuantizedKernel {
  private final Ops tf;
  private final WeightQuantization how;
  private final WeightQuantizer quantizer;
  private final QuantizerSite site;
  private final Operand<TFloat32> weights;
  private final Grid grid;

  /**
   * What is deployed of the kernel.
   *
   * @param integers of the folded kernel
   * @param steps of the integers
   * @param values the integers times their scale, with the gradient of training
   */
  record Deployed(Operand<TFloat32> integers, PassGraph.Steps steps, Operand<TFloat32> values) {}

  /**
   * Lets the quantizer make the grid, and look at the weights in a pass that observes.
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
      Operand<TFloat32> weights,
      int[] shape,
      ChannelAxes channels) {
    this.tf = tf;
    this.how = how;
    this.weights = weights;
    quantizer = how.quantizerFactory().get();
    var demand = QuantizerSite.Demand.of(how, name, shape);
    site = new QuantizerSite(graph, tf, demand, Optional.of(weights), channels);
    grid = site.grid(quantizer);
    if (graph.pass().observing()) {
      graph.observe(site, quantizer, weights);
    }
  }

  /** How the kernel is quantized. */
  WeightQuantization how() {
    return how;
  }

  /** The weights on their own grid, with the quantizer's gradient. */
  Operand<TFloat32> values() {
    return quantizer.quantize(site, grid, weights);
  }

  /**
   * The kernel as it is deployed.
   *
   * @param factor of batch norm, for each channel, that is not in the weights yet
   * @param floor the smallest scale that the layer's bias allows
   */
  Deployed deployed(Optional<Operand<TFloat32>> factor, Operand<TFloat32> floor) {
    var values = values();
    Operand<TFloat32> natural = grid.scale();
    if (factor.isPresent()) {
      natural = tf.math.mul(natural, tf.math.abs(factor.get()));
    }
    Operand<TFloat32> scale = tf.math.maximum(natural, floor);
    Operand<TFloat32> shrink = tf.math.div(natural, scale);
    Operand<TFloat32> surrogate = values;
    if (factor.isPresent()) {
      shrink = tf.math.mul(shrink, tf.math.sign(factor.get()));
      surrogate = tf.math.mul(values, site.broadcast(factor.get()));
    }
    var toIntegers = tf.math.div(shrink, grid.scale());
    var integers = round(tf, tf.math.mul(values, site.broadcast(toIntegers)));
    var forward = tf.math.mul(integers, site.broadcast(scale));
    return new Deployed(
        integers,
        new PassGraph.Steps(scale, how.bits(), Optional.of(offGrid(values))),
        CustomGradients.straightThrough(tf, forward, surrogate));
  }

  private Operand<TFloat32> offGrid(Operand<TFloat32> values) {
    var steps = tf.math.div(values, site.broadcast(grid.scale()));
    var distances = tf.math.abs(tf.math.sub(steps, round(tf, steps)));
    return tf.reduceMax(tf.reshape(distances, tf.constant(new int[] {-1})), tf.constant(0));
  }

  /** Half up, as TensorFlow's FakeQuantWithMinMaxVars rounds. */
  static Operand<TFloat32> round(Ops tf, Operand<TFloat32> value) {
    return tf.math.floor(tf.math.add(value, tf.constant(0.5f)));
  }
}
