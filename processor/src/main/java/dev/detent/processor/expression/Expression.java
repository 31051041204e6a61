package dev.detent.processor.expression;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A parsed expression.
 *
 * <pre>{@code
 * expression := choice
 * choice     := or [ '?' choice ':' choice ]
 * or         := and { '||' and }
 * and        := relation { '&&' relation }
 * relation   := sum [ ('==' | '!=' | '<' | '<=' | '>' | '>=') sum ]
 * sum        := product { ('+' | '-') product }
 * product    := unary { ('*' | '/' | '%') unary }
 * unary      := [ '-' | '!' ] primary
 * primary    := number | 'true' | 'false' | name | function '(' choice { ',' choice } ')' | '(' choice ')'
 * }</pre>
 *
 * <p>Numbers are decimal, so that {@code 7 / 2} is 3.5; where a whole number is wanted, {@code
 * floor}, {@code ceil} and {@code round} (half up) make one. {@code min} and {@code max} take two
 * numbers, and {@code divisible(x, n)} is the multiple of {@code n} next to {@code x} that is at
 * least {@code n} and not more than a tenth below {@code x}, as MobileNet's authors round widths
 * (Sandler et al., 2018, {@code _make_divisible} of their code).
 */
public final class Expression {

  /** The functions and how many arguments each takes. */
  static final Map<String, Integer> FUNCTIONS =
      Map.of("min", 2, "max", 2, "floor", 1, "ceil", 1, "round", 1, "divisible", 2);

  private final Node root;
  private final Set<String> names;

  Expression(Node root, Set<String> names) {
    this.root = root;
    this.names = names;
  }

  /**
   * The value for some values of the names.
   *
   * @param values a {@link Double} or {@link Boolean} for each name
   * @return a {@link Double} or a {@link Boolean}
   * @throws ExpressionException if a name has no value, a kind of value does not fit its operator,
   *     or a number is divided by 0
   */
  public Object evaluate(Map<String, Object> values) throws ExpressionException {
    return root.evaluate(values);
  }

  /** The names that it has, functions apart. */
  public Set<String> names() {
    return names;
  }

  /**
   * Reads a text.
   *
   * @throws ExpressionException if it is not in the language; the message says where
   */
  public static Expression parse(String text) throws ExpressionException {
    return new ExpressionParser(text).parse();
  }

  /**
   * Reads a list in braces, or a single expression.
   *
   * @throws ExpressionException if it is not in the language; the message says where
   */
  public static List<Expression> parseList(String text) throws ExpressionException {
    return new ExpressionParser(text).parseList();
  }
}
