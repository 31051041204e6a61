import dev.detent.annotations.*;
import dev.detent.runtime.layer.*;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

@Model
class Custom {
  @Input(shape = 8) Layer values;
  @Squash @BatchNorm Layer squashed;
}

@CustomLayer(implementation = SquashLayer.class)
@interface Squash {}

record SquashLayer() implements CustomOperation {
  @Override
  public Operand<TFloat32> compute(Computation c, LayerSite site) {
    return c.inputs().get(0);
  }

  @Override
  public String code(LayerSite site) {
    return "Squash";
  }
}
