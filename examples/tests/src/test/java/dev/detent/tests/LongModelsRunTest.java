package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.processor.LongModels;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is too long for one method of the JVM is generated in parts, and computes the same. */
class LongModelsRunTest {
  /** An array that is longer than one method can fill arrives as it was written. */
  @Test
  void anArgumentOfThousandsArrives() throws ReflectiveOperationException {
    ClassLoader classes = CompiledModels.load(LongModels.withTable("Table", 9_000));
    CompiledModels.create(classes, "Table").close();
    Field read = classes.loadClass("Table").getDeclaredField("read");
    read.setAccessible(true);
    assertThat((double[]) read.get(null))
        .isEqualTo(IntStream.range(0, 9_000).mapToDouble(i -> i + 0.5).toArray());
  }

  /** Two parts, and a concatenation that takes an array, compute the same in graph and file. */
  @Test
  void runsInParts(@TempDir Path folder) {
    ClassLoader classes = CompiledModels.load(LongModels.wide("Wide", 205));
    Random random = new Random(1);
    float[][] images = new float[8][4];
    for (float[] image : images) {
      for (int i = 0; i < image.length; i++) {
        image[i] = random.nextFloat();
      }
    }
    float[][] targets = new float[8][4 * 205];
    try (DetentModel<Dataset> model = CompiledModels.create(classes, "Wide")) {
      Dataset data = new Dataset(Features.of(images, 2, 2, 1), Targets.values(targets, 2, 2, 205));
      model.quantize(data);

      var verification = model.verify(model.exportInt8(folder.resolve("wide.tflite")), data);

      assertThat(verification.isFaithful()).as(verification.toString()).isTrue();
    }
  }
}
