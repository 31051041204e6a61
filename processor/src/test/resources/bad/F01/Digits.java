/*
 * A field is not of type `Layer`. The fields of a model are its layers; only static fields are
 * the class's own.
 *
 * Remedy: declare it as `Layer`, make a constant static, or move it to another class.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
  @Dense(units = 10) float[] logits;
}
