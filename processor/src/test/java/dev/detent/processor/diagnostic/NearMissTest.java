package dev.detent.processor.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names are offered for a misspelt one. */
class NearMissTest {

  @ParameterizedTest
  @CsvSource({
    "shortcuts, shortcut, one letter too many",
    "shortut, shortcut, one missing",
    "shortcat, shortcut, one wrong",
    "shrotcut, shortcut, two swapped",
    "ShortCut, shortcut, another case",
    "shortcut_1, shortcut1, an underscore",
    "convolution, convultion, two letters of a long name"
  })
  void offersTheNameThatWasMeant(String misspelt, String meant, String how) {
    assertThat(NearMiss.of(misspelt, List.of("image", meant, "logits")))
        .as(how)
        .containsExactly(meant);
  }

  @ParameterizedTest
  @CsvSource({"photograph, image", "ab, cd", "conv, pool", "sum, logits"})
  void offersNothingElse(String misspelt, String other) {
    assertThat(NearMiss.of(misspelt, List.of(other))).isEmpty();
  }

  @Test
  void offersTheNearestFirstAndThreeAtMost() {
    assertThat(NearMiss.of("conv", List.of("convs2", "conv3", "Conv", "conv2", "conv1")))
        .containsExactly("Conv", "conv1", "conv2");
  }

  @Test
  void asksOneQuestion() {
    assertThat(NearMiss.question("conv", List.of("conv1", "conv2", "image")))
        .isEqualTo("; did you mean 'conv1' or 'conv2'?");
    assertThat(NearMiss.question("conv", List.of("image"))).isEqualTo(".");
    assertThat(NearMiss.question("", List.of())).isEqualTo(".");
  }

  /** One insertion, deletion, replacement or swap anywhere in a name of any length. */
  @Property
  void oneSlipIsForgiven(
      @ForAll @AlphaChars @StringLength(min = 2, max = 20) String name,
      @ForAll @IntRange(min = 0, max = 3) int slip,
      @ForAll @IntRange(min = 0, max = 18) int place) {
    int at = Math.min(place, name.length() - 2);
    String misspelt =
        switch (slip) {
          case 0 -> name.substring(0, at) + name.substring(at + 1);
          case 1 -> name.substring(0, at) + "_" + name.substring(at);
          case 2 -> name.substring(0, at) + "_" + name.substring(at + 1);
          default ->
              name.substring(0, at)
                  + name.charAt(at + 1)
                  + name.charAt(at)
                  + name.substring(at + 2);
        };
    assertThat(NearMiss.of(misspelt, List.of(name))).containsExactly(name);
  }

  /** A name of the same length that shares no letter is as far as can be. */
  @Property
  void strangersAreNotOffered(
      @ForAll @AlphaChars @StringLength(min = 2, max = 20) String misspelt,
      @ForAll @AlphaChars @StringLength(min = 2, max = 20) String name) {
    String letters = misspelt.toLowerCase(Locale.ROOT);
    Assume.that(name.toLowerCase(Locale.ROOT).chars().noneMatch(c -> letters.indexOf(c) >= 0));
    assertThat(NearMiss.of(misspelt, List.of(name))).isEmpty();
  }

  @Property
  void offersNamesOnceFromTheList(
      @ForAll @AlphaChars @StringLength(max = 4) String misspelt,
      @ForAll @Size(max = 12) List<@AlphaChars @StringLength(min = 1, max = 4) String> names) {
    List<String> near = NearMiss.of(misspelt, names.stream().distinct().toList());
    assertThat(near).hasSizeLessThanOrEqualTo(NearMiss.MOST).doesNotHaveDuplicates();
    assertThat(names).containsAll(near);
  }
}
