import dev.detent.annotations.*;

/** Recurrences that read backwards, and in both directions with every way to merge them. */
class Directions {
  @Model
  @Quantize
  static class Kernels {
    @Input(shape = {5, 3}) Layer signal;
    @Lstm(units = 4, returnSequences = true, goBackwards = true) Layer backwards;
    @Bidirectional @Lstm(units = 4, returnSequences = true) Layer both;

    @Bidirectional(mergeMode = MergeMode.SUM)
    @Lstm(units = 4, returnSequences = true, useBias = false)
    Layer sum;

    @Bidirectional(mergeMode = MergeMode.AVE) @Lstm(units = 2) Layer mean;
    @Lstm(units = 2, goBackwards = true, from = "sum") Layer first;
    @Concat({"mean", "first"}) Layer all;
  }

  @Model
  @Quantize
  static class Unrolled {
    @Input(shape = {2, 3}) Layer signal;
    @Gru(units = 4, returnSequences = true, goBackwards = true) Layer backwards;
    @Bidirectional @Gru(units = 3, returnSequences = true) Layer both;

    @Bidirectional(mergeMode = MergeMode.MUL)
    @Gru(units = 2, resetAfter = false)
    Layer product;
  }
}
