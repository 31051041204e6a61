package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class MainTest {
  @TempDir private Path folder;

  private final Probe probe = new Probe();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void noNameShowsTheUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString())
        .contains("Usage: examples/run")
        .contains("Examples:")
        .contains("probe");
  }

  @Test
  void unknownNameSuggestsTheKnown() {
    assertThat(run("prob")).isEqualTo(2);
    assertThat(err.toString()).contains("prob").contains("Did you mean").contains("probe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void helpListsTheExamples(String help) {
    assertThat(run(help)).isZero();
    assertThat(out.toString()).contains("Usage: examples/run", "Examples:", "digits", "--help");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void everyCommandHasHelp() {
    for (String name : Main.commandLine().getSubcommands().keySet()) {
      assertThat(run(name, "--help")).as(name).isZero();
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void optionsBehindAnUnknownNameAreNotBlamed() {
    assertThat(run("digts", "--epochs", "1", "--out", "x")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("there is no example 'digts'. Did you mean digits")
        .contains("Try 'examples/run --help'.")
        .doesNotContain("--epochs", "Unmatched");
    assertThat(run("--epochs", "1", "digits")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'--epochs' stands where the name of an example belongs; options come behind it");
    assertThat(run("qqqq")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no example 'qqqq'. There are digits, ");
  }

  @Test
  void defaultsAreTheExamplesOwn() {
    assertThat(run("probe")).isZero();
    assertThat(probe.options.data()).isEmpty();
    assertThat(probe.options.epochs()).isEmpty();
    assertThat(probe.options.qatEpochs()).isEmpty();
    assertThat(probe.options.seed()).isEqualTo(CommonOptions.DEFAULT_SEED);
  }

  @Test
  void optionsAreRead() throws Exception {
    Path target = folder.resolve("a/b");
    assertThat(
            run(
                "probe",
                "--data",
                folder.toString(),
                "--epochs",
                "5",
                "--qat-epochs=0",
                "--out",
                target.toString(),
                "--seed",
                "-7"))
        .isZero();
    assertThat(probe.options.requireData()).isEqualTo(folder);
    assertThat(probe.options.epochs()).hasValue(5);
    assertThat(probe.options.qatEpochs()).hasValue(0);
    assertThat(probe.options.out()).isEqualTo(target).isDirectory();
    assertThat(probe.options.seed()).isEqualTo(-7);
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs, 0, must be 1 or more",
    "--epochs, many, many",
    "--qat-epochs, -1, must be 0 or more",
    "--seed, x, x",
    "--data, no/such/folder, there is no such folder",
  })
  void wrongValuesAreExplained(String option, String value, String explanation) {
    assertThat(run("probe", option, value)).isEqualTo(2);
    assertThat(err.toString()).contains(option).contains(explanation).contains("probe --help");
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run("probe", "--data", file.toString())).isEqualTo(2);
    assertThat(run("probe", "--out", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is not a folder").contains("is a file");
  }

  @Test
  void dataMayBeRequired() {
    probe.action = () -> probe.options.requireData();
    assertThat(run("probe")).isEqualTo(2);
    assertThat(err.toString()).contains("--data DIR is missing");
  }

  @Test
  void helpListsTheOptions() {
    assertThat(run("probe", "--help")).isZero();
    assertThat(out.toString()).contains("--data", "--epochs", "--qat-epochs", "--out", "--seed");
  }

  @Test
  void aMissingFileNeedsNoStackTrace() {
    probe.action =
        () -> {
          throw new FileNotFoundException("train-images.gz is missing");
        };
    assertThat(run("probe")).isEqualTo(1);
    assertThat(err.toString())
        .contains("train-images.gz is missing")
        .doesNotContain("at dev.detent");
  }

  private int run(String... args) {
    CommandLine commandLine = Main.commandLine().addSubcommand("probe", probe);
    return commandLine
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(commandLine.getParameterExceptionHandler())
        .setExecutionExceptionHandler(commandLine.getExecutionExceptionHandler())
        .execute(args);
  }

  @Command(name = "probe")
  private static final class Probe implements Callable<Integer> {
    @Mixin private CommonOptions options;
    private Callable<?> action = () -> null;

    @Override
    public Integer call() throws Exception {
      action.call();
      return 0;
    }
  }
}
