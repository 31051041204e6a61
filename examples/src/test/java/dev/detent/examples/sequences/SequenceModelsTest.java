package dev.detent.examples.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of the layers for sequences, from the annotations to the verified file. */
class SequenceModelsTest {
  private static final VerifyOptions OPTIONS = VerifyOptions.defaults().latencyRuns(0);

  /** Words of which 0 and 1 occur once each; the class is which one comes later. */
  private static Dataset words(int count, long seed) {
    Random random = new Random(seed);
    float[][] words = new float[count][WordOrder.WORDS];
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < WordOrder.WORDS; j++) {
        words[i][j] = 2 + random.nextInt(WordOrder.VOCABULARY - 2);
      }
      int first = random.nextInt(WordOrder.WORDS - 1);
      int second = first + 1 + random.nextInt(WordOrder.WORDS - 1 - first);
      classes[i] = random.nextInt(2);
      words[i][first] = 1 - classes[i];
      words[i][second] = classes[i];
    }
    return new Dataset(Features.of(words, WordOrder.WORDS), Targets.classes(classes, 2));
  }

  @Test
  void wordOrderIsLearntAndDeployed(@TempDir Path folder) {
    Dataset train = words(512, 1);
    Dataset test = words(200, 2);
    try (WordOrderModel model = WordOrderModel.create(1)) {
      // Embedding 72; the memories 4 * 10 * (6 + 10 + 1) and 4 * 8 * (10 + 8 + 1); dense 18.
      assertThat(model.spec().parameters()).isEqualTo(72 + 680 + 608 + 18);
      model.fit(
          train,
          Fit.epochs(30)
              .batchSize(32)
              .optimizer(Optimizers.adam(0.02))
              .progress(Progress.Style.SILENT));
      model.quantize(train);
      model.fit(train, Fit.epochs(2).batchSize(32).progress(Progress.Style.SILENT));
      Path file = model.exportInt8(folder.resolve("words.tflite"));
      TfliteModelInfo info = TfliteFile.info(file);
      assertThat(info.tensors().get(info.inputs().get(0)).type()).isEqualTo(ValueType.INT32);
      assertThat(info.operations())
          .extracting(OperationInfo::name)
          .containsExactly(
              "GATHER",
              // Zeros for the state in front of each memory.
              "STRIDED_SLICE",
              "MUL",
              "MUL",
              "CAST",
              "UNIDIRECTIONAL_SEQUENCE_LSTM",
              "STRIDED_SLICE",
              "MUL",
              "MUL",
              "CAST",
              "UNIDIRECTIONAL_SEQUENCE_LSTM",
              "STRIDED_SLICE",
              "FULLY_CONNECTED");
      Verification verification = model.verify(file, test, OPTIONS);
      assertThat(verification.findings()).as("%s", verification).isEmpty();
      // Everything but the dense layer is followed to the bit.
      assertThat(verification.layer("upper").builtIn().equalShare()).isEqualTo(1);
      assertThat(verification.output().quality().builtIn()).isGreaterThan(0.95);
      assertThat(verification.notes()).noneMatch(note -> note.contains("keeps its state"));

      Path streaming =
          model.export(folder.resolve("streaming.tflite"), ExportOptions.int8().keepingState());
      Verification ofStreaming = model.verify(streaming, test, OPTIONS);
      assertThat(ofStreaming.findings()).as("%s", ofStreaming).isEmpty();
      assertThat(ofStreaming.toString())
          .contains("The file keeps its state from run to run: of 16 examples one after the other")
          .contains("ResetVariableTensors");
    }
  }

  @Test
  void attentionByHandIsDeployed(@TempDir Path folder) {
    Random random = new Random(3);
    int count = 128;
    float[][] queries = gaussian(random, count, 30);
    float[][] keys = gaussian(random, count, 42);
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      classes[i] = queries[i][0] > keys[i][0] ? 1 : 0;
    }
    var data =
        new MatchingModel.Data(
            Features.of(queries, 5, 6), Features.of(keys, 7, 6), Targets.classes(classes, 2));
    // The generated class is cut as a data set is.
    assertThat(data.split(0.75, 1).test().take(5).size()).isEqualTo(5);
    try (MatchingModel model = MatchingModel.create(1)) {
      var history =
          model.fit(
              data,
              Fit.epochs(15)
                  .batchSize(32)
                  .optimizer(Optimizers.adam(0.01))
                  .progress(Progress.Style.SILENT));
      assertThat(history.last().training().loss())
          .isLessThan(0.8 * history.epochs().get(0).training().loss());
      model.quantize(data);
      model.fit(data, Fit.epochs(2).batchSize(32).progress(Progress.Style.SILENT));
      Path file = model.exportInt8(folder.resolve("matching.tflite"));
      Verification verification = model.verify(file, data, OPTIONS);
      assertThat(verification.findings()).as("%s", verification).isEmpty();
    }
  }

  /** A gated recurrent unit has no kernel, so that each of its operations is TFLite's own. */
  @Test
  void unrolledRecurrenceIsLearntAndDeployed(@TempDir Path folder) {
    Random random = new Random(4);
    int count = 256;
    float[][] signals = gaussian(random, count, Loudness.STEPS * Loudness.CHANNELS);
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      double difference = 0;
      for (int j = 0; j < signals[i].length; j++) {
        difference += j < signals[i].length / 2 ? -signals[i][j] : signals[i][j];
      }
      classes[i] = difference > 0 ? 1 : 0;
    }
    Dataset data =
        new Dataset(
            Features.of(signals, Loudness.STEPS, Loudness.CHANNELS), Targets.classes(classes, 2));
    try (LoudnessModel model = LoudnessModel.create(1)) {
      // 3 * 6 * (4 + 6 + 1) + 6, then 3 * 5 * (6 + 5 + 1), and the dense layer.
      assertThat(model.spec().parameters()).isEqualTo(204 + 180 + 12);
      var history =
          model.fit(
              data,
              Fit.epochs(15)
                  .batchSize(32)
                  .optimizer(Optimizers.adam(0.02))
                  .progress(Progress.Style.SILENT));
      assertThat(history.last().training().loss())
          .isLessThan(0.5 * history.epochs().get(0).training().loss());
      model.quantize(data);
      // All ranges stand, so that one training graph is enough.
      model.fit(
          data,
          Fit.epochs(1)
              .batchSize(32)
              .rangeWarmUp(0)
              .batchNormFreeze(0)
              .progress(Progress.Style.SILENT));
      Path file = model.exportInt8(folder.resolve("loudness.tflite"));
      assertThat(TfliteFile.info(file).histogram())
          .containsEntry("LOGISTIC", 4 * Loudness.STEPS - 1)
          .containsEntry("TANH", 2 * Loudness.STEPS)
          .doesNotContainKey("QUANTIZE");
      Verification verification = model.verify(file, data, OPTIONS);
      assertThat(verification.findings()).as("%s", verification).isEmpty();
    }
  }

  private static float[][] gaussian(Random random, int count, int size) {
    float[][] values = new float[count][size];
    for (float[] example : values) {
      for (int i = 0; i < size; i++) {
        example[i] = (float) random.nextGaussian();
      }
    }
    return values;
  }
}
