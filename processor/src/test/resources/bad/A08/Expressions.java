import dev.detent.annotations.*;

@Model
class Expressions {
  static final int WIDTH = 4;

  @Input(shape = 4) Layer values;
  @Dense @Bind("units WIDTH") Layer assignment;
  @Dense @Bind("units = 8 / (WIDTH - 4)") Layer division;
  @Dense @Bind({"units = 1", "units = WIDTH"}) Layer twice;
  @When("WIDTH") @Relu Layer condition;
}

@Model
class Nameless {
  @Input(shape = 4) Layer values;
  @Dense @Bind("units = WIDTH") Layer dense;
}
