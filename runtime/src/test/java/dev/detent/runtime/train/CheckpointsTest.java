package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.SmallClassifier;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.io.ExclusiveUse;
import dev.detent.runtime.weights.WeightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to checkpoints outside of a training. */
class CheckpointsTest {
  private static final Dataset DATA = SmallClassifier.data(48, 1);

  @TempDir private Path folder;

  private Fit<Examples> fit(int epochs) {
    return Fit.epochs(epochs).progress(Progress.Style.SILENT).checkpoints(folder);
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void killedAfter(int epochs) {
    try (TinyModel model = SmallClassifier.create(5)) {
      assertThatThrownBy(
              () ->
                  model.fit(
                      DATA,
                      fit(4)
                          .onEpoch(
                              epoch -> {
                                if (epoch.number() == epochs) {
                                  throw new Killed();
                                }
                              })))
          .isInstanceOf(Killed.class);
    }
  }

  private float[] trained(List<Integer> epochs) {
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(DATA, fit(4).onEpoch(epoch -> epochs.add(epoch.number())));
      return model.get("conv/kernel");
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Test
  void aDamagedCheckpointIsMadeUpForByTheOneBefore() throws IOException {
    float[] whole;
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(DATA, Fit.epochs(4).progress(Progress.Style.SILENT));
      whole = model.get("conv/kernel");
    }
    killedAfter(3);
    assertThat(files()).containsExactly("Tiny_float.npz", "Tiny_float_previous.npz");
    cut(folder.resolve("Tiny_float.npz"));
    List<Integer> epochs = new java.util.ArrayList<>();
    assertThat(trained(epochs)).isEqualTo(whole);
    assertThat(epochs).containsExactly(3, 4);
    // Neither did the damaged one take the place of the one before.
    assertThat(files()).containsExactly("Tiny_float.npz", "Tiny_float_previous.npz");

    cut(folder.resolve("Tiny_float.npz"));
    cut(folder.resolve("Tiny_float_previous.npz"));
    assertThatThrownBy(() -> trained(epochs))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("Tiny_float.npz is damaged");
  }

  /** Between two moves, the newest is missing. */
  @Test
  void theOneBeforeIsTakenWhereTheNewestIsMissing() throws IOException {
    killedAfter(2);
    Files.delete(folder.resolve("Tiny_float.npz"));
    List<Integer> epochs = new java.util.ArrayList<>();
    trained(epochs);
    assertThat(epochs).containsExactly(2, 3, 4);
  }

  @Test
  void whatKilledRunsLeftIsRemoved() throws IOException {
    Files.writeString(folder.resolve(".Tiny_float.npz.1a2b.tmp"), "half");
    Files.writeString(folder.resolve(".Other_float.npz.1a2b.tmp"), "of another model");
    killedAfter(1);
    assertThat(files()).containsExactly(".Other_float.npz.1a2b.tmp", "Tiny_float.npz");
  }

  @Test
  void oneTrainingAtATimeUsesACheckpoint() throws Exception {
    try (TinyModel model = SmallClassifier.create(5);
        TinyModel other = SmallClassifier.create(5)) {
      model.fit(
          DATA,
          fit(1)
              .onEpoch(
                  epoch ->
                      assertThatThrownBy(() -> other.fit(DATA, fit(1)))
                          .isInstanceOf(TrainingException.class)
                          .hasMessage(
                              folder.resolve("Tiny_float.npz")
                                  + " is in use by another training in this process; wait until"
                                  + " that has ended, or choose another folder")));
      assertThat(other.fit(DATA, fit(1)).epochs()).hasSize(1);
      assertThat(files()).containsExactly("Tiny_float.npz");

      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Holder.class.getName(),
                  folder.resolve("Tiny_float.npz").toString())
              .start();
      try {
        assertThat(process.getInputStream().read()).isEqualTo('x');
        assertThatThrownBy(() -> model.fit(DATA, fit(1)))
            .isInstanceOf(TrainingException.class)
            .hasMessageContaining("is in use by process " + process.pid());
      } finally {
        process.destroyForcibly().waitFor();
      }
      // Killed, it holds nothing, whatever it left.
      assertThat(model.fit(DATA, fit(1)).epochs()).hasSize(1);
    }
  }

  /** Holds a file until it is killed. */
  public static final class Holder {
    private Holder() {}

    /** The file. */
    public static void main(String[] arguments) throws Exception {
      ExclusiveUse use = ExclusiveUse.of(Path.of(arguments[0]));
      System.out.write('x');
      System.out.flush();
      Thread.sleep(60_000);
      use.close();
    }
  }

  @Test
  void whatIsWrittenByAnInterruptedThreadIsWritten() {
    try (TinyModel model = SmallClassifier.create(5)) {
      Thread.currentThread().interrupt();
      try {
        model.save(folder.resolve("weights.npz"));
        model.exportCheckpoint(folder.resolve("checkpoint"));
        model.exportSavedModel(folder.resolve("saved"));
        model.exportFloat(folder.resolve("float.tflite"));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
      } finally {
        Thread.interrupted();
      }
      assertThat(folder.resolve("checkpoint.index")).exists();
      assertThat(folder.resolve("saved/saved_model.pb")).exists();
    }
  }

  /** Users need to catch one kind only. */
  @Test
  void whatCannotBeWrittenIsOfOneKind() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    try (TinyModel model = SmallClassifier.create(5)) {
      for (Runnable write :
          new Runnable[] {
            () -> model.save(file.resolve("x.npz")),
            () -> model.exportCheckpoint(file.resolve("x")),
            () -> model.exportSavedModel(file.resolve("x"))
          }) {
        assertThatThrownBy(write::run)
            .isInstanceOf(WeightException.class)
            .hasMessageContaining("cannot be written: ")
            .hasMessageContaining(file + " is not a folder");
      }
    }
  }
}
