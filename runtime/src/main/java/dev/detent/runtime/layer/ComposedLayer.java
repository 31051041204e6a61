package dev.detent.runtime.layer;

import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import java.util.List;

/**
 * A layer of the user's own that is made of operations which TFLite has. Detent's own generated
 * code makes the same calls.
 *
 * <p>A complete one, which multiplies each channel by a weight of its own and adds the input back:
 *
 * <pre>{@code
 * @CustomLayer(
 *     implementation = ResidualGain.class,
 *     weights = @LayerWeight(name = "kernel", shape = "{1, 1, channels, 1}", initializer = Initializer.ZEROS))
 * @Target(ElementType.FIELD)
 * public @interface GainedResidual {}
 *
 * public final class ResidualGain implements ComposedLayer {
 *   @Override
 *   public Tensor build(NetworkBuilder n, LayerSite site, List<Tensor> inputs) {
 *     Tensor x = inputs.get(0);
 *     Tensor gained =
 *         n.depthwiseConv2d(site.name("gained"), x)
 *             .kernel(site.weight("kernel"))
 *             .output(site.range("gained"), x.shape());
 *     return n.add(site.name(), x, gained).output(site.output(), site.shape());
 *   }
 * }
 * }</pre>
 *
 * <p>Ranges and quantizations are null where the layer stays float; the builder takes that for what
 * it is. The last operation has the name and the output of the site; a tied layer gives that range
 * to all its tensors.
 */
@FunctionalInterface
public non-sealed interface ComposedLayer extends LayerImplementation {

  /**
   * Describes the layer.
   *
   * @param site what the layer is told
   * @param inputs what it reads
   * @return the tensor called {@link LayerSite#name()}, in the range {@link LayerSite#output()}
   */
  Tensor build(NetworkBuilder n, LayerSite site, List<Tensor> inputs);
}
