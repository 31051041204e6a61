import dev.detent.annotations.*;

@Model
class Blocks {
  @Input(shape = {9, 8, 6}) Layer image;
  @SpaceToDepth(blockSize = 2) Layer deep;
  @DepthToSpace(blockSize = 2, from = "image") Layer large;
  @Output @Flatten(from = "deep") Layer first;
  @Output @Flatten(from = "large") Layer second;
}
