import dev.detent.annotations.*;
import dev.detent.annotations.OutputRange;
import dev.detent.runtime.layer.*;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class None {
  @CustomLayer(implementation = SquashLayer.class)
  @interface Squash {
    double slope();
  }

  @CustomLayer(implementation = SquashLayer.class)
  @interface Nested {
    Deprecated why();
  }

  @CustomLayer(implementation = Sized.class)
  @interface Unsized {}

  @CustomLayer(implementation = Ambiguous.class)
  @interface Several {
    int one();

    int other();
  }

  @CustomLayer(implementation = Throwing.class)
  @interface Named {
    String file();
  }
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

class Sized extends SquashLayer {
  Sized(int size) {}
}

class Ambiguous extends SquashLayer {
  Ambiguous(Object one, int other) {}

  Ambiguous(int one, Object other) {}
}

class Throwing extends SquashLayer {
  Throwing(String file) throws java.io.IOException {}
}
