package dev.detent.processor.expression;

import dev.detent.processor.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text to words. */
final class Lexer {
  private static final Pattern WORD =
      Pattern.compile(
          "\\s*(?:(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
              + "|(?<name>[A-Za-z_][A-Za-z0-9_]*)"
              + "|(?<symbol>==|!=|<=|>=|&&|\\|\\||[-+*/%<>!?:(),{}]))");

  private Lexer() {}

  static List<Token> words(String text) throws ExpressionException {
    List<Token> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    int at = 0;
    while (!text.substring(at).isBlank()) {
      if (!matcher.find(at) || matcher.start() != at) {
        String rest = text.substring(at).strip();
        throw new ExpressionException(
            "'" + rest.charAt(0) + "' in '" + text + "' is not part of an expression");
      }
      for (Kind kind : List.of(Kind.NUMBER, Kind.NAME, Kind.SYMBOL)) {
        String group = kind.name().toLowerCase(Locale.ROOT);
        if (matcher.group(group) != null) {
          words.add(new Token(kind, matcher.group(group), matcher.start(group)));
        }
      }
      at = matcher.end();
    }
    words.add(new Token(Kind.END, "", text.length()));
    return words;
  }
}
