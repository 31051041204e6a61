import dev.detent.annotations.*;

@Model
class Volumes {
  @Input(shape = {2, 3, 4, 5}) Layer volume;
  @PRelu @Output Layer prelu;
  @L2Normalize(from = "volume") @Output Layer unit;
}
