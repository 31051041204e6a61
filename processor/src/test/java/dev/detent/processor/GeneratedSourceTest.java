package dev.detent.processor;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import dev.detent.processor.model.OperationKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is generated from each source below {@code good}, to the byte. */
class GeneratedSourceTest {
  static Stream<String> models() {
    return Sources.in("good").stream().map(Sources::simpleName);
  }

  /** The generated classes compile against the runtime without a warning of code or Javadoc. */
  @ParameterizedTest
  @MethodSource("models")
  void generates(String model) {
    Compilation compilation =
        Compilations.compiler(new DetentProcessor())
            .withOptions(
                Stream.concat(
                        Compilations.STRICT.stream(), Stream.of("-Xdoclint:all/private,-missing"))
                    .toList())
            .compile(Sources.good(model));

    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    Map<String, String> generated = Compilations.generated(compilation);
    assertThat(generated).isNotEmpty();
    generated.forEach(
        (path, text) ->
            Golden.check(
                GeneratedSourceTest.class,
                "generates",
                Path.of(model, Path.of(path).getFileName().toString()).toString(),
                text));
  }

  /** A row of the table of layers needs a model in {@code good} that has such a layer. */
  @Test
  void everyLayerIsInAModel() {
    String all =
        String.join("\n", Sources.in("good").stream().map(Sources::read).toArray(String[]::new));
    Set<String> missing =
        Arrays.stream(OperationKind.values())
            .map(OperationKind::annotation)
            .filter(name -> !Pattern.compile("@" + name + "\\b").matcher(all).find())
            .collect(toSet());

    assertThat(missing).isEmpty();
  }

  /** Neither the order of the files nor what else is compiled shows. */
  @Test
  void doesNotDependOnTheOrderOfTheFiles() {
    List<JavaFileObject> sources =
        models().map(Sources::good).collect(toCollection(ArrayList::new));
    Map<String, String> forwards = generated(sources.toArray(JavaFileObject[]::new));
    Collections.reverse(sources);
    Map<String, String> backwards = generated(sources.toArray(JavaFileObject[]::new));
    Map<String, String> oneByOne = new TreeMap<>();
    for (Path alone : Sources.in("expected/GeneratedSourceTest/generates")) {
      oneByOne.put(alone.getFileName().toString(), Sources.read(alone));
    }

    assertThat(forwards).isEqualTo(backwards);
    assertThat(forwards.values()).containsExactlyInAnyOrderElementsOf(oneByOne.values());
  }

  /** The order in which annotations stack has no meaning but for a batch norm and an activation. */
  @Test
  void doesNotDependOnTheOrderOfTheAnnotations() {
    String input = "@Input(shape = {8, 8, 1}) Layer image;";

    assertThat(
            generated(
                Sources.model(
                    "Stacked",
                    input,
                    "@BatchNorm @Relu @Quantize @Conv2D(kernelSize = 3, filters = 2) Layer conv;")))
        .isEqualTo(
            generated(
                Sources.model(
                    "Stacked",
                    input,
                    "@Conv2D(filters = 2, kernelSize = {3, 3}) @BatchNorm @Relu @Quantize Layer"
                        + " conv;")));
  }

  private static Map<String, String> generated(JavaFileObject... sources) {
    Compilation compilation = Compilations.compile(sources);
    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    return Compilations.generated(compilation);
  }
}
