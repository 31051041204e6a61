/*
 * A tensor or kernel has more values than the 2,147,483,647 that one array holds.
 *
 * Remedy: use smaller sizes.
 */
import dev.detent.annotations.*;

@Model
class Panorama {
  @Input(shape = {65536, 65536, 1}) Layer image;
  @GlobalAveragePool2D Layer mean;
}
