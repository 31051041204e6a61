/*
 * `@Model` stands on a class that is declared in a method. The compiler shows such classes to no annotation processor.
 * Detent looks for them once the methods are compiled, which it can where it runs in `javac` itself.
 *
 * Remedy: move the class out of the method.
 */
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
