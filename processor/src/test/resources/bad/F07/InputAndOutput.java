import dev.detent.annotations.*;

@Model
class InputAndOutput {
  @Input(shape = {28, 28, 1}) @Output Layer image;
  @Flatten @Output Layer flat;
}
