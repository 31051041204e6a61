import dev.detent.annotations.*;
import java.util.function.Supplier;

class Places {
  @Model
  static class Right {
    @Input(shape = 4) Layer x;
    @Dense(units = 2) Layer y;
  }

  static {
    @Model
    class InInitializer {}
  }

  final Object anonymous =
      new Object() {
        @Model
        static class InAnonymous {
          @Input(shape = 4) Layer x;
        }
      };

  Supplier<Object> lambda =
      () -> {
        class Stray {
          @Input(shape = 4) Layer x;
          @Dense(units = 10) Layer logits;
        }
        class Configured {
          @KeepFloat int kept;
        }
        return new Configured();
      };

  enum Kinds {
    ONE {
      void run() {
        for (int i = 0; i < 2; i++) {
          @Model
          record InLoop() {}
        }
      }
    }
  }
}
