import dev.detent.annotations.*;

@Model
class Towers {
  @Input(shape = 4) Layer values;
  @Tower(repeat = 1000) Layer towers;

  @Block
  @interface Tower {
    int repeat() default 1;

    class Layers {
      @Floor(repeat = 1000) Layer floors;
    }
  }

  @Block
  @interface Floor {
    int repeat() default 1;

    class Layers {
      @Relu Layer relu;
    }
  }
}
