import dev.detent.annotations.*;

@Model
class Filters {
  @Input(shape = {28, 6}) Layer sequence;
  @Conv1D(filters = 8, kernelSize = 3, groups = 3) Layer conv;
}
