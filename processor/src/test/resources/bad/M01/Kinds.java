import dev.detent.annotations.*;

@Model
enum Sizes { SMALL }

@Model
record Point(Layer x) {}

@Model
@interface Net {}
