import dev.detent.annotations.*;
import dev.detent.runtime.layer.*;

class Unfit {
  @CustomLayer(implementation = int.class)
  @interface Number {}

  @CustomLayer(implementation = ComposedLayer.class)
  @interface Whole {}

  abstract static class Half implements ComposedLayer {}

  @CustomLayer(implementation = Half.class)
  @interface Abstract {}
}
