package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Entropy;
import dev.detent.runtime.quantizer.HistogramQuantizer;
import dev.detent.runtime.quantizer.MseOptimal;
import dev.detent.runtime.quantizer.Pact;
import dev.detent.runtime.quantizer.Percentile;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.verify.TfliteFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which ranges a calibration finds is a matter of the call, not of the model alone. */
class PostTrainingRangesTest {
  private static final Dataset DATA = SmallClassifier.data(300, 4);
  private static final WeightQuantization WEIGHTS = WeightQuantization.perChannel(8);

  @TempDir private Path folder;

  static Stream<HistogramQuantizer> quantizers() {
    return Stream.of(new Percentile(98), new MseOptimal(), new Entropy());
  }

  static Stream<UnaryOperator<ActivationRange>> demands() {
    return Stream.of(
        range -> range,
        ActivationRange::symmetric,
        ActivationRange::powerOfTwo,
        range -> range.atMost(0.5));
  }

  @ParameterizedTest
  @MethodSource("quantizers")
  void areThoseOfTheQuantizerNamedInTheModel(HistogramQuantizer quantizer) {
    assertSame(quantizer, range -> range);
  }

  @ParameterizedTest
  @MethodSource("demands")
  void areFittedToWhatTheTensorDemands(UnaryOperator<ActivationRange> demand) {
    assertSame(new Percentile(98), demand);
  }

  private void assertSame(HistogramQuantizer quantizer, UnaryOperator<ActivationRange> demand) {
    Map<String, String> named;
    try (TinyModel model =
        SmallClassifier.create(
            1, range -> demand.apply(range).quantizer(() -> quantizer), WEIGHTS)) {
      model.quantize(DATA);
      named = grids(model);
    }
    try (TinyModel model = SmallClassifier.create(1, demand, WEIGHTS)) {
      model.quantize(DATA);
      Map<String, String> widest = grids(model);
      model.quantize(DATA, quantizer);
      assertThat(grids(model)).isEqualTo(named).isNotEqualTo(widest);
      model.quantize(DATA);
      assertThat(grids(model)).isEqualTo(widest);
    }
  }

  @Test
  void leaveQuantizersAloneThatTheModelNames() {
    Supplier<Pact> own = Pact::new;
    try (TinyModel model = SmallClassifier.create(1, range -> range.quantizer(own), WEIGHTS)) {
      model.quantize(DATA);
      Map<String, String> before = grids(model);
      model.quantize(DATA, new Percentile(90));
      assertThat(grids(model)).isEqualTo(before);
    }
  }

  /** Scale and zero point of each activation in the file. */
  private Map<String, String> grids(TinyModel model) {
    TfliteModelInfo file = TfliteFile.info(model.exportInt8(folder.resolve("model.tflite")));
    Map<String, String> grids = new TreeMap<>();
    for (TensorInfo tensor : file.tensors()) {
      if (tensor.isQuantized() && !tensor.isConstant()) {
        grids.put(tensor.name(), tensor.scale() + " " + tensor.zeroPoint());
      }
    }
    return grids;
  }
}
