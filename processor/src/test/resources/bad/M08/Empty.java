import dev.detent.annotations.*;

@Model
class Empty {}
