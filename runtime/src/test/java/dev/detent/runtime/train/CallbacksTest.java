package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.SmallClassifier;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

class CallbacksTest {
  private static final Dataset TRAIN = SmallClassifier.data(96, 1);
  private static final Dataset TEST = SmallClassifier.data(60, 2);

  @TempDir private Path folder;

  private static Fit<Examples> fit(int epochs) {
    return Fit.epochs(epochs)
        .batchSize(16)
        .optimizer(Optimizers.adam(0.01))
        .progress(Progress.Style.SILENT)
        .validation(TEST);
  }

  /** Spoils the model after an epoch, so that the best is behind it. */
  private static Callback spoilingAfter(int epoch) {
    return new Callback() {
      @Override
      public void onEpochEnd(TrainingRun run, Epoch done) {
        if (done.number() >= epoch) {
          run.learningRateFactor(1000);
        }
      }
    };
  }

  @Test
  void stopsAndKeepsTheBest() {
    try (TinyModel model = SmallClassifier.create(3)) {
      History history =
          model.fit(
              TRAIN,
              fit(30)
                  .schedule(Schedule.constant())
                  .callback(
                      spoilingAfter(4),
                      Callbacks.earlyStopping(Monitor.validationLoss(), 2),
                      Callbacks.bestWeights(Monitor.validationLoss()),
                      Callbacks.saveBest(Monitor.highest("accuracy"), folder.resolve("best.npz"))));
      List<Double> losses = history.epochs().stream().map(e -> e.validation().loss()).toList();
      double best = losses.stream().mapToDouble(x -> x).min().orElseThrow();
      int at = losses.indexOf(best) + 1;
      assertThat(history.epochs()).hasSize(at + 2).hasSizeLessThan(30);
      assertThat(history.stopped().orElseThrow())
          .startsWith("validation loss has not improved since epoch " + at);
      assertThat(model.evaluate(TEST).loss()).isEqualTo(best);
      double accuracy =
          history.epochs().stream().mapToDouble(e -> e.validation().accuracy()).max().orElseThrow();
      model.load(folder.resolve("best.npz"));
      assertThat(model.evaluate(TEST).accuracy()).isEqualTo(accuracy);
    }
  }

  /** Before anything is trained. */
  @Test
  void whatIsWatchedMustBeMeasured() {
    Callback recall = Callbacks.bestWeights(Monitor.highest("recall"));
    Fit<Examples> withoutValidation = Fit.epochs(2).progress(Progress.Style.SILENT);
    String missing =
        "validation loss is watched, but there are no validation examples: give Fit.validation some";
    try (TinyModel model = SmallClassifier.create(3)) {
      float[][] before = model.predict(new float[36]);
      refused(
          model,
          fit(2).callback(recall),
          "validation recall is watched, but not measured; measured are the loss and [accuracy]");
      for (Callback callback :
          List.of(
              Callbacks.earlyStopping(Monitor.validationLoss(), 2),
              Callbacks.bestWeights(Monitor.validationLoss()),
              Callbacks.saveBest(Monitor.validationLoss(), folder.resolve("best.npz")),
              Callbacks.reduceOnPlateau(Monitor.validationLoss(), 0.5, 1))) {
        refused(model, withoutValidation.callback(callback), missing);
      }
      assertThat(model.predict(new float[36])).isEqualTo(before);
      model.fit(
          TRAIN, withoutValidation.callback(Callbacks.earlyStopping(Monitor.trainingLoss(), 2)));
    }
  }

  private static void refused(TinyModel model, Fit<Examples> fit, String message) {
    assertThatThrownBy(() -> model.fit(TRAIN, fit))
        .isInstanceOfSatisfying(TrainingException.class, e -> assertThat(e.history()).isEmpty())
        .hasMessage(message);
  }

  @Test
  void reducesTheRateOnAPlateau() {
    try (TinyModel model = TrainingByHandTest.create()) {
      // Nothing improves at a rate that changes next to nothing.
      History history =
          model.fit(
              TrainingByHandTest.DATA,
              fit(6)
                  .<Examples>validation(TrainingByHandTest.DATA)
                  .optimizer(Optimizers.sgd(1e-9))
                  .schedule(Schedule.constant())
                  .callback(Callbacks.reduceOnPlateau(Monitor.validationLoss(), 0.5, 2)));
      assertThat(history.epochs())
          .extracting(Epoch::learningRate)
          .containsExactly(1e-9, 1e-9, 1e-9, 5e-10, 5e-10, 2.5e-10);
    }
  }

  @Test
  void resumesWithWhatCallbacksKnew() {
    Fit<Examples> fit =
        fit(12)
            .schedule(Schedule.constant())
            .callback(spoilingAfter(3))
            .callback(
                Callbacks.earlyStopping(Monitor.validationLoss(), 2),
                Callbacks.bestWeights(Monitor.validationLoss()),
                Callbacks.csvLog(folder.resolve("log.csv")));
    float[] whole;
    History history;
    try (TinyModel model = SmallClassifier.create(3)) {
      history = model.fit(TRAIN, fit);
      whole = model.get("conv/kernel");
    }
    Path checkpoints = folder.resolve("checkpoints");
    int runs = 0;
    for (boolean isDone = false; !isDone; runs++) {
      try (TinyModel model = SmallClassifier.create(3)) {
        try {
          Fit<Examples> killed =
              fit.checkpoints(checkpoints)
                  .onEpoch(
                      epoch -> {
                        throw new IllegalArgumentException("killed");
                      });
          History resumed = model.fit(TRAIN, killed);
          assertThat(resumed.epochs()).hasSameSizeAs(history.epochs());
          assertThat(resumed.stopped()).isEqualTo(history.stopped());
          assertThat(model.get("conv/kernel")).isEqualTo(whole);
          isDone = true;
        } catch (IllegalArgumentException e) {
          assertThat(runs).isLessThan(12);
        }
      }
    }
    assertThat(runs).isEqualTo(history.epochs().size() + 1);
  }

