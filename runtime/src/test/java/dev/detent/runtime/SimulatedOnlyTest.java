package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scheme that TFLite cannot deploy: all but the quantized export works. */
class SimulatedOnlyTest {
  private static final ActivationRange X = ActivationRange.learned("x", 8).powerOfTwo();
  private static final ActivationRange Y = ActivationRange.learned("y", 8).powerOfTwo();

  private static final class Chip extends DetentModel<Dataset> {
    Chip() {
      super(ModelSpec.builder("Chip").simulatedOnly("FixedPointChip").build(), 1);
    }

    @Override
    protected void network(NetworkBuilder n) {
      n.output(
          "y",
          n.fullyConnected("y", n.input("x").output(X, 4))
              .kernel(4, 2)
              .quantizeKernel(WeightQuantization.perChannel(8).powerOfTwo())
              .output(Y, 2));
    }
  }

  @Test
  void exportNamesTheScheme(@TempDir Path folder) {
    Dataset data =
        new Dataset(
            Features.of(new float[][] {{1, 2, 3, 4}, {4, -3, 2, 1}}, 4),
            Targets.values(new float[2][2], 2));
    Path file = folder.resolve("chip.tflite");
    try (Chip chip = new Chip()) {
      chip.quantize(data);
      assertThat(chip.evaluate(data).loss()).isFinite();
      assertThatThrownBy(() -> chip.exportInt8(file))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Chip is quantized by the scheme FixedPointChip")
          .hasMessageContaining("cannot deploy");
      assertThat(file).doesNotExist();
      assertThat(Files.exists(chip.exportFloat(file))).isTrue();
    }
  }
}
