/*
 * Indices, the values of an `@Input` with `dataType = DataType.INT32`, are read by a layer that
 * computes with real numbers; or an `@Embedding` reads real numbers.
 *
 * Remedy: put an `@Embedding` behind the indices, and nothing else.
 */
import dev.detent.annotations.*;

@Model
class Words {
  @Input(shape = 20, dataType = DataType.INT32) Layer words;
  @Dense(units = 10) Layer logits;
}
