package dev.detent.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.processor.model.Literal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers in generated code: what is read back is what was written. */
class LiteralsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "9999, 9999",
    "10000, 10_000",
    "1000000, 1_000_000",
    "2147483647, 2_147_483_647",
    "3000000000, 3_000_000_000L",
    "-3000000000, -3_000_000_000L"
  })
  void longsAreGrouped(long number, String literal) {
    assertThat(Literals.of(number)).isEqualTo(literal);
  }

  @ParameterizedTest
  @CsvSource({"0.001, 0.001", "0.0001, 1e-4", "0.00025, 2.5e-4", "1, 1.0", "1e10, 1e10"})
  void doublesAreShort(double number, String literal) {
    assertThat(Literals.of(number)).isEqualTo(literal);
  }

  /** As a fraction only where that is an int and comes to the same number. */
  @ParameterizedTest
  @CsvSource({
    "0.00390625, 1.0 / 256",
    "1, 1.0 / 1",
    "0.3, 0.3",
    "9.094947017729282e-13, 9.094947017729282e-13",
    "1.5625e-302, 1.5625e-302",
    "4, 4.0"
  })
  void scalesAreFractionsWhereThatIsExact(double scale, String literal) {
    assertThat(Literals.ofScale(scale)).isEqualTo(literal);
  }

  @Test
  void textsAreAsciiOnOneLine() {
    assertThat(Literal.of("\u00e9 \"\\u0041\"\n\u2028\ud800"))
        .isEqualTo("\"\\u00e9 \\\"\\\\u0041\\\"\\n\\u2028\\ud800\"");
  }

  @Property
  void scalesKeepTheirValue(@ForAll double scale) {
    String[] parts = Literals.ofScale(scale).split(" / ");
    double value = Double.parseDouble(parts[0]);
    assertThat(parts.length == 1 ? value : value / Integer.parseInt(parts[1])).isEqualTo(scale);
  }

  @Property
  void longsKeepTheirValue(@ForAll @LongRange(min = 0) long number) {
    assertThat(Long.parseLong(Literals.of(number).replaceAll("[_L]", ""))).isEqualTo(number);
  }

  @Property
  void doublesKeepTheirValue(@ForAll double number) {
    assertThat(Double.parseDouble(Literals.of(number))).isEqualTo(number);
  }
}
