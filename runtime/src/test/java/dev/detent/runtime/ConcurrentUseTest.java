package dev.detent.runtime;

import static dev.detent.runtime.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.train.Epoch;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Metric;
import dev.detent.runtime.train.Prediction;
import dev.detent.runtime.train.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** One model in several threads, and calls from within calls. */
class ConcurrentUseTest {
  private static final Dataset DATA = SmallClassifier.data(48, 1);
  private static final float[] IMAGE = new float[36];

  @TempDir private Path folder;

  private static Fit<Examples> quiet(Consumer<Epoch> listener) {
    return epochs(2).progress(Progress.Style.SILENT).onEpoch(listener);
  }

  /** A crash would end the process of the tests, so this runs in one of its own. */
  @Test
  void manyThreadsDoWhatOneDoes() throws Exception {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                ConcurrentUse.class.getName(),
                folder.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("it hangs").isTrue();
    assertThat(Files.readAllLines(output))
        .containsExactly(
            "first calls at once", "one model", "four models", "verifications", "close");
  }

  // ---------------------------------------------------------------- what excludes what

  /** Everything that a model can be asked for. */
  private Map<String, ThrowingCallable> calls(TinyModel model) {
    Path weights = folder.resolve("weights.npz");
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("predict", () -> model.predict(IMAGE));
    calls.put("evaluate", () -> model.evaluate(DATA));
    calls.put("sensitivity", () -> model.sensitivity(DATA));
    calls.put("activationSensitivity", () -> model.activationSensitivity(DATA));
    calls.put("export", () -> model.exportFloat(folder.resolve("float.tflite")));
    calls.put("verify", () -> model.verify(folder.resolve("int8.tflite"), DATA));
    calls.put("save", () -> model.save(weights));
    calls.put("exportCheckpoint", () -> model.exportCheckpoint(folder.resolve("weights")));
    calls.put("exportSavedModel", () -> model.exportSavedModel(folder.resolve("saved")));
    calls.put("mode", () -> model.mode(Mode.FLOAT));
    calls.putAll(changes(model));
    return calls;
  }

  private Map<String, ThrowingCallable> changes(TinyModel model) {
    Path weights = folder.resolve("weights.npz");
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("fit", () -> model.fit(DATA, quiet(epoch -> {})));
    calls.put("quantize", () -> model.quantize(DATA));
    calls.put("load", () -> model.load(weights));
    calls.put("importWeights", () -> model.importWeights(weights));
    return calls;
  }

