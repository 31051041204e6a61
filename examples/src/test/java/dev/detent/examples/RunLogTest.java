package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.exception.DetentException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class RunLogTest {
  private static final String HEAD = "# \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ probe --fast";

  @TempDir private Path folder;

  private final StringWriter printed = new StringWriter();
  private final CommandLine line =
      new CommandLine(new Probe()).setOut(new PrintWriter(printed, true));

  @Command(name = "probe")
  private static final class Probe {
    @Option(names = "--fast")
    private boolean fast;
  }

  @Test
  void bothOriginsAreKeptInOrderWithoutWhatIsDrawnOver() throws IOException {
    PrintStream console = System.out;
    keep(
        () -> {
          out().println("naïve 1");
          System.out.print("float building the graph\r");
          System.out.println("float 1/1  loss 0.5");
          out().printf("two%nlines %d\r\n", 3);
          System.out.print("\033[1mbold\033[0m, not ended");
        });

    assertThat(System.out).isSameAs(console);
    assertThat(printed.toString()).startsWith("naïve 1").contains("lines 3");
    List<String> lines = lines();
    assertThat(lines.get(0)).matches(HEAD);
    assertThat(lines.subList(1, lines.size()))
        .containsExactly("naïve 1", "float 1/1  loss 0.5", "two", "lines 3", "bold, not ended");
  }

  @Test
  void linesAreThereAsSoonAsTheyArePrinted() throws IOException {
    keep(
        () -> {
          System.out.println("float 1/2");
          assertThat(lines()).hasSize(2).last().isEqualTo("float 1/2");
        });
  }

  @Test
  void aFailureIsToldAndALaterRunIsAppended() throws IOException {
    PrintStream console = System.out;
    assertThatThrownBy(
            () ->
                keep(
                    () -> {
                      out().print("before");
                      throw new DetentException("the loss is NaN");
                    }))
        .hasMessage("the loss is NaN");
    assertThat(System.out).isSameAs(console);
    assertThat(lines()).hasSize(3).endsWith("before", "the loss is NaN");

    // What is not the user's to mend is told with its place.
    assertThatThrownBy(
            () ->
                keep(
                    () -> {
                      throw new IllegalStateException("ours");
                    }))
        .hasMessage("ours");
    assertThat(lines().get(3)).matches(HEAD);
    assertThat(lines().get(4)).isEqualTo("java.lang.IllegalStateException: ours");
    assertThat(lines().get(5)).contains("at dev.detent.examples.RunLogTest");
  }

  private void keep(RunLog.Body body) throws IOException {
    line.parseArgs("--fast");
    RunLog.keep(line.getCommandSpec(), folder, body);
  }

  private PrintWriter out() {
    return line.getOut();
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("probe.log"), StandardCharsets.UTF_8);
  }
}
