/*
 * An annotation stands where nothing reads it: what belongs to a model or its layers is on something else.
 *
 * Remedy: remove the annotation, move it, or annotate the class with `@Model`.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @KeepFloat static final int CLASSES = 10;
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
  @Dense(units = CLASSES) Layer logits;
}

@Quantize
class Settings {
  @QuantizeConfig(bits = 4) Layer logits;
}
