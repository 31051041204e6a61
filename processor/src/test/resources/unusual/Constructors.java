package unusual;

import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

/** Constructors whose parameters are not of the very types of the attributes. */
@Model
@Quantize
class Constructors {
  @Input(shape = 8) Layer x;

  @Dense(units = 4)
  @Bounded(several = {Integer.class, Long.class}, one = Byte.class, kinds = Kind.ODD)
  Layer bounded;

  @Dense(units = 4)
  @Wider(numbers = {1, 2}, object = 3, character = 'a', real = 1, boxed = 2, small = 1)
  Layer wider;

  @Dense(units = 4) @QuantizeConfig(layer = Generic.class) Layer generic;
  @Dense(units = 4) @QuantizeConfig(layer = InInterface.Member.class) Layer inInterface;

  @QuantizeWith(layer = TakesBounded.class)
  @interface Bounded {
    Class<? extends Number>[] several();

    Class<? extends Number> one();

    Kind[] kinds();
  }

  enum Kind {
    ODD {
      @Override
      public String toString() {
        return "odd";
      }
    }
  }

  record TakesBounded(
      Class<? extends Number>[] several, Class<? extends Number> one, Kind... kinds)
      implements LayerQuantizer {}

  @QuantizeWith(layer = TakesWider.class)
  @interface Wider {
    int[] numbers();

    int object();

    char character();

    int real();

    int boxed();

    byte small();
  }

  static class TakesWider implements LayerQuantizer {
    TakesWider(
        int[] numbers, Object object, int character, double real, Integer boxed, Byte small) {}

    private TakesWider(
        int[] numbers, int object, char character, int real, int boxed, byte small) {}
  }

  static class Generic<T extends Comparable<T>> implements LayerQuantizer {}

  interface InInterface {
    class Member implements LayerQuantizer {}
  }
}
