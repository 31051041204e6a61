package unusual;

import dev.detent.annotations.*;

/** Models inside of every kind of class, with names of letters of many alphabets. */
interface Places {
  @Model
  class Plain {
    @Input(shape = 2) Layer x;
    @Dense(units = 2) Layer y;
  }

  enum Kinds {
    ;

    @Model
    public static class Plain {
      @Input(shape = 2) Layer x;
      @Dense(units = 2) Layer y;
    }
  }

  record Pair<A, B>(A a, B b) {
    @Model
    protected static class plain {
      @Input(shape = 2) Layer x;
      @Dense(units = 2) Layer y;
    }

    @Model
    static class Plain {
      @Input(shape = 2) Layer x;
      @Dense(units = 2) Layer y;
    }
  }

  @interface Marks {
    @Model
    class Größe$1 {
      @Input(shape = 2) Layer x;
      @Dense(units = 2) Layer y;
    }
  }

  class Outer {
    class Member {
      @Model
      static class Inner {
        @Input(shape = 2) Layer x;
        @Dense(units = 2) Layer y;
      }
    }
  }
}
