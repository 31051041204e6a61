// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Panorama {
  @Input(shape = {65536, 65536, 1}) Layer image;
  @GlobalAveragePool2D Layer mean;
}
