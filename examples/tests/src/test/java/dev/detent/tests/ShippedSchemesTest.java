package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import dev.detent.processor.Compilations;
import dev.detent.processor.Sources;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.verify.Verification;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model for each scheme that comes with Detent: compiled, trained, exported, run by TFLite. */
class ShippedSchemesTest {
  private static final List<String> SCHEMES =
      List.of("TfliteInt8", "TflitePerTensor", "TfliteInt16x8", "TfliteInt4Weights", "AnyWidth");

  /** Layers that are quantized in every way there is: weights, ties, sums, means, moves. */
  private static final String MODEL =
      """
      import dev.detent.annotations.*;
      import dev.detent.annotations.scheme.*;

      @Model
      @Quantize(scheme = %s.class)
      public class For%s {
        @Input(shape = {6, 6, 1}) Layer image;
        @ZeroPad2D(padding = 1) Layer padded;
        @Conv2D(filters = 8, kernelSize = 3) @BatchNorm @Relu Layer conv;
        @DepthwiseConv2D(kernelSize = 3, padding = Padding.SAME) @BatchNorm @Relu6 Layer depthwise;
        @Add({"conv", "depthwise"}) @Relu Layer sum;
        @MaxPool2D(poolSize = 2) Layer largest;
        @AveragePool2D(poolSize = 2, from = "sum") Layer average;
        @Concat({"largest", "average"}) Layer both;
        @Conv2D(filters = 8, kernelSize = 1) Layer signed;
        @Relu6 Layer positive;
        @GlobalAveragePool2D Layer mean;
        @Flatten(from = "both") Layer flat;
        @Dense(units = 8) Layer dense;
        @Relu Layer bent;
        @Concat({"mean", "bent"}) Layer features;
        @Dense(units = 4) Layer logits;
      }
      """;

  /** One width in the middle of another, and a layer in float. */
  private static final String MIXED =
      """
      import dev.detent.annotations.*;
      import dev.detent.annotations.scheme.*;

      @Model
      @Quantize(scheme = %s.class)
      public class Mixed%s {
        @Input(shape = {6, 6, 1}) Layer image;
        @Conv2D(filters = 8, kernelSize = 3, padding = Padding.SAME) @BatchNorm @Relu Layer conv;

        @Conv2D(filters = 8, kernelSize = 3, padding = Padding.SAME)
        @Relu
        @QuantizeConfig(%s)
        Layer other;

        @MaxPool2D(poolSize = 2) Layer pool;
        @Conv2D(filters = 8, kernelSize = 1) @Relu @KeepFloat Layer island;
        @Flatten Layer flat;
        @Dense(units = 4) Layer logits;
      }
      """;

  private static Compilation compilation;
  private static ClassLoader classes;

  @BeforeAll
  static void compile() {
    JavaFileObject[] sources =
        java.util.stream.Stream.concat(
                SCHEMES.stream()
                    .map(each -> Sources.text("For" + each, MODEL.formatted(each, each))),
                java.util.stream.Stream.of(
                    mixed("TfliteInt16x8", "bits = 8"),
                    mixed("TfliteInt4Weights", "weights = @Weights(bits = 8)"),
                    mixed("TfliteInt8", ""),
                    mixed("AnyWidth", "bits = 3")))
            .toArray(JavaFileObject[]::new);
    compilation = Compilations.compile(sources);
    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    classes = CompiledModels.load(compilation);
  }

  private static JavaFileObject mixed(String scheme, String config) {
    return Sources.text("Mixed" + scheme, MIXED.formatted(scheme, scheme, config));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ForTfliteInt8",
        "ForTflitePerTensor",
        "ForTfliteInt16x8",
        "ForTfliteInt4Weights",
        "ForAnyWidth",
        "MixedTfliteInt8",
        "MixedTfliteInt16x8",
        "MixedTfliteInt4Weights"
      })
  void trainsAndAgreesWithTflite(String name, @TempDir Path folder) {
    Dataset train = CompiledModels.patterns(320, 1);
    Dataset test = CompiledModels.patterns(200, 2);
    try (DetentModel<Dataset> model = CompiledModels.create(classes, name)) {
      model.fit(train, CompiledModels.fit(5));
      model.quantize(train);
      model.fit(train, CompiledModels.fit(2));
      Path file = model.exportInt8(folder.resolve("model.tflite"));
      Verification verification = model.verify(file, test);

      // Chance is 1/4; 200 examples are 3 standard deviations of 3 points from 0.35.
      assertThat(model.evaluate(test).accuracy()).isGreaterThan(0.35);
      assertThat(verification.isFaithful()).as(verification.toString()).isTrue();
    }
  }

  @Test
  void whatTfliteLacksIsTrainedAndNotExported(@TempDir Path folder) {
    Dataset train = CompiledModels.patterns(320, 1);
    try (DetentModel<Dataset> model = CompiledModels.create(classes, "MixedAnyWidth")) {
      model.fit(train, CompiledModels.fit(5));
      model.quantize(train);
      model.fit(train, CompiledModels.fit(2));

      assertThat(model.evaluate(CompiledModels.patterns(200, 2)).accuracy()).isGreaterThan(0.35);
      assertThatThrownBy(() -> model.exportInt8(folder.resolve("model.tflite")))
          .hasMessageContaining("other")
          .hasMessageContaining("3");
      assertThat(folder).isEmptyDirectory();
    }
  }

  /** A shipped scheme is written in the words that a user has. */
  @Test
  void schemesAreNothingButTheirAnnotations() throws ClassNotFoundException {
    for (String scheme : SCHEMES) {
      Class<?> type = Class.forName("dev.detent.annotations.scheme." + scheme);
      assertThat(type.isInterface()).as(scheme).isTrue();
      assertThat(type.getDeclaredMethods()).as(scheme).isEmpty();
      assertThat(type.getDeclaredFields()).as(scheme).isEmpty();
    }
  }
}
