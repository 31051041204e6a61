package dev.detent.examples.gain;

import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.layer.ComposedLayer;
import dev.detent.runtime.layer.LayerSite;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import java.util.List;

/**
 * {@code y[b, h, w, c] = activation(x[b, h, w, c] * kernel[c])}, a depthwise convolution of one
 * pixel.
 */
public final class ChannelGain implements ComposedLayer {

  /** The layer. */
  public ChannelGain() {}

  @Override
  public LayerTensor graph(GraphBuilder g, LayerSite site, List<LayerTensor> inputs) {
    return g.depthwiseConv2d(site.name(), inputs.get(0))
        .kernel(site.weight("kernel"))
        .activation(site.activation())
        .output(site.output());
  }

  @Override
  public PlanTensor plan(PlanBuilder p, LayerSite site, List<PlanTensor> inputs) {
    return p.depthwiseConv2d(site.name(), inputs.get(0))
        .activation(site.activation())
        .output(site.output(), site.shape());
  }
}
