package dev.detent.runtime;

import static dev.detent.runtime.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.data.Augmentation;
import dev.detent.runtime.data.DataException;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.ExampleStream;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Losses;
import dev.detent.runtime.train.Metrics;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model takes streams, and targets that are shares of classes. */
class StreamTrainingTest {
  private static final Dataset TRAIN = SmallClassifier.data(192, 1);
  private static final Dataset TEST = SmallClassifier.data(300, 2);

  @TempDir private Path folder;

  private static Fit<Examples> quiet(int epochs) {
    return epochs(epochs)
        .batchSize(16)
        .optimizer(Optimizers.adam(0.01))
        .progress(Progress.Style.SILENT);
  }

  /** Pieces of 20. */
  private static Iterator<Dataset> pieces(Dataset data) {
    return IntStream.iterate(0, i -> i < data.size(), i -> i + 20)
        .mapToObj(i -> data.subset(IntStream.range(i, Math.min(data.size(), i + 20)).toArray()))
        .iterator();
  }

  @Test
  void aStreamIsTrainedCalibratedAndEvaluatedWith() {
    Dataset train = ExampleStream.of(() -> pieces(TRAIN), 192, 100);
    Dataset test = ExampleStream.of(() -> pieces(TEST), 300, 100);
    try (TinyModel model = SmallClassifier.create(3)) {
      model.fit(train, quiet(8).<Examples>validation(test));
      assertThat(model.evaluate(test).accuracy()).isGreaterThan(0.9);
      assertThat(model.evaluate(test)).isEqualTo(model.evaluate(TEST));
      model.quantize(train);
      model.fit(train, quiet(2));
      assertThat(model.evaluate(test)).isEqualTo(model.evaluate(TEST));
      assertThat(model.evaluate(test).accuracy()).isGreaterThan(0.9);
      Path file = model.exportInt8(folder.resolve("model.tflite"));
      assertThat(model.verify(file, test).outputs().get(0).builtIn())
          .isEqualTo(model.verify(file, TEST).outputs().get(0).builtIn());
    }
  }

  @Test
  void checkpointsAreRefused() {
    Dataset train = ExampleStream.of(() -> pieces(TRAIN), 192, 0);
    try (TinyModel model = SmallClassifier.create(3)) {
      assertThatThrownBy(() -> model.fit(train, quiet(1).checkpoints(folder)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("a stream has no fingerprint, which checkpoints need");
    }
  }

  @Test
  void mixedTargetsAreTrainedOn() {
    Fit<Examples> fit =
        quiet(12)
            .augment(Augmentation.mixup(0.2))
            .loss(Losses.categoricalCrossEntropy())
            .metrics(Metrics.accuracy());
    try (TinyModel model = SmallClassifier.create(3)) {
      model.fit(TRAIN.mapTarget(0, Targets::oneHot), fit.<Examples>validation(TEST));
      assertThat(model.evaluate(TEST).accuracy()).isGreaterThan(0.9);
    }
  }
}
