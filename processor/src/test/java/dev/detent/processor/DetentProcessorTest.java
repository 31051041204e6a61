package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code javac} and builds run the processor. */
class DetentProcessorTest {
  private static final String DIGITS =
      """
      import dev.detent.annotations.*;

      @Model
      @Quantize
      class Digits {
        @Input(shape = {28, 28, 1}) Layer image;
        @Conv2D(filters = 12, kernelSize = 3) @BatchNorm @Relu Layer conv;
        @MaxPool2D(poolSize = 2) Layer pool;
        @Flatten Layer flat;
        @Dense(units = 10) Layer logits;
      }
      """;

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(Processor.class).stream().map(ServiceLoader.Provider::type))
        .contains(DetentProcessor.class);
  }

  /** Gradle's file: one line for each processor, its class and how it is incremental. */
  @Test
  void isIsolatingForGradle() throws IOException {
    try (InputStream in =
        DetentProcessor.class.getResourceAsStream(
            "/META-INF/gradle/incremental.annotation.processors")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(
              DetentProcessor.class.getName()
                  + ",isolating\n"
                  + OwnAnnotationsClaim.class.getName()
                  + ",isolating\n"
                  + UsedAnnotationsClaim.class.getName()
                  + ",isolating");
    }
  }

  /** What makes it isolating: one generated source for each class, which comes from it alone. */
  @Test
  void eachGeneratedSourceComesFromOneClass() {
    List<List<Object>> calls = new ArrayList<>();

    Compilation compilation =
        Compilations.compiler(ReplacedFiler.recording(new DetentProcessor(), calls))
            .compile(Sources.good("Merges"), Sources.good("Zoo"), Sources.good("Partial"));

    CompilationSubject.assertThat(compilation).succeeded();
    assertThat(calls.stream().map(call -> call.stream().map(Object::toString).toList()))
        .containsExactlyInAnyOrder(
            List.of("createSourceFile", "MergesModel", "Merges"),
            List.of("createSourceFile", "zoo.Zoo_TinyModel", "zoo.Zoo.Tiny"),
            List.of("createSourceFile", "zoo.Zoo_Inner_TinyModel", "zoo.Zoo.Inner.Tiny"),
            List.of("createSourceFile", "PartialModel", "Partial"));
  }

  /** With nothing but the processor's path; no file appears but those that are expected. */
  @Test
  void runsInAPlainJavac(@TempDir Path folder) throws IOException, InterruptedException {
    PlainJavac.Result result =
        new PlainJavac(folder)
            .source("Digits.java", DIGITS)
            .source(
                "Use.java",
                "class Use { float[] use(float[] image) {"
                    + " try (DigitsModel m = DigitsModel.create(1)) { return m.predict(image); } } }")
            .run("-Xlint:all,-classfile", "-Werror");

    assertThat(result.output()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.files())
        .containsOnlyKeys(
            "classes/Digits.class",
            "classes/DigitsModel.class",
            "classes/Use.class",
            "generated/DigitsModel.java");
    assertThat(result.files().get("generated/DigitsModel.java"))
        .isEqualTo(
            Compilations.generated(Compilations.compile(Sources.text("Digits", DIGITS)))
                .get("DigitsModel.java"));
  }

  /** Nor does the user's own annotations, blocks and classes, however they are declared. */
  @Test
  void noLintHasAnythingToSay(@TempDir Path folder) throws IOException, InterruptedException {
    PlainJavac.Result result =
        new PlainJavac(folder)
            .source(
                "Net.java",
                """
                import dev.detent.annotations.*;
                import dev.detent.runtime.quantizer.LayerQuantizer;

                @Model
                @Net.Direct
                class Net {
                  @Input(shape = {8, 8, 1}) Layer image;
                  @Twice Layer convs;
                  @Split(parts = 2, index = 0) @Output Layer left;
                  @GlobalAveragePool2D(from = "convs") Layer gap;
                  @Dense(units = 3) @Told(of = {String.class}) @Output Layer logits;

                  @Block
                  @interface Twice {
                    int filters() default 4;

                    class Layers {
                      @Conv2D(kernelSize = 3) @Bind("filters = filters") @Relu Layer conv;
                    }
                  }

                  @Quantize
                  @interface Direct {}

                  @QuantizeWith(layer = Old.class)
                  @interface Told {
                    Class<?>[] of();
                  }

                  @Deprecated
                  static final class Old<T> implements LayerQuantizer {
                    Old(Class<?>[] of) {}
                  }
                }
                """)
            .run("-Xlint:all,-classfile", "-Werror", "-Adetent.notes=false");

    assertThat(result.output()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @Test
  void theOptionIsKnownWhereThereIsNoModel(@TempDir Path folder)
      throws IOException, InterruptedException {
    PlainJavac.Result result =
        new PlainJavac(folder)
            .source("Plain.java", "class Plain { @Deprecated int value; }")
            .run("-Xlint:all,-classfile", "-Werror", "-Adetent.notes=true");

    assertThat(result.output()).isEmpty();
  }

  /** What is not Detent's is left to the processors behind it. */
  @Test
  void leavesOthersTheirAnnotations() {
    Writes other = new Writes("Written", "class Written {}");

    Compilation compilation =
        Compiler.javac()
            .withProcessors(
                new DetentProcessor(), new OwnAnnotationsClaim(), new UsedAnnotationsClaim(), other)
            .compile(
                Sources.text("Digits", DIGITS.replace("@Model", "@Foreign @Model")),
                Sources.text("Foreign", "@interface Foreign {}"));

    CompilationSubject.assertThat(compilation).succeeded();
    assertThat(Compilations.generated(compilation))
        .containsOnlyKeys("DigitsModel.java", "Written.java");
  }

  /** A class that is wrong has nothing generated; the others are generated all the same. */
  @Test
  void writesWhatIsRight(@TempDir Path folder) throws IOException, InterruptedException {
    PlainJavac.Result result =
        new PlainJavac(folder)
            .source("Digits.java", DIGITS)
            .source(
                "Wrong.java", DIGITS.replace("Digits", "Wrong").replace("units = 10", "units = 0"))
            .source(
                "Names.java", DIGITS.replace("Digits", "Names").replace("Layer flat", "int flat"))
            .run("-proc:only");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output())
        .contains("Wrong.java:10: error: [Detent-A01]", "Names.java:9: error: [Detent-F01]")
        .doesNotContain("Digits.java", "\tat ");
    assertThat(result.files()).containsOnlyKeys("generated/DigitsModel.java");
  }

  /** Another processor of the same compilation writes the model, or what it names. */
  @Test
  void worksInRounds() {
    Writes model = new Writes("Digits", DIGITS);
    Writes quantizer =
        new Writes(
            "Widest",
            """
            import dev.detent.runtime.quantizer.Grid;
            import dev.detent.runtime.quantizer.Site;

            class Widest implements dev.detent.runtime.quantizer.ActivationQuantizer {
              @Override
              public Grid grid(Site site) {
                return Grid.of(site, site.tf().constant(0.5f));
              }
            }
            """);

    Compilation compilation =
        Compilations.compiler(model, new DetentProcessor(), quantizer)
            .withOptions(Compilations.STRICT)
            .compile(
                Sources.text(
                    "Waiting",
                    """
                    import dev.detent.annotations.*;

                    @Model
                    @Quantize
                    @QuantizeConfig(activations = @Activations(quantizer = Widest.class))
                    class Waiting {
                      static final Class<?> OTHER = DigitsModel.class;
                      @Input(shape = 4) Layer values;
                      @Dense(units = 10) Layer logits;
                    }
                    """));

    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    assertThat(Compilations.generated(compilation))
        .containsOnlyKeys("Digits.java", "DigitsModel.java", "WaitingModel.java", "Widest.java");
    assertThat(Compilations.generated(compilation).get("WaitingModel.java"))
        .contains(".quantizer(Widest::new)");
  }

  /**
   * A class that names what nobody generates waits to the end; the compiler says what is missing.
   */
  @Test
  void leavesUnknownClassesToTheCompiler() {
    JavaFileObject waiting =
        Sources.model(
            "Waiting",
            "@Input(shape = 4) Layer values;",
            "@Dense(units = 2) @Quantize",
            "@QuantizeConfig(activations = @Activations(quantizer = Nobody.class)) Layer out;");

    Compilation compilation = Compilations.compile(waiting);

    CompilationSubject.assertThat(compilation)
        .hadErrorContaining("cannot find symbol")
        .inFile(waiting)
        .onLineContaining("Nobody.class");
    assertThat(Compilations.printed(compilation)).doesNotContain("[Detent-", "\tat ");
  }

  /** Writes one source in its first round. */
  private static final class Writes extends AbstractProcessor {
    private final String name;
    private final String source;
    private boolean written;

    Writes(String name, String source) {
      this.name = name;
      this.source = source;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!written) {
        written = true;
        try (Writer out = processingEnv.getFiler().createSourceFile(name).openWriter()) {
          out.write(source);
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
      return false;
    }
  }
}
