import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;
import java.io.IOException;

@Model
@Quantize
class Constructors {
  @Input(shape = 8) Layer x;
  @Dense(units = 4) @Secret Layer secret;
  @Dense(units = 4) @Secrets Layer secrets;
  @Dense(units = 4) @Several(one = 1, other = 2) Layer several;
  @Dense(units = 4) @Reads(file = "steps") Layer reads;

  @QuantizeWith(layer = Hidden.class)
  @interface Secret {
    Class<?> type() default Inner.class;
  }

  @QuantizeWith(layer = Hidden.class)
  @interface Secrets {
    Kind[] kinds() default {};
  }

  @QuantizeWith(layer = Ambiguous.class)
  @interface Several {
    int one();

    int other();
  }

  @QuantizeWith(layer = Throwing.class)
  @interface Reads {
    String file();
  }

  private enum Kind {}

  private static class Inner {}

  record Hidden(Class<?> type) implements LayerQuantizer {
    Hidden(Kind[] kinds) {
      this(Inner.class);
    }
  }

  static class Ambiguous implements LayerQuantizer {
    Ambiguous(int one, Object other) {}

    Ambiguous(Object one, int other) {}
  }

  static class Throwing implements LayerQuantizer {
    Throwing(String file) throws IOException {}
  }
}