  @Test
  void batchesAreToldAndCanStop() {
    List<Long> steps = new ArrayList<>();
    Callback counting =
        new Callback() {
          @Override
          public void onBatchEnd(TrainingRun run, long step, Measures running) {
            steps.add(step);
            if (step == 8) {
              run.stop("enough");
            }
          }
        };
    try (TinyModel model = SmallClassifier.create(3)) {
      History history = model.fit(TRAIN, fit(5).callback(counting));
      assertThat(steps).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
      assertThat(history.stopped()).contains("enough");
      assertThat(history.last().training().examples()).isEqualTo(48);
    }
    Fit<Examples> kept = fit(5).callback(counting).checkpoints(folder);
    for (int run = 0; run < 2; run++) {
      steps.clear();
      try (TinyModel model = SmallClassifier.create(3)) {
        History history = model.fit(TRAIN, kept);
        assertThat(history.stopped()).contains("enough");
        assertThat(history.epochs()).hasSize(2);
        assertThat(steps).hasSize(run == 0 ? 9 : 0);
      }
    }
  }

  @Test
  void failedRunsKeepTheirHistory() {
    try (TinyModel model = SmallClassifier.create(3)) {
      assertThatThrownBy(
              () ->
                  model.fit(
                      TRAIN,
                      fit(9)
                          .optimizer(Optimizers.sgd(0.01))
                          .schedule((step, steps) -> step < 12 ? 1 : 1e30)))
          .isInstanceOfSatisfying(
              TrainingException.class,
              e -> assertThat(e.history().orElseThrow().epochs()).hasSize(2));
    }
  }

  @Test
  void ratesThatDoNothingAreTold() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (TinyModel model = SmallClassifier.create(3)) {
      model.fit(
          TRAIN,
          fit(1)
              .optimizer(Optimizers.sgd(1e-30))
              .progress(Progress.Style.PLAIN)
              .output(new PrintStream(said, true, StandardCharsets.UTF_8)));
    }
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("No weight has changed in the first epoch: the learning rate, ");
  }

  @Test
  void csvHasARowAnEpoch() throws Exception {
    Path file = folder.resolve("log.csv");
    History history;
    try (TinyModel model = SmallClassifier.create(3)) {
      history = model.fit(TRAIN, fit(2).callback(Callbacks.csvLog(file)));
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .isEqualTo("epoch,learning_rate,seconds,loss,accuracy,val_loss,val_accuracy");
    Epoch second = history.last();
    assertThat(lines.get(2))
        .isEqualTo(
            "2,%s,%s,%s,%s,%s,%s"
                .formatted(
                    second.learningRate(),
                    second.seconds(),
                    second.training().loss(),
                    second.training().accuracy(),
                    second.validation().loss(),
                    second.validation().accuracy()));
  }

  @Test
  void tensorBoardFilesAreReadByTheOfficialProtos() throws Exception {
    History history;
    float[] kernel;
    try (TinyModel model = SmallClassifier.create(3)) {
      Path written = folder.resolve("train/events.out.tfevents.0.detent");
      Set<Object> files = new HashSet<>();
      history =
          model.fit(
              TRAIN,
              fit(3)
                  .callback(Callbacks.tensorBoard(folder))
                  .onEpoch(epoch -> files.add(identity(written))));
      assertThat(files).as("TensorBoard reads on in the file that it has open").hasSize(1);
      kernel = model.get("conv/kernel");
    }
    List<Event> training = events(folder.resolve("train/events.out.tfevents.0.detent"));
    assertThat(training.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(training).extracting(Event::getStep).containsExactly(0L, 1L, 2L, 3L);
    Map<String, Summary.Value> last = values(training.get(3));
    assertThat(last.get("epoch_loss").getSimpleValue())
        .isEqualTo((float) history.last().training().loss());
    assertThat(last.get("learning_rate").getSimpleValue())
        .isEqualTo((float) history.last().learningRate());
    var histogram = last.get("conv/kernel").getHisto();
    double sum = 0;
    for (float value : kernel) {
      sum += value;
    }
    assertThat(histogram.getNum()).isEqualTo(kernel.length);
    assertThat(histogram.getSum()).isCloseTo(sum, within(1e-9));
    assertThat(histogram.getBucketList().stream().mapToDouble(x -> x).sum())
        .isEqualTo(kernel.length);
    assertThat(histogram.getBucketLimitCount()).isEqualTo(histogram.getBucketCount());
    assertThat(values(events(folder.resolve("validation/events.out.tfevents.0.detent")).get(3)))
        .containsOnlyKeys("epoch_loss", "epoch_accuracy");
  }

  private static Object identity(Path file) {
    try {
      return Objects.requireNonNullElse(
          Files.readAttributes(file, BasicFileAttributes.class).fileKey(), "unknown here");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Summary.Value> values(Event event) {
    Map<String, Summary.Value> values = new TreeMap<>();
    event.getSummary().getValueList().forEach(value -> values.put(value.getTag(), value));
    return values;
  }

  private static List<Event> events(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] data = new byte[Math.toIntExact(bytes.getLong())];
      bytes.getInt();
      bytes.get(data).getInt();
      events.add(Event.parseFrom(data));
    }
    return events;
  }
}
