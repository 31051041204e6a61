package dev.detent.runtime;

import static dev.detent.runtime.VerifiedModels.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Activation;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a verification holds at a time. */
class VerificationMemoryTest {
  private static final VerifyOptions QUICK = VerifyOptions.defaults().latencyRuns(0);

  @TempDir private Path folder;

  private Path file(String name) {
    return folder.resolve(name + ".tflite");
  }

  /**
   * A layer of 2 million values an example: 16 examples of it, twice, are 268 MB, and half of that
   * must do.
   */
  @Test
  void memoryDoesNotGrowWithTheExamples() throws Exception {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx134m",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                LargeLayer.class.getName(),
                file("large").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(() -> read(output)).isZero();
    assertThat(Files.readString(output))
        .isEqualTo(
            """
            Quantizing Tiny found:
            - the ranges are those of 2 examples: what others have beyond them is clipped; a
              few hundred are usual
            verified 16 examples
            """);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Runs in a process of its own. */
  public static final class LargeLayer {
    private static final int SIZE = 512;

    private LargeLayer() {}

    /**
     * Verifies.
     *
     * @param args where to export to
     */
    public static void main(String[] args) {
      ActivationRange conv = range("conv").nonNegative();
      try (TinyModel model =
          new TinyModel(
              n -> {
                var x =
                    n.conv2d("conv", n.input("x").output(range("x"), SIZE, SIZE, 1))
                        .kernel(1, 1, 1, 8)
                        .quantizeKernel(WeightQuantization.perChannel(8))
                        .activation(Activation.RELU)
                        .output(conv, SIZE, SIZE, 8);
                n.output("mean", n.mean("mean", x).output(range("mean"), 8));
              },
              1)) {
        byte[] pixels = new byte[16 * SIZE * SIZE];
        new Random(1).nextBytes(pixels);
        Dataset data =
            new Dataset(Features.bytes(pixels, SIZE, SIZE, 1), Targets.classes(new int[16], 8));
        model.quantize(data.take(2));
        Path file = model.exportInt8(Path.of(args[0]));
        Verification verification = model.verify(file, data, QUICK);
        System.out.println("verified " + verification.layerExamples() + " examples");
      }
    }
  }
}
