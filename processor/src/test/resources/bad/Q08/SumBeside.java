import dev.detent.annotations.*;

@Model
@Quantize
class SumBeside {
  @Input(shape = {8, 4}) Layer steps;
  @Max(axis = 1) Layer largest;
  @Sum(axis = 1, from = "steps") Layer sum;
  @Concat({"largest", "sum"}) Layer both;
}
