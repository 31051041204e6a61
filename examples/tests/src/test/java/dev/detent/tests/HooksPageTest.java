package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import dev.detent.processor.Compilations;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.train.Measures;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of {@code docs/HOOKS.md}: one program that compiles and trains. */
class HooksPageTest {
  private static Compilation compilation;
  private static ClassLoader classes;

  @BeforeAll
  static void compile() {
    compilation = Compilations.compile(Pages.files("docs/HOOKS.md"));
    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    classes = CompiledModels.load(compilation);
  }

  /** What the page says of the generated code. */
  @Test
  void parametersAreInTheGeneratedCode() {
    assertThat(Compilations.generated(compilation).get("TrainedModel.java"))
        .contains("WeightQuantization.perTensor(8).quantizer(() -> new TrainedScale(0.5))");
  }

  /**
   * Each learns the four patterns better than by chance, 1/4: 200 examples are 3 standard
   * deviations of 3 points from 0.35.
   */
  @ParameterizedTest
  @ValueSource(strings = {"Trained", "ByLayer", "Mixed", "WeightsOnly", "Island", "OnChip"})
  void trains(String name) {
    Dataset train = CompiledModels.patterns(320, 1);
    try (DetentModel<Dataset> model = CompiledModels.create(classes, name)) {
      model.fit(train, CompiledModels.fit(6));
      model.quantize(train);
      model.fit(train, CompiledModels.fit(3));
      Measures measures = model.evaluate(CompiledModels.patterns(200, 2));

      assertThat(measures.loss()).isFinite();
      assertThat(measures.accuracy()).isGreaterThan(0.35);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Trained", "ByLayer", "WeightsOnly", "Island"})
  void agreesWithTflite(String name, @TempDir Path folder) {
    Dataset train = CompiledModels.patterns(320, 1);
    try (DetentModel<Dataset> model = CompiledModels.create(classes, name)) {
      model.fit(train, CompiledModels.fit(2));
      model.quantize(train);
      model.fit(train, CompiledModels.fit(1));
      Path file = model.exportInt8(folder.resolve("model.tflite"));

      var verification = model.verify(file, CompiledModels.patterns(200, 2));
      assertThat(verification.isFaithful()).as(verification.toString()).isTrue();
    }
  }

  @Test
  void aChipOfOnesOwnIsNotExported(@TempDir Path folder) {
    try (DetentModel<Dataset> model = CompiledModels.create(classes, "OnChip")) {
      model.quantize(CompiledModels.patterns(32, 1));

      assertThatThrownBy(() -> model.exportInt8(folder.resolve("model.tflite")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("shift-only chip");
      assertThat(folder).isEmptyDirectory();
    }
  }
}
