package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.processor.PlainJavac;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A third party's jar with a scheme, quantizers and annotations of its own: compiled by one javac,
 * put on the class path of another, which has none of its sources, and trained with.
 */
class ThirdPartyTest {
  private static final String SCHEME =
      """
      package vendor;

      import dev.detent.annotations.*;
      import dev.detent.annotations.scheme.*;

      @Scheme(
          name = "vendor's chip",
          scales = Scales.POWER_OF_TWO,
          weights = @WeightRule(bits = {6, 8}, granularity = Granularity.PER_TENSOR),
          activations = @ActivationRule(bits = {7, 8}, symmetric = true),
          without = {AveragePool2D.class, Softmax.class},
          fuses = {BatchNorm.class, Relu.class})
      public interface VendorChip {}
      """;

  private static final String QUANTIZER =
      """
      package vendor;

      import dev.detent.runtime.quantizer.*;
      import java.util.List;
      import org.tensorflow.Operand;
      import org.tensorflow.types.TFloat32;

      /** The largest value of the calibration and some headroom. */
      public record Headroom(double factor) implements WeightQuantizer, ActivationQuantizer {
        @Override
        public Grid grid(Site site) {
          return Grid.of(site, site.state("scale", 1, site.scaleShape()));
        }

        @Override
        public void observe(Site site, List<Operand<TFloat32>> tensors) {
          var tf = site.tf();
          var largest = site.max(tf.math.abs(tensors.get(0)));
          var scale = tf.math.mul(largest, tf.constant((float) (factor / site.highest())));
          site.update("scale", tf.math.maximum(scale, tf.constant(1e-6f)));
        }
      }
      """;

  private static final String ANNOTATION =
      """
      package vendor;

      import dev.detent.annotations.QuantizeWith;

      @QuantizeWith(weights = Headroom.class, activations = Headroom.class)
      public @interface WithHeadroom {
        int bits() default 0;

        double factor() default 1.25;
      }
      """;

  private static final String TARGET =
      """
      package vendor;

      import dev.detent.annotations.Quantize;

      @Quantize(scheme = VendorChip.class)
      @WithHeadroom
      public @interface ForVendorChip {}
      """;

  private static final String MODEL =
      """
      import dev.detent.annotations.*;
      import vendor.*;

      @Model
      @ForVendorChip
      public class OnVendorChip {
        @Input(shape = {6, 6, 1}) Layer image;
        @Conv2D(filters = 8, kernelSize = 3) @BatchNorm @Relu Layer conv;
        @Flatten Layer flat;
        @Dense(units = 4) @WithHeadroom(bits = 8, factor = 1) Layer logits;
      }
      """;

  private static final String WRONG =
      """
      import dev.detent.annotations.*;
      import vendor.*;

      @Model
      @ForVendorChip
      class Wrong {
        @Input(shape = {6, 6, 1}) Layer image;
        @AveragePool2D(poolSize = 2) Layer pool;
        @Flatten Layer flat;
        @Dense(units = 4) @WithHeadroom(bits = 4) Layer logits;
      }
      """;

  @TempDir private static Path folder;
  private static Path jar;

  @BeforeAll
  static void packVendorsJar() throws Exception {
    PlainJavac.Result result =
        new PlainJavac(folder.resolve("vendor"))
            .source("vendor/VendorChip.java", SCHEME)
            .source("vendor/Headroom.java", QUANTIZER)
            .source("vendor/WithHeadroom.java", ANNOTATION)
            .source("vendor/ForVendorChip.java", TARGET)
            .run();
    assertThat(result.output()).isEmpty();
    jar = folder.resolve("vendor.jar");
    Path classes = folder.resolve("vendor").resolve("classes");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        entries.write(Files.readAllBytes(file));
      }
    }
  }

  @Test
  void aModelTrainsWithWhatTheJarHas(@TempDir Path user) throws Exception {
    PlainJavac javac = new PlainJavac(user).classPath(jar).source("OnVendorChip.java", MODEL);
    PlainJavac.Result result = javac.run();

    assertThat(result.output()).isEmpty();
    assertThat(result.files().get("generated/OnVendorChipModel.java"))
        .contains("ActivationRange.learned(\"conv\", 7).symmetric()")
        .contains(
            "WeightQuantization.perTensor(6).powerOfTwo().quantizer(() -> new Headroom(1.25))")
        .contains(
            "WeightQuantization.perTensor(8).powerOfTwo().quantizer(() -> new Headroom(1.0))");
    Dataset train = CompiledModels.patterns(320, 1);
    URL[] path = {user.resolve("classes").toUri().toURL(), jar.toUri().toURL()};
    try (URLClassLoader classes = new URLClassLoader(path, getClass().getClassLoader());
        DetentModel<Dataset> model = CompiledModels.create(classes, "OnVendorChip")) {
      model.fit(train, CompiledModels.fit(6));
      model.quantize(train);
      model.fit(train, CompiledModels.fit(2));

      // Chance is 1/4; 200 examples are 3 standard deviations of 3 points from 0.35.
      assertThat(model.evaluate(CompiledModels.patterns(200, 2)).accuracy()).isGreaterThan(0.35);
      assertThatThrownBy(() -> model.exportInt8(user.resolve("model.tflite")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("vendor's chip");
    }
  }

  @Test
  void whatTheJarsSchemeLacksIsAnError(@TempDir Path user)
      throws IOException, InterruptedException {
    PlainJavac.Result result =
        new PlainJavac(user).classPath(jar).source("Wrong.java", WRONG).run();

    assertThat(result.status()).isNotZero();
    assertThat(List.of(result.output().split("\n")))
        .anyMatch(line -> line.contains("Wrong.java:8:") && line.contains("[Detent-Q11]"))
        .anyMatch(
            line ->
                line.contains("Wrong.java:10:")
                    && line.contains("[Detent-Q01] bits of weights is 4")
                    && line.contains("6 or 8"));
  }

  /** Of a class file there is no place to point at but the one that names it. */
  @Test
  void aWrongSchemeInAJarIsReportedWhereItIsNamed(@TempDir Path vendor, @TempDir Path user)
      throws IOException, InterruptedException {
    PlainJavac.Result compiled =
        new PlainJavac(vendor)
            .source("vendor/VendorChip.java", SCHEME.replace("{6, 8}", "{6, 80}"))
            .run("-proc:none");
    assertThat(compiled.output()).isEmpty();

    PlainJavac.Result result =
        new PlainJavac(user)
            .classPath(vendor.resolve("classes"))
            .source(
                "Wrong.java",
                """
                import dev.detent.annotations.*;

                @Model
                @Quantize(scheme = vendor.VendorChip.class)
                class Wrong {
                  @Input(shape = 4) Layer values;
                  @Dense(units = 4) Layer logits;
                }
                """)
            .run();

    assertThat(result.status()).isNotZero();
    assertThat(List.of(result.output().split("\n")))
        .anyMatch(
            line ->
                line.contains("Wrong.java:4:")
                    && line.contains("[Detent-Q13] The scheme VendorChip has a width of 80 bits"));
  }
}
