package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources that are right and that few would write: what is generated from them compiles. */
class UnusualSourcesTest {
  static Stream<Path> sources() {
    return Sources.in("unusual").stream();
  }

  /** Without a warning of code or Javadoc. */
  @ParameterizedTest
  @MethodSource("sources")
  void generatedCodeCompiles(Path source) {
    assertCompiles(Sources.file(source));
  }

  /** Models whose names differ in case only are two models. */
  @Test
  void caseTellsModelsApart() {
    String[] fields = {"@Input(shape = 4) Layer x;", "@Dense(units = 2) Layer y;"};

    Compilation compilation =
        assertCompiles(Sources.model("Digits", fields), Sources.model("DIGITS", fields));

    assertThat(Compilations.generated(compilation))
        .containsOnlyKeys("DigitsModel.java", "DIGITSModel.java");
  }

  /** The longest name that a class file can have still leaves room for the generated one. */
  @Test
  void namesMayBeLong() {
    String name = "L" + "o".repeat(200) + "ng";

    assertCompiles(
        Sources.model(
            name,
            "@Input(shape = 4) Layer x;",
            "@Dense(units = 2) @Output Layer " + name + ";",
            "@Dense(units = 2) @Output Layer " + name + "er;"));
  }

  /** Whatever the encoding of sources is, texts keep their characters. */
  @Test
  void textsAreAscii() {
    String generated =
        String.join("", Compilations.generated(assertCompiles(unusual("Arguments"))).values());

    assertThat(generated.chars()).allMatch(each -> each < 128);
    assertThat(generated).contains("\\u00e9\\u2028", "\\ud800");
  }

  /** As many inputs and outputs as a constructor can have parameters. */
  @Test
  void asManyOutputsAsParametersCompile() {
    StringBuilder names = new StringBuilder("y0");
    for (int i = 1; i < 253; i++) {
      names.append(", y").append(i);
    }

    assertCompiles(
        Sources.model(
            "Wide",
            "@Input(shape = 4) Layer x;",
            "@Dense(units = 1, from = \"x\") @Output Layer " + names + ";"));
  }

  private static JavaFileObject unusual(String name) {
    return Sources.file(Sources.RESOURCES.resolve("unusual").resolve(name + ".java"));
  }

  private static Compilation assertCompiles(JavaFileObject... sources) {
    Compilation compilation =
        Compilations.compiler(new DetentProcessor())
            .withOptions(
                Stream.concat(
                        Compilations.STRICT.stream(), Stream.of("-Xdoclint:all/private,-missing"))
                    .toList())
            .compile(List.of(sources));
    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    assertThat(Compilations.generated(compilation)).isNotEmpty();
    return compilation;
  }
}
