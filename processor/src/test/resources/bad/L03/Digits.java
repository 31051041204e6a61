// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;
import dev.detent.annotations.scheme.OutputRange;
import dev.detent.runtime.graph.*;
import dev.detent.runtime.layer.*;
import java.util.List;
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
  public Operand<TFloat32> compute(GraphBuilder g, LayerSite site, List<LayerTensor> inputs) {
    return inputs.get(0).operand();
  }

  @Override
  public String code(LayerSite site) {
    return "Squash";
  }
}
