import dev.detent.annotations.*;
import dev.detent.annotations.OutputRange;
import dev.detent.runtime.layer.*;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class Parts {
  @CustomLayer(implementation = SquashLayer.class, range = OutputRange.AS_TFLITE)
  @interface Which {}

  @CustomLayer(implementation = SquashLayer.class, range = OutputRange.FIXED, scale = 0.5, zeroPoint = 200)
  @interface Zero {}

  @CustomLayer(implementation = SquashLayer.class, scale = 0.5)
  @interface Scaled {}

  @CustomLayer(implementation = SquashLayer.class, inputs = 2)
  @interface Two {}

  @CustomLayer(implementation = SquashLayer.class, inputs = -1)
  @interface Fewer {
    String from() default "";

    String[] value();
  }

  @CustomLayer(
      implementation = SquashLayer.class,
      weights = {
        @LayerWeight(name = "kernel", shape = "channels"),
        @LayerWeight(name = "kernel", shape = "channels"),
        @LayerWeight(name = "a/b", shape = "channels")
      })
  @interface Weighted {}
}

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
