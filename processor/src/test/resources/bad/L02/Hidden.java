import dev.detent.annotations.*;
import dev.detent.runtime.graph.*;
import dev.detent.runtime.layer.*;
import dev.detent.runtime.tflite.export.*;
import java.util.List;

@Model
class Hidden {
  @Input(shape = 8) Layer x;
  @Gain Layer gain;
  @Gain(unit = Hidden.Unit.OTHER) Layer other;

  private enum Unit {
    ONE,
    OTHER
  }

  @CustomLayer(implementation = Gained.class)
  @interface Gain {
    Unit unit() default Unit.ONE;
  }

  record Gained(Unit unit) implements ComposedLayer {
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
