package dev.detent.runtime.quantizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.SmallClassifier;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.VerifyOptions;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quantizer that the Javadoc of {@link Quantizer} shows: compiled as it stands, and trained.
 */
class CustomQuantizerExampleTest {
  private static final Path JAVADOC =
      Path.of("src/main/java/dev/detent/runtime/quantizer/Quantizer.java");

  @TempDir private Path folder;

  @Test
  @SuppressWarnings("unchecked")
  void exampleTrainsAndIsDeployed() throws ReflectiveOperationException, IOException {
    Path source = folder.resolve("TrainedScale.java");
    String example = example();
    assertThat(example.lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(40);
    Files.writeString(
        source,
        """
        import dev.detent.runtime.quantizer.*;
        import java.util.List;
        import org.tensorflow.Operand;
        import org.tensorflow.op.Ops;
        import org.tensorflow.types.TFloat32;

        """
            + example);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(result).isZero();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      var type = (Class<? extends ActivationQuantizer>) loader.loadClass("TrainedScale");
      trains(
          (ActivationQuantizer & WeightQuantizer) type.getConstructor(double.class).newInstance(1));
    }
  }

  private static String example() throws IOException {
    String all = Files.readString(JAVADOC);
    String block = all.substring(all.indexOf("<pre>{@code") + 11, all.indexOf("}</pre>"));
    return block
        .lines()
        .map(line -> line.replaceFirst("^ \\* ?", ""))
        .collect(Collectors.joining("\n"));
  }

  private <Q extends ActivationQuantizer & WeightQuantizer> void trains(Q quantizer) {
    Dataset train = SmallClassifier.data(640, 1);
    Dataset test = SmallClassifier.data(200, 2);
    Fit<Examples> fit = Fit.epochs(3).progress(Progress.Style.SILENT);
    for (WeightQuantization weights :
        new WeightQuantization[] {
          WeightQuantization.perChannel(8), WeightQuantization.perTensor(8)
        }) {
      try (TinyModel model =
          SmallClassifier.create(
              5, range -> range.quantizer(() -> quantizer), weights.quantizer(() -> quantizer))) {
        model.fit(train, fit.optimizer(Optimizers.adam(0.02)));
        model.quantize(test);
        float[] scale = model.get("conv/kernel/quantizer/log_scale");
        double before = model.evaluate(train).loss();
        model.fit(train, fit);
        assertThat(model.get("conv/kernel/quantizer/log_scale")).isNotEqualTo(scale);
        assertThat(model.evaluate(train).loss()).isLessThan(before);
        Path file = model.exportInt8(folder.resolve("model.tflite"));
        var verification = model.verify(file, test, new VerifyOptions(0, 0));
        // Some of the few values that are a step off flip a top-1 answer.
        assertThat(verification.outputs().get(0).builtIn().sameTop1Share()).isGreaterThan(0.99);
      }
    }
  }
}
