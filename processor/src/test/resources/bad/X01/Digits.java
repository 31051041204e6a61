/*
 * The processor itself has failed. That is a fault of Detent and not of the class; other
 * classes are still compiled. No class is known that leads to it: the example is compiled with
 * a fault put in.
 *
 * Remedy: report it with the class and the message.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
