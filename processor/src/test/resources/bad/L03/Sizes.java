import dev.detent.annotations.*;
import dev.detent.annotations.scheme.OutputRange;
import dev.detent.runtime.graph.*;
import dev.detent.runtime.layer.*;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

@Model
class Sizes {
  @Input(shape = {7, 7, 3}) Layer image;
  @Half Layer half;
  @Less Layer less;
  @True Layer flag;
  @Long Layer rank;
  @Work Layer work;
  @Flatten Layer flat;
  @Half Layer row;
}

@CustomLayer(implementation = SquashLayer.class, outputShape = "{height / 2, width / 2, channels}")
@interface Half {}

@CustomLayer(
    implementation = SquashLayer.class,
    weights = @LayerWeight(name = "kernel", shape = "{channels - 3}"))
@interface Less {}

@CustomLayer(implementation = SquashLayer.class, outputShape = "{channels == 3}")
@interface True {}

@CustomLayer(implementation = SquashLayer.class, outputShape = "{1, 1, 1, 1, 1}")
@interface Long {}

@CustomLayer(implementation = SquashLayer.class, multiplyAccumulates = "0 - channels")
@interface Work {}

@CustomLayer(implementation = SquashLayer.class, outputShape = "{height, ")
@interface Broken {}

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
