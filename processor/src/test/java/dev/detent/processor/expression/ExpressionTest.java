package dev.detent.processor.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  private static final Map<String, Object> VALUES =
      Map.of("channels", 24.0, "expansion", 6.0, "width", 0.35, "first", true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "1 + 2 * 3 ~ 7",
        "(1 + 2) * 3 ~ 9",
        "7 / 2 ~ 3.5",
        "-7 % 3 ~ 2",
        "10 - 4 - 3 ~ 3",
        "2e3 / 10 ~ 200",
        "expansion * channels ~ 144",
        "first ? 2 : 1 ~ 2",
        "!first ? 2 : 1 + 1 ~ 2",
        "channels == 24 && expansion > 1 ? 5 : 6 ~ 5",
        "channels < 24 || expansion <= 6 ? 5 : 6 ~ 5",
        "true == first ? 1 : 0 ~ 1",
        "false != first ? 1 : 0 ~ 1",
        "min(channels, 7) + max(1, expansion) ~ 13",
        "floor(3.9) + ceil(3.1) + round(2.5) ~ 10",
        "divisible(32 * width, 8) ~ 16",
        "divisible(24 * width, 8) ~ 8",
        "divisible(96 * 0.35, 8) ~ 32",
        "divisible(1, 8) ~ 8",
        "divisible(11, 8) ~ 16",
        "-(channels - 30) ~ 6"
      })
  void valueOf(String text, double value) throws ExpressionException {
    assertThat(Expression.parse(text).evaluate(VALUES)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "1 + ~ expected a number, a name or '(' at the end of '1 +'",
        "1 2 ~ expected the end but found '2' at character 3 of '1 2'",
        "(1 ~ expected ')' at the end of '(1'",
        "a $ b ~ '$' in 'a $ b' is not part of an expression",
        "sqrt(2) ~ there is no function 'sqrt', only ceil, divisible, floor, max, min, round",
        "min(1) ~ 'min' takes 2 numbers, not 1",
        "floor(1, 2) ~ 'floor' takes 1 number, not 2",
        "missing ~ 'missing' has no value here",
        "channels / 0 ~ a number is divided by 0",
        "first + 1 ~ '+' takes numbers, not true or false",
        "channels && first ~ '&&' takes true or false, not a number",
        "channels ? 1 : 2 ~ '?' takes true or false, not a number",
        "divisible(3, 0) ~ the second number of 'divisible' is not above 0",
        "first ? 1 ~ expected ':' at the end of 'first ? 1'"
      })
  void faultOf(String text, String message) {
    assertThatThrownBy(() -> Expression.parse(text).evaluate(VALUES))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(message);
  }

  /** Deep nesting is refused, not a stack overflow of the compiler. */
  @Test
  void deepNesting() {
    String deep = "(".repeat(5_000) + "1" + ")".repeat(5_000);
    assertThatThrownBy(() -> Expression.parse(deep))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("nested more than 100 levels deep");
  }

  /** Likewise a long chain, each sign of which is one call deeper. */
  @Test
  void longChains() throws ExpressionException {
    assertThat(Expression.parse("1" + "+ 1".repeat(400)).evaluate(Map.of())).isEqualTo(401.0);
    assertThatThrownBy(() -> Expression.parse("1" + "+ 1".repeat(100_000)))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("more than 1000");
  }

  /** Only the side that matters is evaluated, so that a condition can guard a division. */
  @Test
  void lazySides() throws ExpressionException {
    Map<String, Object> zero = Map.of("n", 0.0);
    assertThat(Expression.parse("n == 0 || 1 / n > 2").evaluate(zero)).isEqualTo(true);
    assertThat(Expression.parse("n != 0 && 1 / n > 2").evaluate(zero)).isEqualTo(false);
    assertThat(Expression.parse("n == 0 ? 3 : 1 / n").evaluate(zero)).isEqualTo(3.0);
  }

  @Test
  void lists() throws ExpressionException {
    List<Expression> sizes = Expression.parseList("{size, size + 1, 3}");
    assertThat(sizes).hasSize(3);
    assertThat(sizes.get(1).evaluate(Map.of("size", 4.0))).isEqualTo(5.0);
    assertThat(Expression.parseList("size")).hasSize(1);
    assertThatThrownBy(() -> Expression.parseList("{1, 2")).hasMessageContaining("'}'");
  }

  @Test
  void names() throws ExpressionException {
    assertThat(Expression.parse("a > 1 ? min(b, 2) : -c").names()).containsExactly("a", "b", "c");
  }

  /** The definition: a multiple, at least n, not more than a tenth below, and near. */
  @Property
  void divisible(
      @ForAll @IntRange(min = 1, max = 4000) int x, @ForAll @IntRange(min = 1, max = 64) int n)
      throws ExpressionException {
    double value =
        (Double)
            Expression.parse("divisible(x, n)").evaluate(Map.of("x", (double) x, "n", (double) n));
    assertThat(value % n).isZero();
    assertThat(value).isGreaterThanOrEqualTo(n).isGreaterThanOrEqualTo(0.9 * x);
    assertThat(value).isLessThanOrEqualTo(Math.max(x + 0.5 * n, 0.9 * x + n));
  }
}
