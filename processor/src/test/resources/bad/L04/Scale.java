import dev.detent.annotations.*;
import dev.detent.annotations.OutputRange;
import dev.detent.runtime.layer.*;
import dev.detent.runtime.network.*;
import java.util.List;

@CustomLayer(implementation = Scale.Unchanged.class, range = OutputRange.FIXED, scale = 1e-40)
@interface Scale {
  class Unchanged implements ComposedLayer {
    @Override
    public Tensor build(NetworkBuilder n, LayerSite site, List<Tensor> inputs) {
      return inputs.get(0);
    }
  }
}
