package dev.detent.runtime.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.SmallClassifier;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.train.TrainingException;
import dev.detent.runtime.verify.VerifyOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Every built-in quantizer in a small model: it trains, is saved and loaded, and is deployed. */
class QuantizersTest {
  private static final Dataset TRAIN = SmallClassifier.data(640, 1);
  private static final Dataset TEST = SmallClassifier.data(200, 2);

  /** What {@link SmallClassifier} has learned in float, whatever its quantizers. */
  @TempDir private static Path inFloat;

  @TempDir private Path folder;

  @BeforeAll
  static void trainInFloat() {
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(TRAIN, quiet(3).optimizer(Optimizers.adam(0.02)));
      model.save(inFloat.resolve("weights.npz"));
    }
  }

  static Stream<Arguments> quantizers() {
    WeightQuantization maxAbs = WeightQuantization.perChannel(8);
    WeightQuantization fourBits = WeightQuantization.perChannel(4);
    WeightQuantization perTensor = WeightQuantization.perTensor(6);
    return Stream.of(
        of(new LastValue(), maxAbs),
        of(new MovingAverage(0.9), maxAbs),
        of(new AllValues(), maxAbs),
        of(new Percentile(), maxAbs),
        of(new MseOptimal(), maxAbs),
        of(new Entropy(), maxAbs),
        of(new LearnedStep(), maxAbs),
        of(new LearnedStepAndOffset(), maxAbs),
        of(new Pact(), maxAbs),
        of(new PowerOfTwo(), maxAbs),
        of(new MovingAverage(), fourBits.quantizer(LearnedStep::new)),
        of(new MovingAverage(), fourBits.quantizer(PowerOfTwo::new)),
        of(new MovingAverage(), perTensor.quantizer(LearnedStep::new)),
        of(new MovingAverage(), perTensor.quantizer(PowerOfTwo::new)),
        of(new MovingAverage(), maxAbs.powerOfTwo()));
  }

  private static Arguments of(ActivationQuantizer quantizer, WeightQuantization weights) {
    UnaryOperator<ActivationRange> ranges = range -> range.quantizer(() -> quantizer);
    String weightsName =
        weights.quantizerFactory().get().getClass().getSimpleName()
            + (weights.perChannel() ? " per channel " : " per tensor ")
            + weights.bits();
    return Arguments.of(
        Named.of(quantizer.getClass().getSimpleName(), ranges), Named.of(weightsName, weights));
  }

  private static Fit<Examples> quiet(int epochs) {
    return Fit.epochs(epochs).progress(Progress.Style.SILENT);
  }

  private static TinyModel trained(
      UnaryOperator<ActivationRange> ranges, WeightQuantization weights) {
    TinyModel model = SmallClassifier.create(5, ranges, weights);
    model.importWeights(inFloat.resolve("weights.npz"));
    return model;
  }

  /** At a tenth of the rate of the training in float. */
  private static Fit<Examples> fineTuning() {
    return quiet(3).optimizer(Optimizers.adam(0.002));
  }

  @ParameterizedTest
  @MethodSource("quantizers")
  void trainsAndIsKept(UnaryOperator<ActivationRange> ranges, WeightQuantization weights) {
    Path file = folder.resolve("weights.npz");
    try (TinyModel model = trained(ranges, weights);
        TinyModel other = SmallClassifier.create(6, ranges, weights)) {
      model.quantize(TEST);
      double before = model.evaluate(TRAIN).loss();
      model.fit(TRAIN, fineTuning());
      // Fine-tuning on the same data goes downhill; the classes are far apart, chance is 25%.
      assertThat(model.evaluate(TRAIN).loss()).isLessThan(before);
      assertThat(model.evaluate(TEST).metrics().get("accuracy")).isGreaterThan(0.9);
      model.save(file);
      other.load(file);
      assertThat(other.mode()).isEqualTo(model.mode());
      assertThat(other.evaluate(TEST)).isEqualTo(model.evaluate(TEST));
    }
  }

  /** Widths that no kernel has are simulated all the same. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 12, 16})
  void allWidthsTrain(int bits) {
    UnaryOperator<ActivationRange> ranges =
        range -> {
          ActivationRange learned =
              ActivationRange.learned(range.name(), bits).quantizer(LearnedStepAndOffset::new);
          return range.isNonNegative() ? learned.nonNegative() : learned;
        };
    try (TinyModel model =
        trained(ranges, WeightQuantization.perChannel(bits).quantizer(LearnedStep::new))) {
      double floats = model.evaluate(TRAIN).loss();
      model.quantize(TEST);
      double before = model.evaluate(TRAIN).loss();
      // Rounding to 8 steps or fewer shows in the loss; to 4,096 it does not.
      if (bits != 5) {
        assertThat(Math.abs(before - floats) > 0.01).isEqualTo(bits <= 3);
      }
      model.fit(TRAIN, fineTuning());
      assertThat(model.evaluate(TRAIN).loss()).isLessThan(before);
    }
  }

  /** A run that was stopped goes on to the very same end, quantizers' variables included. */
  @Test
  void checkpointsKeepParameters() {
    UnaryOperator<ActivationRange> ranges = range -> range.quantizer(LearnedStepAndOffset::new);
    WeightQuantization weights = WeightQuantization.perChannel(4).quantizer(LearnedStep::new);
    float[][] steps = new float[2][];
    for (int i = 0; i < 2; i++) {
      Path kept = folder.resolve("run" + i);
      Fit<Examples> fit = quiet(4).optimizer(Optimizers.adam(0.005)).checkpoints(kept);
      boolean isStopped = i == 1;
      for (int attempt = isStopped ? 0 : 1; attempt < 2; attempt++) {
        try (TinyModel model = SmallClassifier.create(5, ranges, weights)) {
          model.quantize(TEST);
          float[] start = model.get("conv/kernel/quantizer/step");
          Fit<Examples> now =
              attempt == 0
                  ? fit.onEpoch(
                      epoch -> {
                        if (epoch.number() == 2) {
                          throw new IllegalStateException("stopped");
                        }
                      })
                  : fit;
          try {
            model.fit(TRAIN, now);
          } catch (IllegalStateException e) {
            assertThat(e).hasMessage("stopped");
          }
          steps[i] = model.get("conv/kernel/quantizer/step");
          assertThat(steps[i]).isNotEqualTo(start);
        }
      }
    }
    assertThat(steps[1]).isEqualTo(steps[0]);
  }

  /** The file has the scales that training found, and computes what the quantized graph does. */
  @Test
  void trainedGridsAreDeployed() {
    Supplier<ActivationQuantizer> trained = LearnedStepAndOffset::new;
    try (TinyModel model =
        SmallClassifier.create(
            5,
            range -> range.quantizer(trained),
            WeightQuantization.perChannel(8).quantizer(LearnedStep::new))) {
      model.fit(TRAIN, quiet(2).optimizer(Optimizers.adam(0.02)));
      model.quantize(TEST);
      model.fit(TRAIN, quiet(2));
      Path file = model.exportInt8(folder.resolve("model.tflite"));
      var verification = model.verify(file, TEST, new VerifyOptions(0, 0));
      // Two kernels in a row: of the few values that are a step off, some flip a top-1 answer.
      assertThat(verification.outputs().get(0).builtIn().sameTop1Share()).isGreaterThan(0.99);
    }
  }

  /** Sixteen bits from end to end, and four-bit weights: what verification reads of such files. */
  @Test
  void otherWidthsAreVerified() {
    UnaryOperator<ActivationRange> sixteen =
        range ->
            range.isNonNegative()
                ? ActivationRange.learned(range.name(), 16).symmetric().nonNegative()
                : ActivationRange.learned(range.name(), 16).symmetric();
    for (boolean isWide : new boolean[] {true, false}) {
      try (TinyModel model =
          trained(
              isWide ? sixteen : UnaryOperator.identity(),
              isWide ? WeightQuantization.perChannel(8) : WeightQuantization.perTensor(4))) {
        model.quantize(TEST);
        Path file = model.exportInt8(folder.resolve("wide.tflite"));
        var verification = model.verify(file, TEST, new VerifyOptions(10, 0));
        var output = verification.outputs().get(0);
        assertThat(output.builtIn().sameTop1Share()).isGreaterThan(0.99);
        assertThat(verification.layers()).isNotEmpty();
        // Some values are a step off, and more so behind three layers.
        assertThat(output.builtIn().equalShare()).isGreaterThan(0.9);
      }
    }
  }

  /** The paper's formula, unless the largest weight needs no step as large as that. */
  @ParameterizedTest
  @CsvSource({"4, 1, false", "4, 10, true", "8, 1, false", "8, 10, false"})
  void learnedStepStartsWhereAllIntegersAreUsed(int bits, float outlier, boolean isOfPaper) {
    WeightQuantization weights = WeightQuantization.perTensor(bits).quantizer(LearnedStep::new);
    try (TinyModel model = SmallClassifier.create(5, UnaryOperator.identity(), weights)) {
      model.variables();
      float[] kernel = model.get("logits/kernel");
      kernel[3] = outlier;
      model.set("logits/kernel", kernel);
      model.quantize(TEST);
      double sum = 0;
      double largest = 0;
      for (float weight : kernel) {
        sum += Math.abs(weight);
        largest = Math.max(largest, Math.abs(weight));
      }
      double q = (1 << (bits - 1)) - 1;
      double ofPaper = 2 * sum / kernel.length / Math.sqrt(q);
      assertThat(ofPaper < largest / q).isEqualTo(isOfPaper);
      assertThat(model.get("logits/kernel/quantizer/step")[0])
          .isCloseTo((float) Math.min(ofPaper, largest / q), within(1e-6f));
    }
  }

  @Test
  void powersOfTwoAreExact() {
    WeightQuantization weights = WeightQuantization.perChannel(8).powerOfTwo();
    for (Supplier<ActivationQuantizer> quantizer :
        List.<Supplier<ActivationQuantizer>>of(
            MovingAverage::new, LearnedStepAndOffset::new, Percentile::new, PowerOfTwo::new)) {
      try (TinyModel model =
          SmallClassifier.create(5, range -> range.quantizer(quantizer).powerOfTwo(), weights)) {
        model.quantize(TEST);
        for (String name : new String[] {"image", "conv", "mean", "logits"}) {
          Encoding encoding = model.encoding(ActivationRange.learned(name, 8));
          assertThat(Math.scalb(1f, Math.getExponent(encoding.scale())))
              .isEqualTo(encoding.scale());
        }
      }
    }
  }

  @Test
  void tensorsLeftFloatTrainButAreNotExported() {
    try (TinyModel model =
        SmallClassifier.create(
            5,
            range -> range.name().equals("conv") ? range.quantizer(None::new) : range,
            WeightQuantization.perChannel(8))) {
      model.quantize(TEST);
      model.fit(TRAIN, quiet(1));
      assertThat(model.variables().find("conv/range/max")).isNull();
      assertThatThrownBy(() -> model.exportInt8(folder.resolve("x.tflite")))
          .hasMessageContaining("'conv'")
          .hasMessageContaining("its quantizer left it float");
    }
  }

  /** Not used at all, or where no gradient passes. */
  @Test
  void parameterThatNoGradientReachesIsNamed() {
    ActivationQuantizer idle =
        site -> {
          site.parameter("idle", 3);
          return Grid.of(site, site.tf().constant(0.05f));
        };
    ActivationQuantizer untrained = site -> Grid.of(site, site.parameter("idle", 0.05f));
    for (ActivationQuantizer quantizer : List.of(idle, untrained)) {
      try (TinyModel model =
          SmallClassifier.create(
              5, range -> range.quantizer(() -> quantizer), WeightQuantization.perChannel(8))) {
        model.quantize(TEST);
        assertThatThrownBy(() -> model.fit(TRAIN, quiet(1)))
            .isInstanceOf(TrainingException.class)
            .hasMessageContaining("no gradient reaches 'image/range/idle'")
            .hasMessageContaining("Grid.quantizeLearned");
      }
    }
  }

  @Test
  void misuseIsTold() {
    assertMisuse(
        site -> Grid.of(site, site.max(site.weights())),
        "asks for weights, but this is an activation");
    assertMisuse(
        site -> {
          site.state("seen", 0);
          return Grid.of(site, site.tf().constant(1f));
        },
        "the site has that itself");
    assertMisuse(
        site -> {
          site.update("x", site.tf().constant(1f));
          return Grid.of(site, site.tf().constant(1f));
        },
        "outside of observe");
    ActivationQuantizer late =
        new ActivationQuantizer() {
          @Override
          public Grid grid(Site site) {
            return Grid.of(site, site.tf().constant(1f));
          }

          @Override
          public void observe(Site site, List<Operand<TFloat32>> tensors) {
            site.state("late", 0);
          }
        };
    assertMisuse(late, "asks for the variable 'late' outside of grid");
  }

  private static void assertMisuse(ActivationQuantizer quantizer, String message) {
    try (TinyModel model =
        SmallClassifier.create(
            5, range -> range.quantizer(() -> quantizer), WeightQuantization.perChannel(8))) {
      assertThatThrownBy(() -> model.quantize(TEST)).hasMessageContaining(message);
    }
  }

  /** Weights that are not on the grid the quantizer gives would be deployed as others. */
  @Test
  void weightsOffTheirGridAreNotExported() {
    WeightQuantizer halfway =
        new WeightQuantizer() {
          @Override
          public Grid grid(Site site) {
            return new MaxAbs().grid(site);
          }

          @Override
          public Operand<TFloat32> quantize(Site site, Grid grid, Operand<TFloat32> x) {
            return site.tf().math.mul(grid.quantize(x), site.tf().constant(1.003f));
          }
        };
    try (TinyModel model =
        SmallClassifier.create(
            5, range -> range, WeightQuantization.perChannel(8).quantizer(() -> halfway))) {
      model.quantize(TEST);
      assertThatThrownBy(() -> model.exportInt8(folder.resolve("x.tflite")))
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("steps off its own grid");
    }
  }

  @Test
  void layerQuantizerDecides() {
    LayerQuantizer layer =
        new LayerQuantizer() {
          @Override
          public Optional<WeightQuantizer> weights(String weight) {
            return weight.equals("kernel") ? Optional.of(new LearnedStep()) : Optional.empty();
          }
        };
    assertThat(WeightQuantization.perChannel(8).quantizer(layer, "kernel").quantizerFactory().get())
        .isInstanceOf(LearnedStep.class);
    assertThat(WeightQuantization.perChannel(8).quantizer(layer, "other").quantizerFactory().get())
        .isInstanceOf(MaxAbs.class);
    assertThat(ActivationRange.learned("x", 8).quantizer(layer).quantizerFactory().get())
        .isInstanceOf(MovingAverage.class);
  }
}
