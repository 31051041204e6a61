// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

class Trial {
  @Model
  static class Right {
    @Input(shape = 4) Layer values;
    @Dense(units = 10) Layer logits;
  }

  void run() {
    @Model
    class Digits {
      @Input(shape = {28, 28, 1}) Layer image;
      @Flatten Layer flat;
      @Dense(units = 10) Layer logits;
    }
  }
}
