package dev.detent.examples.cifar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InceptionTest {
  @TempDir private static Path folder;
  private static Path file;
  private static TfliteModelInfo int8;

  @BeforeAll
  static void export() {
    try (InceptionModel model = InceptionModel.create(1)) {
      model.quantize(ResNet8Test.noise(8, 32, 10));
      file = model.exportInt8(folder.resolve("int8.tflite"));
      int8 = TfliteFile.info(file);
    }
  }

  @Test
  void needsNoRequantization() {
    assertThat(int8.histogram())
        .containsEntry("CONCATENATION", 3)
        .containsEntry("MAX_POOL_2D", 4)
        .containsEntry("CONV_2D", 16)
        .doesNotContainKeys("QUANTIZE", "DEQUANTIZE");
  }

  @Test
  void concatenationsHaveTheScaleOfAllTheirInputs() {
    assertThat(scalesOf("CONCATENATION")).hasSize(3).allMatch(scales -> scales.size() == 1);
  }

  @Test
  void maxPoolingsTieTheStemToBothOfItsConcatenations() {
    float stem = scale("stem");

    assertThat(stem).isPositive();
    assertThat(List.of(scale("mixed1"), scale("mixed2"), scale("narrow1"), scale("wide2")))
        .containsOnly(stem);
    assertThat(scale("mixed3")).isNotEqualTo(stem);
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void runs(Kernels kernels) {
    try (TfliteInterpreter interpreter = TfliteInterpreter.open(file, kernels)) {
      byte[] probabilities = new byte[10];
      interpreter.run(new byte[32 * 32 * 3], probabilities);
      int sum = 0;
      for (byte probability : probabilities) {
        sum += probability + 128;
      }
      // Ten probabilities in steps of 1/256, each half a step off at most, so 5 steps in all.
      assertThat(sum).isBetween(251, 261);
    }
  }

  /** The distinct scales of the inputs and the output of each operation of that name. */
  private static List<List<Float>> scalesOf(String operation) {
    return int8.operations().stream()
        .filter(each -> each.name().equals(operation))
        .map(
            each ->
                java.util.stream.Stream.concat(each.inputs().stream(), each.outputs().stream())
                    .map(index -> int8.tensors().get(index).scale())
                    .distinct()
                    .toList())
        .toList();
  }

  private static float scale(String tensor) {
    return int8.tensor(tensor).map(TensorInfo::scale).orElseThrow();
  }
}