  private static void inAnotherThread(ThrowingCallable call) throws Throwable {
    try {
      CompletableFuture.runAsync(() -> run(call)).get(1, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  private static void run(ThrowingCallable call) {
    try {
      call.call();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nothingStartsWhileATrainingRuns() {
    try (TinyModel model = SmallClassifier.create(3);
        TinyModel undisturbed = SmallClassifier.create(3)) {
      undisturbed.fit(DATA, quiet(epoch -> {}));
      model.fit(
          DATA,
          quiet(
              epoch ->
                  calls(model)
                      .forEach(
                          (name, call) ->
                              assertThatThrownBy(() -> inAnotherThread(call))
                                  .isInstanceOf(IllegalStateException.class)
                                  .hasMessageStartingWith(
                                      "fit of Tiny is running in thread '"
                                          + Thread.currentThread().getName()
                                          + "', so "
                                          + name
                                          + " cannot start in thread '"))));
      assertThat(model.evaluate(DATA)).isEqualTo(undisturbed.evaluate(DATA));
      assertThat(model.get("conv/kernel")).isEqualTo(undisturbed.get("conv/kernel"));
    }
  }

  @Test
  void nothingChangesWhileAnEvaluationRuns() {
    try (TinyModel model = SmallClassifier.create(3)) {
      model.save(folder.resolve("weights.npz"));
      Fit<Examples> fit = epochs(0).metrics(calling(() -> refusesChanges(model)));
      assertThat(model.evaluate(DATA, fit).examples()).isEqualTo(48);
      changes(model).values().forEach(ConcurrentUseTest::run);
    }
  }

  private void refusesChanges(TinyModel model) {
    Map<String, ThrowingCallable> calls = changes(model);
    calls.put("mode", () -> model.mode(Mode.FLOAT));
    calls.forEach(
        (name, call) ->
            assertThatThrownBy(() -> inAnotherThread(call))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("evaluate of Tiny is running")
                .hasMessageContaining("so " + name + " cannot start"));
  }

  /** A metric that does something when its operations are built. */
  private static Metric calling(Runnable what) {
    return new Metric() {
      @Override
      public String name() {
        return "calling";
      }

      @Override
      public Operand<TFloat32> perExample(Ops tf, Prediction prediction, Operand<TFloat32> target) {
        what.run();
        return tf.math.mean(target, tf.constant(1));
      }
    };
  }

  // ---------------------------------------------------------------- calls from within calls

  @Test
  void listenersMayReadAndSwitch() {
    try (TinyModel model = SmallClassifier.create(3)) {
      model.quantize(DATA);
      Path file = folder.resolve("int8.tflite");
      model.fit(
          DATA,
          quiet(
              epoch -> {
                model.exportInt8(file);
                model.verify(file, DATA);
                model.mode(Mode.FLOAT);
                model.predict(IMAGE);
                model.evaluate(DATA);
                model.save(folder.resolve("weights.npz"));
                model.mode(Mode.QUANTIZED);
                changes(model)
                    .forEach(
                        (name, call) ->
                            assertThatThrownBy(call)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessage(
                                    name
                                        + " is called from within fit of the same Tiny;"
                                        + " call it when that has returned"));
                assertThatThrownBy(model::close)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("close is called from within fit");
              }));
      assertThat(model.mode()).isEqualTo(Mode.QUANTIZED);
    }
  }

  @Test
  void whoDescribesOperationsCannotComputeMeanwhile() {
    try (TinyModel model = SmallClassifier.create(3)) {
      for (Runnable call :
          new Runnable[] {() -> model.evaluate(DATA.take(3)), () -> model.predict(IMAGE)}) {
        assertThatThrownBy(() -> model.evaluate(DATA, epochs(0).metrics(calling(call))))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("has called its own model while it describes what to compute");
      }
      assertThat(model.evaluate(DATA).examples()).isEqualTo(48);
    }
  }

  @Test
  void whatFailsLetsOthersIn() throws Throwable {
    try (TinyModel model = SmallClassifier.create(3)) {
      assertThatThrownBy(
              () ->
                  model.fit(
                      DATA,
                      quiet(
                          epoch -> {
                            throw new UnsupportedOperationException();
                          })))
          .isInstanceOf(UnsupportedOperationException.class);
      inAnotherThread(() -> model.quantize(DATA));
      assertThatThrownBy(() -> model.predict(new float[3]))
          .isInstanceOf(IllegalArgumentException.class);
      inAnotherThread(() -> model.quantize(DATA));
    }
  }

  // ---------------------------------------------------------------- close

  @Test
  void closeWaitsForWhatIsRunning() throws Exception {
    TinyModel model = SmallClassifier.create(3);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch reached = new CountDownLatch(1);
    var training =
        CompletableFuture.supplyAsync(
            () ->
                model.fit(
                    DATA,
                    quiet(
                        epoch -> {
                          reached.countDown();
                          run(goOn::await);
                        })));
    reached.await();
    var closing =
        CompletableFuture.supplyAsync(
            () -> {
              // An interrupt does not let it go too early, and is kept.
              Thread.currentThread().interrupt();
              model.close();
              return Thread.interrupted();
            });
    assertThatThrownBy(() -> closing.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    goOn.countDown();
    assertThat(closing.get(1, TimeUnit.MINUTES)).isTrue();
    assertThat(training.get().epochs()).hasSize(2);
  }

  @Test
  void aClosedModelSaysSo() {
    TinyModel model = SmallClassifier.create(3);
    model.close();
    model.close();
    calls(model)
        .forEach(
            (name, call) ->
                assertThatThrownBy(call)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(name + " is called, but Tiny is closed; create the model anew"));
    assertThat(model.spec().name()).isEqualTo("Tiny");
    assertThat(model.mode()).isEqualTo(Mode.FLOAT);
  }
}
