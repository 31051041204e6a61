import dev.detent.annotations.*;
import dev.detent.annotations.OutputRange;
import dev.detent.runtime.layer.*;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

@Model
class Sizes {
  @Input(shape = {7, 7, 3}) Layer image;
  @Flatten Layer row;
  @Half(from = "image") @Output Layer half;
  @Half(from = "row") @Output Layer halfOfARow;
  @Less(from = "image") @Output Layer less;
  @True(from = "image") @Output Layer flag;
  @Long(from = "image") @Output Layer rank;
  @Work(from = "image") @Output Layer work;
}

@CustomLayer(implementation = SquashLayer.class, outputShape = "{height / 2, width / 2, channels}")
@interface Half {
  String from() default "";
}

@CustomLayer(
    implementation = SquashLayer.class,
    weights = @LayerWeight(name = "kernel", shape = "{channels - 3}"))
@interface Less {
  String from() default "";
}

@CustomLayer(implementation = SquashLayer.class, outputShape = "{channels == 3}")
@interface True {
  String from() default "";
}

@CustomLayer(implementation = SquashLayer.class, outputShape = "{1, 1, 1, 1, 1}")
@interface Long {
  String from() default "";
}

@CustomLayer(implementation = SquashLayer.class, multiplyAccumulates = "0 - channels")
@interface Work {
  String from() default "";
}

@CustomLayer(implementation = SquashLayer.class, outputShape = "{height, ")
@interface Broken {}

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
