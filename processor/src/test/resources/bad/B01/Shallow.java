import dev.detent.annotations.*;

@Model
class Shallow {
  @Input(shape = 4) Layer values;
  @Maybe Layer block;
  @Dense(units = 2) Layer logits;
}

@Block
@interface Maybe {
  boolean deep() default false;

  class Layers {
    @When("deep") @Relu Layer relu;
  }
}
