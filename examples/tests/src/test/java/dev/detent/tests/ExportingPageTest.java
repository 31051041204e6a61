package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import dev.detent.processor.Compilations;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of {@code docs/EXPORTING.md} compiles, and its files are what the page says. */
class ExportingPageTest {
  @Test
  void writesTheFilesOfThePage(@TempDir Path folder) throws Exception {
    Compilation compilation = Compilations.compile(Pages.files("docs/EXPORTING.md"));
    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    ClassLoader classes = CompiledModels.load(compilation);
    Dataset data = CompiledModels.patterns(70, 1);
    try (DetentModel<Dataset> model = CompiledModels.create(classes, "Commands")) {
      model.fit(data, CompiledModels.fit(1));
      model.quantize(data);
      classes
          .loadClass("Exports")
          .getMethod("all", model.getClass(), Path.class)
          .invoke(null, model, folder);

      for (String name : List.of("micro", "real", "batch32", "any_batch", "streaming")) {
        Path file = folder.resolve(name + ".tflite");
        Verification verification =
            model.verify(file, data, VerifyOptions.defaults().latencyRuns(0));
        assertThat(verification.findings()).as("%s", verification).isEmpty();
        TfliteModelInfo info = TfliteFile.info(file);
        assertThat(info.hasState()).as(name).isEqualTo(name.equals("streaming"));
        assertThat(verification.notes().stream().filter(note -> note.contains("keeps its state")))
            .as(name)
            .hasSize(name.equals("streaming") ? 1 : 0);
        assertThat(info.tensors().get(info.inputs().get(0)).shape().get(0))
            .isEqualTo(name.equals("batch32") ? 32 : 1);
      }
      assertThat(TfliteFile.info(folder.resolve("streaming.tflite")).description())
          .startsWith("Commands, ten times a second")
          .contains("ResetVariableTensors");
    }
  }
}
