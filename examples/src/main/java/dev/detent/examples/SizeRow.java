package dev.detent.examples;

import dev.detent.examples.zoo.SettledStatistics;
import dev.detent.examples.zoo.Zoo;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec.TensorSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.Delegation;
import dev.detent.runtime.verify.Latency;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A row of the results: how large and fast a model of the zoo is, which its weights have no
 * influence on.
 *
 * @param name of the architecture
 * @param parameters moving statistics of batch norm included, as Keras counts
 * @param multiplyAccumulates of one example
 * @param floatBytes of the float file
 * @param int8Bytes of the int8 file
 * @param floatMillis of one example on XNNPACK, one thread
 * @param int8Millis the same of the int8 file, measured in turns with it
 * @param speedUp the median over pairs
 * @param operations of the int8 file
 * @param left those that XNNPACK leaves to the built-in kernels; empty if it runs all
 */
record SizeRow(
    String name,
    long parameters,
    long multiplyAccumulates,
    long floatBytes,
    long int8Bytes,
    double floatMillis,
    double int8Millis,
    double speedUp,
    int operations,
    String left) {
  /** Examples that the ranges come from: noise, as nothing here depends on them. */
  private static final int EXAMPLES = 2;

  private static final int RUNS = 30;

  /**
   * Measures a model.
   *
   * @param folder holds the files meanwhile
   */
  static SizeRow measure(Zoo zoo, Path folder) throws IOException {
    Path int8 = folder.resolve("size.tflite");
    Path floating = folder.resolve("size_float.tflite");
    try (DetentModel<Dataset> model = zoo.create().apply(CommonOptions.DEFAULT_SEED)) {
      SettledStatistics.of(model, folder);
      model.quantize(noise(model.spec().inputs().get(0), model.spec().outputs().get(0)));
      model.exportInt8(int8);
      model.exportFloat(floating);
      try (TfliteInterpreter first = TfliteInterpreter.open(floating, Kernels.XNNPACK);
          TfliteInterpreter second = TfliteInterpreter.open(int8, Kernels.XNNPACK)) {
        Latency.Pair pair = Latency.paired(first, second, RUNS);
        return new SizeRow(
            zoo.name(),
            model.spec().parameters(),
            model.spec().multiplyAccumulates(),
            Files.size(floating),
            Files.size(int8),
            pair.first().millis(),
            pair.second().millis(),
            pair.ratio(),
            second.info().operations().size(),
            Delegation.of(second).leftAsText());
      }
    } finally {
      Files.deleteIfExists(int8);
      Files.deleteIfExists(floating);
    }
  }

  private static Dataset noise(TensorSpec input, TensorSpec output) {
    Random random = new Random(CommonOptions.DEFAULT_SEED);
    return new Dataset(
        Features.of(noise(random, input.elements()), input.dimensions()),
        Targets.values(noise(random, output.elements()), output.dimensions()));
  }

  private static float[][] noise(Random random, int elements) {
    float[][] values = new float[EXAMPLES][elements];
    for (float[] example : values) {
      for (int i = 0; i < elements; i++) {
        example[i] = (float) random.nextGaussian();
      }
    }
    return values;
  }
}
