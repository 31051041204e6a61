package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import java.util.Map;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

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

  private static Map<String, String> generated(JavaFileObject source) {
    Compilation compilation = Compilations.compile(source);
    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    return Compilations.generated(compilation);
  }
}
