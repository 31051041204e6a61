package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import dev.detent.inference.ModelFormatException;
import dev.detent.processor.Compilations;
import dev.detent.processor.DetentProcessor;
import dev.detent.processor.Golden;
import dev.detent.processor.Sources;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated for a model whose class path has the engine in plain Java. */
class InferenceClassTest {
  private static final Path GOOD = Sources.ROOT.resolve("processor/src/test/resources/good");

  @TempDir private Path folder;

  /** One input and output; several; an input of indices; outputs of indices. */
  @ParameterizedTest
  @ValueSource(strings = {"Plain", "TwoTowers", "Sequences", "Answers"})
  void isGenerated(String model) {
    Path source = GOOD.resolve(model + ".java");
    Compilation compilation =
        Compilations.compiler(new DetentProcessor())
            .withOptions(
                Stream.concat(
                        Compilations.STRICT.stream(), Stream.of("-Xdoclint:all/private,-missing"))
                    .toList())
            .compile(Sources.file(source));

    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    String file = model + "Inference.java";
    String text =
        Compilations.generated(compilation).entrySet().stream()
            .filter(each -> Path.of(each.getKey()).endsWith(file))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow();
    Golden.check(InferenceClassTest.class, "isGenerated", file, text);
  }

  /** Fields may be called as what {@code predict} has of its own. */
  @Test
  void takesAnyNames() {
    ClassLoader classes =
        CompiledModels.load(
            Sources.model(
                "Odd",
                "@Input(shape = 6) Layer i;",
                "@Dense(units = 4) Layer hidden;",
                "@Dense(units = 4) Layer interpreter;"));

    assertThat(classes).isNotNull();
  }

  @Test
  void computesWhatTheFileComputes() throws Exception {
    ClassLoader classes =
        CompiledModels.load(
            Sources.text(
                "Small",
                """
                import dev.detent.annotations.*;
                @Model @Quantize class Small {
                  @Input(shape = {6, 6, 1}) Layer image;
                  @Conv2D(filters = 4, kernelSize = 3) @Relu Layer conv;
                  @Flatten Layer flat;
                  @Dense(units = 4) Layer logits;
                }
                """));
    Dataset patterns = CompiledModels.patterns(32, 1);
    Path file;
    try (DetentModel<Dataset> model = CompiledModels.create(classes, "Small")) {
      model.quantize(patterns);
      file = model.exportInt8(folder.resolve("small.tflite"));
    }
    float[] image = new float[36];
    image[7] = 1;

    Object inference = load(classes, "Small", file);
    float[] one = (float[]) method(inference, "predict", float[].class).invoke(inference, image);
    float[][] two =
        (float[][])
            method(inference, "predict", float[][].class)
                .invoke(inference, (Object) new float[][] {new float[36], image});

    try (var interpreter = TfliteInterpreter.open(file, Kernels.BUILT_IN)) {
      assertThat(one).isEqualTo(interpreter.run(new float[][] {image})).hasSize(4);
    }
    assertThat(two[1]).isEqualTo(one);
    assertThat(two[0]).isNotEqualTo(one);
  }

  @Test
  void refusesFilesOfOtherModels() throws Exception {
    ClassLoader classes =
        CompiledModels.load(
            Sources.model(
                "Wide", "@Input(shape = 6) Layer row;", "@Dense(units = 4) Layer logits;"),
            Sources.model(
                "Narrow", "@Input(shape = 3) Layer row;", "@Dense(units = 4) Layer logits;"));
    Path file;
    try (DetentModel<?> model = CompiledModels.create(classes, "Narrow", 1)) {
      file = model.exportFloat(folder.resolve("narrow.tflite"));
    }
    Path text = Files.writeString(folder.resolve("notes.txt"), "no model");

    assertThatThrownBy(() -> load(classes, "Wide", file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(file + ": its input 1 is 'row' [1, 3]; Wide has 'row' [1, 6]");
    assertThatThrownBy(() -> load(classes, "Wide", text))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(text + ": it does not begin as a TFLite file");
  }

  private static Object load(ClassLoader classes, String model, Path file) throws Exception {
    Method load = classes.loadClass(model + "Inference").getDeclaredMethod("load", Path.class);
    load.setAccessible(true);
    try {
      return load.invoke(null, file);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  private static Method method(Object of, String name, Class<?>... parameters) throws Exception {
    Method method = of.getClass().getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }
}
