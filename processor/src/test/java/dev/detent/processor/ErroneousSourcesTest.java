package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values of annotations that are none, where only the processor looks: in schemes, blocks, custom
 * layers and annotations that a model names. The compiler says so by itself, and the processor
 * takes it as said.
 */
class ErroneousSourcesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Scheme(name = \"a\", weights = @missing(bits = 8)) interface Named {}",
        "@Scheme(name = \"a\", weights = @WeightRule(narrowRange = missing)) interface Named {}",
        "@Scheme(name = \"a\", weights = @WeightRule(bits = \"8\")) interface Named {}",
        "@Scheme(name = \"a\", weights = @Override) interface Named {}",
        "@Scheme(name = \"a\", scales = Scales.MISSING) interface Named {}",
        "@Scheme(name = 1, biasBits = 1.5, tflite = \"no\") interface Named {}",
        "@Scheme(name = \"a\", without = Missing.class) interface Named {}",
        "@Scheme(name = \"a\", without = missing) interface Named {}",
        "@Scheme(name = \"a\", operations = @OperationRule(of = String)) interface Named {}",
        "@Scheme(name = \"a\", operations = @OperationRule(scale = 1)) interface Named {}",
        "@Scheme(name = \"a\", operations = {1, null}) interface Named {}",
        "@Scheme interface Named {}",
        "@Scheme(nothing = 1) interface Named {}",
        "@Scheme(name = \"a\" + missing) interface Named {}",
      })
  void schemes(String scheme) {
    assertLeftToTheCompiler("@Quantize(scheme = Named.class)", "@Dense(units = 2)", scheme);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Block @interface Named { class Layers { @Dense(units = missing) Layer a; } }",
        "@Block @interface Named { class Layers { @Dense(units = \"2\") Layer a; } }",
        "@Block @interface Named { class Layers { @Conv2D(kernelSize = {1, x}) Layer a; } }",
        "@Block @interface Named { class Layers { @Dense(units = 2) @When Layer a; } }",
        "@Block @interface Named { class Layers { @Dense(units = 2) @Bind(1) Layer a; } }",
        "@Block @interface Named { class Layers { @Dense(units = 2) @Missing Layer a; } }",
        "@Block @interface Named { class Layers { @Add({\"input\", 3}) Layer a; } }",
        "@Block @interface Named { class Layers { @Dense(units = 2) Missing a; } }",
        "@Block @interface Named { int n() default missing; class Layers { @Relu Layer a; } }",
        "@Block @interface Named { Missing n() default 1; class Layers { @Relu Layer a; } }",
        "@Block @interface Named { int n(); class Layers { @Relu Layer a; } }",
        "@CustomLayer(implementation = Missing.class) @interface Named {}",
        "@CustomLayer(implementation = 1, weights = 2) @interface Named {}",
        "@CustomLayer @interface Named {}",
        "@CustomLayer(implementation = String.class, weights = @Missing) @interface Named {}",
        "@CustomLayer(implementation = String.class, range = OutputRange.X) @interface Named {}",
        "@CustomLayer(implementation = String.class) @interface Named { Missing a(); }",
        "class Named {}"
      })
  void annotationsOfFields(String declaration) {
    assertLeftToTheCompiler("@Quantize", "@Named", declaration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@QuantizeConfig(bits = missing) @interface Named {}",
        "@QuantizeConfig(bits = {8, 8}) @interface Named {}",
        "@QuantizeConfig(weights = @Weights(granularity = Granularity.X)) @interface Named {}",
        "@QuantizeConfig(weights = @Activations(symmetric = 1)) @interface Named {}",
        "@QuantizeConfig(layer = Missing.class) @interface Named {}",
        "@QuantizeWith(weights = missing) @interface Named {}",
        "@QuantizeWith(weights = dev.detent.runtime.quantizer.LearnedStep.class)"
            + " @interface Named { int bits() default missing; }",
        "@QuantizeWith(weights = dev.detent.runtime.quantizer.LearnedStep.class)"
            + " @interface Named { double gradientScale() default \"1\"; }",
        "@QuantizeWith(weights = dev.detent.runtime.quantizer.LearnedStep.class)"
            + " @interface Named { double gradientScale(); }",
      })
  void configurations(String declaration) {
    assertLeftToTheCompiler("@Quantize @Named", "@Dense(units = 2)", declaration);
  }

  private static void assertLeftToTheCompiler(String onClass, String onField, String declaration) {
    Compilation compilation =
        Compilations.compile(
            Sources.text(
                "Wrong",
                """
                import dev.detent.annotations.*;
                import dev.detent.annotations.scheme.*;

                @Model %s
                class Wrong {
                  @Input(shape = 4) Layer x;
                  %s Layer y;
                }

                %s
                """
                    .formatted(onClass, onField, declaration)),
            Sources.model("Right", "@Input(shape = 4) Layer x;", "@Dense(units = 2) Layer y;"));

    CompilationSubject.assertThat(compilation).failed();
    assertThat(Compilations.printed(compilation)).doesNotContain("[Detent-", "\tat ");
  }
}
