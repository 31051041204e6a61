package dev.detent.examples.bench;

import dev.detent.examples.cifar.ResNet8Model;
import dev.detent.runtime.data.DataException;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.Latency;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How long the int8 ResNet-8 that Detent exports takes for an image, against the file that
 * TensorFlow's own converter made of the same network; in turns, on one thread.
 *
 * @param kernels which kernels ran
 * @param detentMillis the median of Detent's file
 * @param referenceMillis the median of the reference
 * @param ratio the median over pairs of Detent's time divided by the reference's
 */
public record ReferenceLatency(
    Kernels kernels, double detentMillis, double referenceMillis, double ratio) {
  /** The reference's name, as MLPerf Tiny publishes it. */
  public static final String REFERENCE = "pretrainedResnet_quant.tflite";

  private static final List<String> FOLDERS = List.of("", "mlperf-tiny");

  /**
   * Finds the reference.
   *
   * @param folder holds {@link #REFERENCE}, or a folder {@code mlperf-tiny} that does
   * @throws DataException if there is no such file
   */
  public static Path find(Path folder) {
    return FOLDERS.stream()
        .map(name -> folder.resolve(name).resolve(REFERENCE))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() -> new DataException(folder + " has no " + REFERENCE));
  }

  /**
   * Measures on XNNPACK, then on the built-in kernels. What the weights are makes no difference, so
   * they are not trained.
   *
   * @param reference the file to compare with
   * @param runs how many of each are counted, at least 1
   * @throws IOException if the exported file cannot be written
   */
  public static List<ReferenceLatency> measure(Path reference, int runs) throws IOException {
    Path own = Files.createTempFile("resnet8", ".tflite");
    try (ResNet8Model model = ResNet8Model.create(1)) {
      model.quantize(StepBenchmark.noise(32, HandWrittenNetwork.RESNET8));
      model.exportInt8(own);
      return List.of(
          paired(own, reference, Kernels.XNNPACK, runs),
          paired(own, reference, Kernels.BUILT_IN, runs));
    } finally {
      Files.deleteIfExists(own);
    }
  }

  private static ReferenceLatency paired(Path own, Path reference, Kernels kernels, int runs) {
    try (TfliteInterpreter first = TfliteInterpreter.open(own, kernels);
        TfliteInterpreter second = TfliteInterpreter.open(reference, kernels)) {
      Latency.Pair pair = Latency.paired(first, second, runs);
      return new ReferenceLatency(
          kernels, pair.first().millis(), pair.second().millis(), pair.ratio());
    }
  }
}
