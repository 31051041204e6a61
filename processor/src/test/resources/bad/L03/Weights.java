import dev.detent.annotations.*;
import dev.detent.runtime.graph.*;
import dev.detent.runtime.layer.*;
import dev.detent.runtime.tflite.export.*;
import java.util.List;

@CustomLayer(
    implementation = Weights.Unchanged.class,
    weights = {
      @LayerWeight(name = "empty", shape = ""),
      @LayerWeight(name = "blank", shape = " "),
      @LayerWeight(name = "braces", shape = "{}"),
      @LayerWeight(name = "kernel", shape = "{channels, }")
    })
@interface Weights {
  class Unchanged implements ComposedLayer {
    @Override
    public LayerTensor graph(GraphBuilder g, LayerSite site, List<LayerTensor> inputs) {
      return inputs.get(0);
    }

    @Override
    public PlanTensor plan(PlanBuilder p, LayerSite site, List<PlanTensor> inputs) {
      return inputs.get(0);
    }
  }
}
