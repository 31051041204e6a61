package dev.detent.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.exception.DetentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  @Test
  void columnsAreAlignedAndNumbersGoToTheRight() {
    TextTable table =
        TextTable.of("model", "accuracy", "size", "ms")
            .row("float", "98.20 %", "85 KB", 0.33)
            .row("int8 in TFLite", "9.10 %", "24 KB");
    assertThat(table)
        .hasToString(
            """
            model           accuracy   size    ms
            --------------  --------  -----  ----
            float            98.20 %  85 KB  0.33
            int8 in TFLite    9.10 %  24 KB     -
            """);
    assertThat(table.toMarkdown())
        .isEqualTo(
            """
            | model | accuracy | size | ms |
            | --- | ---: | ---: | ---: |
            | float | 98.20 % | 85 KB | 0.33 |
            | int8 in TFLite | 9.10 % | 24 KB | - |
            """);
  }

  @Test
  void textsWithDigitsAreNoNumbers() {
    assertThat(TextTable.of("layer", "shape").row("conv1", "[26, 26]").row(1, "[3]"))
        .hasToString(
            """
            layer  shape
            -----  --------
            conv1  [26, 26]
            1      [3]
            """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextTable.of("a").row(1, 2))
        .withMessage("the row [1, 2] is longer than the header [a]");
    assertThatIllegalArgumentException().isThrownBy(TextTable::of);
    assertThat(TextTable.of("a").row("x\ny")).hasToString("a\n---\nx y\n");
  }

  private record Figures(String name, double accuracy, float[] errors) {}

  @Test
  void reportsKeepTheirOrderAndReadBack() throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", 1);
    map.put("a", List.of(true, "x<y"));
    Path file = folder.resolve("report.json");
    JsonReport report =
        new JsonReport()
            .put("seed", 7L)
            .put("map", map)
            .put("figures", new Figures("float", 0.5, new float[] {0.25f, Float.NaN}))
            .put("infinite", Double.POSITIVE_INFINITY)
            .put("nothing", null);
    assertThat(report.write(file)).isEqualTo(file);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {
              "seed": 7,
              "map": {
                "z": 1,
                "a": [
                  true,
                  "x<y"
                ]
              },
              "figures": {
                "name": "float",
                "accuracy": 0.5,
                "errors": [
                  0.25,
                  null
                ]
              },
              "infinite": null,
              "nothing": null
            }
            """);
    assertThat(JsonReport.read(file)).hasToString(report.toString());
  }

  @Test
  void whatCannotBeWrittenOrReadIsNamed() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"a\": [1, }");
    Path below = broken.resolve("report.json");
    assertThatThrownBy(() -> new JsonReport().write(below))
        .isInstanceOf(DetentException.class)
        .hasMessage(below + " cannot be written: " + broken.toAbsolutePath() + " is not a folder");
    Path missing = folder.resolve("missing.json");
    assertThatThrownBy(() -> JsonReport.read(broken))
        .isInstanceOf(DetentException.class)
        .hasMessageContaining(broken.toString());
    Path list = Files.writeString(folder.resolve("list.json"), "[]");
    assertThatThrownBy(() -> JsonReport.read(list)).hasMessageContaining("is no JSON object");
    assertThatThrownBy(() -> JsonReport.read(missing)).isInstanceOf(DetentException.class);
  }

  @Test
  void provenanceTellsVersionsAndMachine() {
    Map<String, String> libraries = new LinkedHashMap<>();
    libraries.put("TensorFlow", "2.18.0");
    libraries.put("TensorFlow Lite", "2.20.0");
    Provenance provenance = Provenance.current(libraries);
    assertThat(provenance.date()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(provenance.java()).contains(System.getProperty("java.runtime.version"));
    assertThat(provenance.cores()).isPositive();
    assertThat(Arrays.asList(provenance.detent(), provenance.os(), provenance.cpu()))
        .allMatch(text -> !text.isBlank());
    assertThat(new JsonReport().put("provenance", provenance).toString())
        .contains("\"TensorFlow Lite\": \"2.20.0\"");
  }

  @Test
  void pointsThatRoundToNothingHaveNoMinus() {
    assertThat(Comparison.points(-0.001)).isEqualTo("-0.10");
    assertThat(Comparison.points(0.00125)).isEqualTo("+0.13");
    assertThat(Comparison.points(-1e-9)).isEqualTo("+0.00");
  }

  /** Also from a folder of classes, as here. */
  @Test
  void theVersionIsKnownWithoutAJar() {
    assertThat(Provenance.current(Map.of()).detent()).matches("\\d+\\.\\d+\\.\\d+.*");
  }
}
