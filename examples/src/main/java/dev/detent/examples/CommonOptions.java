package dev.detent.examples;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every training example takes, checked where they are read; a picocli mixin. */
public final class CommonOptions {
  /** The seed where {@code --seed} is not given. */
  public static final long DEFAULT_SEED = 1;

  /** The folder below which an example writes where {@code --out} is not given. */
  public static final Path DEFAULT_OUT = Path.of("out");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private Path data;
  private Integer epochs;
  private Integer qatEpochs;
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Of weights, shuffling and augmentation: the same seed gives the same run (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + DEFAULT_SEED)
  private long seed;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show these options.")
  private boolean help;

  @Option(names = "--data", paramLabel = "DIR", description = "Folder of the data set.")
  void setData(Path data) {
    check(Files.exists(data), "--data %s: there is no such folder", data);
    check(Files.isDirectory(data), "--data %s: is not a folder", data);
    this.data = data;
  }

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs of float training, 1 or more (default: the example's own).")
  void setEpochs(int epochs) {
    check(epochs >= 1, "--epochs %s: must be 1 or more", epochs);
    this.epochs = epochs;
  }

  @Option(
      names = "--qat-epochs",
      paramLabel = "N",
      description =
          "Epochs of quantization-aware fine-tuning, 0 or more; with 0 the model is quantized after training only"
              + " (default: the example's own).")
  void setQatEpochs(int qatEpochs) {
    check(qatEpochs >= 0, "--qat-epochs %s: must be 0 or more", qatEpochs);
    this.qatEpochs = qatEpochs;
  }

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for the models, the reports and the log, made where it is missing (default: out/NAME).")
  void setOut(Path out) {
    check(!Files.exists(out) || Files.isDirectory(out), "--out %s: is a file", out);
    this.out = out;
  }

  /**
   * The folder of the data set, if one was given.
   *
   * @return an existing folder
   */
  public Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  /**
   * The folder of the data set, for an example that has no data of its own.
   *
   * @return an existing folder
   * @throws ParameterException if none was given
   */
  public Path requireData() {
    check(data != null, "--data DIR is missing: %s has no data of its own", command.name());
    return data;
  }

  /**
   * For an example that draws its own data.
   *
   * @throws ParameterException if a folder was given
   */
  void refuseData(String name) {
    check(data == null, "--data is of no use: %s draws its images itself", name);
  }

  /**
   * Epochs of float training.
   *
   * @return 1 or more; empty for the example's own default
   */
  public OptionalInt epochs() {
    return epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs);
  }

  /**
   * Epochs of quantization-aware fine-tuning.
   *
   * @return 0 or more; empty for the example's own default
   */
  public OptionalInt qatEpochs() {
    return qatEpochs == null ? OptionalInt.empty() : OptionalInt.of(qatEpochs);
  }

  /**
   * The folder to write to, {@code out/NAME} by default; makes it where it is missing.
   *
   * @return an existing folder
   * @throws IOException if it cannot be made
   */
  public Path out() throws IOException {
    Path folder = out == null ? DEFAULT_OUT.resolve(command.name()) : out;
    try {
      return Files.createDirectories(folder);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? "is no folder" : e.getReason();
      throw new IOException(
          "--out " + folder + ": the folder cannot be made: " + e.getFile() + ": " + reason, e);
    }
  }

  /**
   * The seed of everything random.
   *
   * @return any number
   */
  public long seed() {
    return seed;
  }

  private void check(boolean condition, String message, Object value) {
    if (!condition) {
      throw new ParameterException(command.commandLine(), String.format(message, value));
    }
  }
}
