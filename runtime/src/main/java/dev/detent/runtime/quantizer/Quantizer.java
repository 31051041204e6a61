package dev.detent.runtime.quantizer;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Decides which real numbers the integers of a tensor stand for, and what training makes of that.
 * Detent's own quantizers are written against this interface and nothing else.
 *
 * <p>A quantizer is a {@link WeightQuantizer}, an {@link ActivationQuantizer} or both. It is asked
 * once for each tensor in each pass of the graph, in this order: {@link #grid}, where it declares
 * its variables; {@link #quantize} for each tensor on that grid; {@link #observe} where the data
 * are looked at. It must keep nothing of one call for the next in its fields: what lasts is a
 * {@link Site#state state} or a {@link Site#parameter parameter} of the site.
 *
 * <p>The one {@link Grid} gives training the values and the export the scale, the zero point and
 * the integers, so that the two cannot differ.
 *
 * <p>A complete quantizer, whose scale is trained by gradients like the weights; its logarithm is
 * the parameter, so that it stays positive:
 *
 * <pre>{@code
 * public final class TrainedScale implements WeightQuantizer, ActivationQuantizer {
 *   private final double headroom;
 *
 *   public TrainedScale(double headroom) {
 *     this.headroom = headroom;
 *   }
 *
 *   @Override
 *   public Grid grid(Site site) {
 *     return Grid.of(site, site.tf().math.exp(site.parameter("log_scale", 0, site.scaleShape())));
 *   }
 *
 *   @Override
 *   public Operand<TFloat32> quantize(Site site, Grid grid, Operand<TFloat32> x) {
 *     Ops tf = site.tf();
 *     Operand<TFloat32> scale = site.broadcast(grid.scale());
 *     Operand<TFloat32> lowest = tf.constant((float) site.lowest());
 *     Operand<TFloat32> highest = tf.constant((float) site.highest());
 *     Operand<TFloat32> steps = tf.math.maximum(tf.math.div(x, scale), lowest);
 *     return tf.math.mul(site.round(tf.math.minimum(steps, highest)), scale);
 *   }
 *
 *   @Override
 *   public void observe(Site site, List<Operand<TFloat32>> tensors) {
 *     if (site.mode() == Site.Mode.CALIBRATING) { // begins where nothing is clipped
 *       Ops tf = site.tf();
 *       Operand<TFloat32> largest = site.max(tf.math.abs(tensors.get(0)));
 *       Operand<TFloat32> scale = tf.math.mul(largest, tf.constant((float) (headroom / site.highest())));
 *       site.update("log_scale", tf.math.log(tf.math.maximum(scale, tf.constant(1e-6f))));
 *     }
 *   }
 * }
 * }</pre>
 */
public interface Quantizer {

  /**
   * The grid of a site. All variables are declared here, those that only {@link #observe} uses
   * included, so that they are saved and loaded whichever pass comes first.
   */
  Grid grid(Site site);

  /**
   * {@code x} on the grid, with the gradient that training is to have. The values must be multiples
   * of the grid's scale; {@link Grid#quantize} makes them so.
   *
   * <p>By default clipped and rounded to nearest, half up, as TensorFlow's {@code
   * FakeQuantWithMinMaxVars}; the gradient passes inside the range and stops outside, and none goes
   * to scale and zero point.
   *
   * @param grid what {@link #grid} gave
   * @param x the weights, or one of the tensors that share the grid
   */
  default Operand<TFloat32> quantize(Site site, Grid grid, Operand<TFloat32> x) {
    return grid.quantize(x);
  }

  /**
   * Looks at the values of a batch, and says by {@link Site#update} what becomes of the site's
   * variables after it. Called while {@linkplain Site.Mode#CALIBRATING calibrating}, and in
   * training until the ranges stand. By default does nothing.
   *
   * @param tensors real values of all tensors that share the grid, at least one; of weights the one
   *     tensor
   */
  default void observe(Site site, List<Operand<TFloat32>> tensors) {}

  /**
   * What is to be worked out on the JVM from the values of the calibration, as a histogram; by
   * default nothing. A new one is asked for at the start of every calibration.
   */
  default Optional<Calibration> calibration(Site site) {
    return Optional.empty();
  }

  /**
   * Whether the tensor is left as it is, without any grid. Such a model can be trained and
   * evaluated, but not be exported where its kernel wants integers.
   */
  default boolean leavesFloat() {
    return false;
  }
}
