import dev.detent.annotations.*;

@Model
class Characters {
  @Input(shape = {28, 28, 1}) Layer _image;
  @Flatten Layer flat$row;
}
