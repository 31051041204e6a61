import dev.detent.annotations.*;
import dev.detent.runtime.layer.*;
import dev.detent.runtime.network.*;
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
    public Tensor build(NetworkBuilder n, LayerSite site, List<Tensor> inputs) {
      return inputs.get(0);
    }
  }
}
