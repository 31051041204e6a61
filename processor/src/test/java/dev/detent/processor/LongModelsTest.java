package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are longer than a class of the JVM may be: 64 KB a method, 65,535 constants. */
class LongModelsTest {

  /** The limit itself and the first number above it. */
  @Test
  void isSplitAboveTheLimit() {
    assertThat(generated(LongModels.residual("Deep", 200)).get("DeepModel.java"))
        .doesNotContain("class Part1");
    assertThat(generated(LongModels.residual("Deep", 201)).get("DeepModel.java"))
        .contains("class Part2")
        .doesNotContain("class Part3");
  }

  /** The same bytes each time, and parts that read what earlier ones have. */
  @Test
  void partsReadOneAnother() {
    JavaFileObject model = LongModels.residual("Deep", 500);

    Map<String, String> generated = generated(model);

    assertThat(generated).isEqualTo(generated(model));
    assertThat(generated.get("DeepModel.java"))
        .contains("Tensor layer198 = n.tensor(\"layer198\");")
        .contains("Part3.describe(spec);");
  }

  /** Some 6,800 operations. */
  @Test
  void aUnitOfManyStepsCompiles() {
    assertThat(generated(LongModels.gru("Long", 400)).get("LongModel.java"))
        .contains("for (int step = 1; step < 400; step++)")
        .doesNotContain("class Part");
  }

  /** One operation reads more tensors than one method can hand over. */
  @Test
  void aConcatenationOfThousandsCompiles() {
    assertThat(generated(LongModels.wide("Wide", 2_100)).get("WideModel.java"))
        .contains("n.concatenation(\"all\", 3, Values1.values(n))")
        .contains("System.arraycopy(From2000.values(n), 0, values, 2000, 100);");
  }

  /** An array that is longer than one method can fill arrives as it was written. */
  @Test
  void anArgumentOfThousandsArrives() throws ReflectiveOperationException {
    Compilation compilation = Compilations.compile(LongModels.withTable("Table", 9_000));

    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    ClassLoader classes = CompiledModels.load(compilation);
    CompiledModels.create(classes, "Table").close();
    Field read = classes.loadClass("Table").getDeclaredField("read");
    read.setAccessible(true);
    assertThat((double[]) read.get(null))
        .isEqualTo(IntStream.range(0, 9_000).mapToDouble(i -> i + 0.5).toArray());
  }

  /** Two parts, and a concatenation that takes an array, compute the same in graph and file. */
  @Test
  void runsInParts(@TempDir Path folder) {
    Compilation compilation = Compilations.compile(LongModels.wide("Wide", 205));
    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    Random random = new Random(1);
    float[][] images = new float[8][4];
    for (float[] image : images) {
      for (int i = 0; i < image.length; i++) {
        image[i] = random.nextFloat();
      }
    }
    float[][] targets = new float[8][4 * 205];
    try (DetentModel<Dataset> model =
        CompiledModels.create(CompiledModels.load(compilation), "Wide")) {
      Dataset data = new Dataset(Features.of(images, 2, 2, 1), Targets.values(targets, 2, 2, 205));
      model.quantize(data);

      var verification = model.verify(model.exportInt8(folder.resolve("wide.tflite")), data);

      assertThat(verification.isFaithful()).as(verification.toString()).isTrue();
    }
  }

  private static Map<String, String> generated(JavaFileObject source) {
    Compilation compilation = Compilations.compile(source);
    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    return Compilations.generated(compilation);
  }
}
