import dev.detent.annotations.*;
import dev.detent.annotations.scheme.OutputRange;
import dev.detent.runtime.graph.*;
import dev.detent.runtime.layer.*;
import dev.detent.runtime.tflite.export.*;
import java.util.List;

@CustomLayer(implementation = Scale.Unchanged.class, range = OutputRange.FIXED, scale = 1e-40)
@interface Scale {
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
