import dev.detent.annotations.*;

class First {
  @Dense(units = 10) Layer below;
  @Input(shape = 3) Layer above;
}

class Second {
  @Relu Layer a;
  @Add({"a", "a"}) Layer b;
}
