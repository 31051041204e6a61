package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes the beginning of a file and not its end. A process that may not write files
 * above a size stands for it: the same call fails, at the same moment.
 */
class FullDiskTest {
  /** In blocks of 512 bytes or of 1024, as shells differ: 1 to 2 MB. */
  private static final int LIMIT_BLOCKS = 2048;

  @TempDir private Path folder;

  @Test
  void whateverIsWrittenIsWrittenWholeOrNotAtAll() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "SKIPPED: there is no /bin/sh");
    Path output = folder.resolve("output.txt");
    Path files = Files.createDirectory(folder.resolve("files"));
    String java =
        String.join(
            " ",
            "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "'",
            // Which would be above the limit itself.
            "-XX:-UsePerfData",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "\"$@\"");
    Process process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -f " + LIMIT_BLOCKS + " && exec " + java,
                "sh",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                files.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor()).as(() -> read(output)).isZero();
    assertThat(Files.readAllLines(output))
        .containsExactly(
            files.resolve("float.tflite") + " cannot be written: File too large",
            files.resolve("weights.npz") + " cannot be written: File too large",
            files.resolve("report.json") + " cannot be written: File too large",
            files.resolve("checkpoints/Tiny_float.npz") + " cannot be written: File too large",
            files.resolve("weights") + " cannot be written: File too large",
            files.resolve("saved") + " cannot be written: File too large");
    try (Stream<Path> left = Files.walk(files)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Writes files of 4 MB, in a process of its own. */
  public static final class Writer {
    private static final int INPUTS = 1000;
    private static final int UNITS = 1000;

    private Writer() {}

    /**
     * Tries.
     *
     * @param args the folder
     */
    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      try (TinyModel model =
          new TinyModel(
              n ->
                  n.output(
                      "y",
                      n.fullyConnected("y", n.input("x").output(INPUTS))
                          .kernel(INPUTS, UNITS)
                          .kernelInitializer(Initializer.GLOROT_UNIFORM)
                          .output(UNITS)),
              1)) {
        tell(() -> model.exportFloat(folder.resolve("float.tflite")));
        tell(() -> model.save(folder.resolve("weights.npz")));
        tell(
            () ->
                new JsonReport()
                    .put("text", "x".repeat(4_000_000))
                    .write(folder.resolve("report.json")));
        Dataset one =
            new Dataset(
                Features.of(new float[1][INPUTS], INPUTS), Targets.classes(new int[1], UNITS));
        Fit<Examples> fit =
            Fit.epochs(1)
                .progress(Progress.Style.SILENT)
                .checkpoints(folder.resolve("checkpoints"));
        tell(() -> model.fit(one, fit));
        tell(() -> model.exportCheckpoint(folder.resolve("weights")));
        tell(() -> model.exportSavedModel(folder.resolve("saved")));
      }
    }

    private static void tell(Runnable write) {
      try {
        write.run();
        System.out.println("written");
      } catch (RuntimeException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
