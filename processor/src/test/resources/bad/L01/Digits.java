/*
 * The class that a @CustomLayer names cannot compute a layer: it is abstract, an inner class, not visible to the
 * model, or implements neither ComposedLayer nor CustomOperation.
 *
 * Remedy: name a class that implements one of the two, and make it public.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Squash Layer squashed;
  @Flatten Layer flat;
}

@CustomLayer(implementation = StringBuilder.class)
@interface Squash {}
