package dev.detent.runtime.layer;

import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import java.util.List;

/**
 * A layer of the user's own that is made of operations which TFLite has: written once for the graph
 * that trains, and once for the plan that is deployed, with the same operations under the same
 * names. Detent's own generated code makes the same calls.
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
 *   public LayerTensor graph(GraphBuilder g, LayerSite site, List<LayerTensor> inputs) {
 *     LayerTensor x = inputs.get(0);
 *     LayerTensor gained =
 *         g.depthwiseConv2d(site.name("gained"), x)
 *             .kernel(site.weight("kernel"))
 *             .output(site.range("gained"));
 *     return g.add(site.name(), x, gained).output(site.output());
 *   }
 *
 *   @Override
 *   public PlanTensor plan(PlanBuilder p, LayerSite site, List<PlanTensor> inputs) {
 *     PlanTensor x = inputs.get(0);
 *     PlanTensor gained =
 *         p.depthwiseConv2d(site.name("gained"), x).output(site.range("gained"), x.dims());
 *     return p.add(site.name(), x, gained).output(site.output(), site.shape());
 *   }
 * }
 * }</pre>
 *
 * <p>Ranges and quantizations are null where the layer stays float; the builders take that for what
 * it is. The last operation has the name and the output of the site; a tied layer gives that range
 * to all its tensors.
 */
public non-sealed interface ComposedLayer extends LayerImplementation {

  /**
   * The layer in one pass of the graph.
   *
   * @param site what the layer is told
   * @param inputs {@code [batch, ...]} each
   * @return the tensor called {@link LayerSite#name()}, in the range {@link LayerSite#output()}
   */
  LayerTensor graph(GraphBuilder g, LayerSite site, List<LayerTensor> inputs);

  /**
   * The same operations in the plan of the deployed model.
   *
   * @param site as in {@link #graph}
   * @param inputs in the same order
   * @return the tensor called {@link LayerSite#name()}, in the range {@link LayerSite#output()}
   */
  PlanTensor plan(PlanBuilder p, LayerSite site, List<PlanTensor> inputs);
}
