package zoo;

import dev.detent.annotations.*;

/** Nested models, public and not; constants are the class's own. */
public class Zoo {
  /** As public as its generated class. */
  @Model
  @Quantize
  public static class Tiny {
    private static final int CLASSES = 1 + 2;

    @Input(shape = 4)
    Layer values;

    @Dense(units = CLASSES)
    Layer logits;
  }

  static class Inner {
    @Model
    static class Tiny {
      @Input(shape = 4) Layer values;
      @Dense(units = Zoo.Tiny.CLASSES) Layer logits;
    }
  }
}
