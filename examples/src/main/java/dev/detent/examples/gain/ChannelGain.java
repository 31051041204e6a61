package dev.detent.examples.gain;

import dev.detent.runtime.layer.ComposedLayer;
import dev.detent.runtime.layer.LayerSite;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import java.util.List;

/**
 * {@code y[b, h, w, c] = activation(x[b, h, w, c] * kernel[c])}, a depthwise convolution of one
 * pixel.
 */
public final class ChannelGain implements ComposedLayer {

  /** The layer. */
  public ChannelGain() {}

  @Override
  public Tensor build(NetworkBuilder n, LayerSite site, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    return n.depthwiseConv2d(site.name(), x)
        .kernel(site.weight("kernel"))
        .activation(site.activation())
        .output(site.output(), x.shape());
  }
}
