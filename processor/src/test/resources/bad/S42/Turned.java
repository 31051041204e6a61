/*
 * `dims` of a `@Permute` does not have each axis of the input once.
 *
 * Remedy: list the axes from 1 on in the order that the output is to have: `{2, 1, 3}` turns an
 * image on its side.
 */
import dev.detent.annotations.*;

@Model
class Turned {
  @Input(shape = {8, 8, 3}) Layer image;
  @Permute(dims = {2, 1}) Layer turned;
}
