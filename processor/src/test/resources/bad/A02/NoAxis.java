import dev.detent.annotations.*;

@Model
class NoAxis {
  @Input(shape = {8, 3}) Layer steps;
  @Sum(axis = {}) Layer sum;
}
