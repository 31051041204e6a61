package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.processor.PlainJavac;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.verify.TfliteFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The layers that docs/CUSTOM-LAYERS.md shows, as a third party's jar: compiled by one javac, and
 * on the class path of another, whose model is trained, exported and verified.
 */
class CustomLayerTest {
  private static final String PAGE = "docs/CUSTOM-LAYERS.md";

  @TempDir private Path folder;

  /** Compiles what the page has in the package {@code vendor}. */
  private Path vendor() throws Exception {
    PlainJavac javac = new PlainJavac(folder.resolve("vendor"));
    for (Map.Entry<String, String> file : Pages.sources(PAGE).entrySet()) {
      if (file.getKey().startsWith("vendor/")) {
        javac.source(file.getKey(), file.getValue());
      }
    }
    assertThat(javac.run().output()).isEmpty();
    return folder.resolve("vendor").resolve("classes");
  }

  private static String source(String name) {
    return Pages.sources(PAGE).get(name);
  }

  private DetentModel<Dataset> model(Path vendor, String name, String source) throws Exception {
    Path user = folder.resolve("user" + name);
    PlainJavac.Result result =
        new PlainJavac(user).classPath(vendor).source(name + ".java", source).run();
    assertThat(result.output()).isEmpty();
    URL[] path = {user.resolve("classes").toUri().toURL(), vendor.toUri().toURL()};
    return CompiledModels.create(new URLClassLoader(path, getClass().getClassLoader()), name);
  }

  @Test
  void thePagesModelTrainsAndIsWhatTfliteComputes() throws Exception {
    Path vendor = vendor();
    Dataset train = CompiledModels.patterns(320, 1);
    Dataset test = CompiledModels.patterns(200, 2);
    try (DetentModel<Dataset> model = model(vendor, "Patterns", source("Patterns.java"))) {
      model.fit(train, CompiledModels.fit(6));
      model.quantize(train);
      model.fit(train, CompiledModels.fit(2));
      Path file = model.exportInt8(folder.resolve("patterns.tflite"));

      // Chance is 1/4; 200 examples are 3 standard deviations of 3 points from 0.35.
      assertThat(model.evaluate(test).accuracy()).isGreaterThan(0.35);
      assertThat(TfliteFile.info(file).histogram()).containsKey("DEPTHWISE_CONV_2D");
      assertThat(model.verify(file, test).isFaithful()).isTrue();
    }
  }

  @Test
  void aCustomOperationTrainsAndExportsAndIsNotVerifiedHere() throws Exception {
    Path vendor = vendor();
    Dataset train = CompiledModels.patterns(64, 1);
    try (DetentModel<Dataset> model = model(vendor, "Gated", source("Gated.java"))) {
      model.fit(train, CompiledModels.fit(1));
      model.quantize(train);
      Path file = model.exportInt8(folder.resolve("gated.tflite"));

      assertThat(TfliteFile.info(file).histogram()).containsEntry("VendorGate", 1);
      assertThatThrownBy(() -> model.verify(file, train))
          .hasMessageContaining("has the custom operation 'VendorGate'");
    }
  }

  @Test
  void aShapeThatTheClassDoesNotBuildIsAnErrorAtTheFirstRun() throws Exception {
    String wrong =
        source("Patterns.java").replace("@Gain ", "@Wrong ")
            + """

            @CustomLayer(
                implementation = ChannelGain.class,
                outputShape = "{height, width, 2 * channels}",
                weights = @LayerWeight(name = "kernel", shape = "{1, 1, channels, 1}"))
            @interface Wrong {}
            """;
    try (DetentModel<Dataset> model = model(vendor(), "Patterns", wrong)) {
      assertThatThrownBy(() -> model.evaluate(CompiledModels.patterns(4, 1)))
          .hasMessageContaining("layer 'gained' (@Wrong): ChannelGain builds")
          .hasMessageContaining("[4, 4, 8]")
          .hasMessageContaining("[4, 4, 16]");
    }
  }

  /** Of a class file there is no place to point at but the one that uses it. */
  @Test
  void aLayerOfAJarThatDoesNotFitIsReportedWhereItIsUsed() throws Exception {
    String tooSmall =
        source("Patterns.java").replace("@Gain ", "@Gain @BatchNorm ").replace("gained", "gained1");
    PlainJavac.Result result =
        new PlainJavac(folder.resolve("bad"))
            .classPath(vendor())
            .source("Patterns.java", tooSmall)
            .run();
    assertThat(List.of(result.output().split("\n")))
        .anyMatch(line -> line.contains("[Detent-U02] @BatchNorm cannot be folded into @Gain"));
  }
}
