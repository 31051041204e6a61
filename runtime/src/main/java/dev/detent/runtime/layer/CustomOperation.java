package dev.detent.runtime.layer;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A layer of the user's own that TFLite runs by a kernel of the user's own: a custom operation. The
 * file names it; the application registers the kernel under that name ({@code
 * MutableOpResolver::AddCustom}). Detent trains, evaluates and exports such a model; TFLite on this
 * machine, and so the verification, cannot run it.
 *
 * <p>A complete one, {@code y = x * min(max(x + 3, 0), 6) / 6} with a trained factor:
 *
 * <pre>{@code
 * public final class Gate implements CustomOperation {
 *   @Override
 *   public Operand<TFloat32> compute(Computation c, LayerSite site) {
 *     Ops tf = c.tf();
 *     Operand<TFloat32> x = c.inputs().get(0);
 *     Operand<TFloat32> gate = tf.nn.relu6(tf.math.add(x, tf.constant(3f)));
 *     return tf.math.mul(tf.math.mul(x, gate), c.weight(site.weight("factor")));
 *   }
 *
 *   @Override
 *   public String code(LayerSite site) {
 *     return "Gate";
 *   }
 *
 *   @Override
 *   public byte[] options(LayerSite site) {
 *     return new FlexOptions().put("offset", 3).toBytes();
 *   }
 * }
 * }</pre>
 *
 * <p>The kernel gets the layer's inputs, then its weights in their declared order in TensorFlow's
 * layout: int8 with zero point 0 where they are quantized, else float. Detent adds the activation
 * and rounds the result to the output's grid, once, half up; a kernel that rounds otherwise is
 * followed by computing so where {@link Computation#isQuantized()}, with {@link
 * Computation#straightThrough} for the gradient. A kernel does not see the activation unless the
 * options say it.
 */
public non-sealed interface CustomOperation extends LayerImplementation {

  /**
   * The result in real numbers, before the activation.
   *
   * @param c the pass, with what the layer reads and its weights
   * @param site what the layer is told
   * @return {@code [batch, ...]} of the declared output shape
   */
  Operand<TFloat32> compute(Computation c, LayerSite site);

  /** The name under which the kernel is registered; not blank. */
  String code(LayerSite site);

  /** What the kernel is told, in a format of its own; by default nothing. */
  default byte[] options(LayerSite site) {
    return new byte[0];
  }
}
