package zoo;

import dev.detent.annotations.*;

/** Its generated class has the name of the class that it extends. */
@Model
class Detent {
  @Input(shape = 2) Layer inputs;
  @Input(shape = 2) Layer targets;
  @Add({"inputs", "targets"}) Layer outputs;
}
