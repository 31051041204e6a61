/*
 * Fields are annotated as layers, but the class lacks `@Model`, so that nothing is generated
 * from it.
 *
 * Remedy: annotate the class with `@Model`.
 */
import dev.detent.annotations.*;

class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
