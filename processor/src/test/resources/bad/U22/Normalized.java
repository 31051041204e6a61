/*
 * A note, printed with `-Adetent.notes=true`: TFLite has no integer kernel for a layer, so that it
 * becomes several operations, which take more time and memory than one kernel would.
 *
 * Remedy: none is needed. Where it costs too much, use another layer: a `@BatchNorm` is folded into
 * the layer in front of it and costs nothing.
 */
import dev.detent.annotations.*;

@Model
@Quantize
class Normalized {
  @Input(shape = {16, 32}) Layer sequence;
  @LayerNorm Layer norm;
  @Dense(units = 8) Layer dense;
}
