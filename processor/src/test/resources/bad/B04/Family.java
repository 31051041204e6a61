import dev.detent.annotations.*;

@Model
@Variant(name = "2x", value = "WIDTH = 16")
@Variant(name = "Family", value = "WIDTH = 4")
@Variant(name = "Wide", value = "WIDTH = true")
@Variant(name = "Deep", value = "DEEP = 2")
class Family {
  static final int WIDTH = 8;
  static final boolean DEEP = false;

  @Input(shape = 4) Layer values;
  @Dense @Bind("units = WIDTH") Layer dense;
}
