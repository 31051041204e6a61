package dev.detent.processor.expression;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text as written
 * @param position of its first character, counted from 0
 */
record Token(Kind kind, String text, int position) {
  enum Kind {
    NUMBER,
    NAME,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }
}
