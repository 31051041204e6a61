package unusual;

import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

/** Every value that an annotation can have, passed on to a constructor. */
@Model
@Quantize
@Arguments.Everything
class Arguments {
  @Input(shape = 8) Layer x;
  @Dense(units = 4) @Relu Layer mode;
  @Dense(units = 4) Layer Lower;
  @Dense(units = 4) Layer java;
  @Dense(units = 4) Layer dev;
  @Dense(units = 2) @Everything(text = "}", texts = "/") Layer arguments;

  @QuantizeWith(weights = Takes.class, activations = Takes.class)
  @interface Everything {
    double nan() default 0.0 / 0.0;

    double infinite() default 1 / 0.0;

    float below() default -1f / 0;

    float denormal() default 1e-45f;

    double least() default 4.9e-324;

    long lowest() default Long.MIN_VALUE;

    int negative() default Integer.MIN_VALUE;

    byte small() default -128;

    short shorter() default Short.MIN_VALUE;

    char separator() default '\u2028';

    char quote() default '\'';

    char zero() default '\0';

    char backslash() default '\\';

    String text() default "a\nb\"\\u0041 \u00e9\u2028 */ {{ {@x} <b> \ud800 $T $L %s\r\0";

    Class<?> primitive() default int.class;

    Class<?> nothing() default void.class;

    Class<?> matrix() default String[][].class;

    Class<?>[] classes() default {String.class, int[].class, java.util.Map.Entry.class};

    double[] none() default {};

    byte[] bytes() default {1, -1};

    String[] texts() default {"*/", "}", "{"};

    MODE mode() default MODE.MODE;

    lower[] modes() default {lower.lower};
  }

  enum MODE {
    MODE
  }

  enum lower {
    lower
  }

  record Takes(
      double nan,
      double infinite,
      float below,
      float denormal,
      double least,
      long lowest,
      int negative,
      byte small,
      short shorter,
      char separator,
      char quote,
      char zero,
      char backslash,
      String text,
      Class<?> primitive,
      Class<?> nothing,
      Class<?> matrix,
      Class<?>[] classes,
      double[] none,
      byte[] bytes,
      String[] texts,
      MODE mode,
      lower[] modes)
      implements WeightQuantizer, ActivationQuantizer {
    @Override
    public Grid grid(Site site) {
      return null;
    }
  }
}
