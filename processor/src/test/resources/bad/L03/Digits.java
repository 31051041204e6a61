// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;
import dev.detent.annotations.OutputRange;
import dev.detent.runtime.layer.*;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Squash Layer squashed;
  @Flatten Layer flat;
}

@CustomLayer(implementation = SquashLayer.class, outputShape = "{height, width, chanels}")
@interface Squash {}

class SquashLayer implements CustomOperation {
  @Override
  public Operand<TFloat32> compute(Computation c, LayerSite site) {
    return c.inputs().get(0);
  }

  @Override
  public String code(LayerSite site) {
    return "Squash";
  }
}
