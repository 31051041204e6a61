package dev.detent.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers over sequences, which Keras keeps in other shapes than the images that they become. */
class ImportedSequencesTest {
  @TempDir private Path folder;

  /** Keras's kernel of a convolution over a sequence is one of a row without its first axis. */
  @Test
  void kernelOverASequence() throws IOException {
    try (TinyModel trained = convolution(1);
        TinyModel model = convolution(2)) {
      trained.shuffled(new Random(3));
      Path file = folder.resolve("net.npz");
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
        WeightFixtures.put(
            zip,
            "conv/kernel.npy",
            WeightFixtures.npy(new int[] {3, 2, 4}, trained.get("conv/kernel")));
        WeightFixtures.put(
            zip, "conv/bias.npy", WeightFixtures.npy(new int[] {4}, trained.get("conv/bias")));
      }
      assertThat(model.importWeights(file).isComplete()).isTrue();
      assertThat(model.get("conv/kernel")).isEqualTo(trained.get("conv/kernel"));
    }
  }

  private static TinyModel convolution(long seed) {
    return new TinyModel(
        n -> {
          Tensor row = n.input("row").output(ActivationRange.learned("row", 8), 1, 9, 2);
          n.output(
              "conv",
              n.conv2d("conv", row)
                  .kernel(1, 3, 2, 4)
                  .bias(Initializer.ZEROS)
                  .output(ActivationRange.learned("conv", 8), 1, 7, 4));
        },
        seed);
  }
}
