package dev.detent.examples;

import dev.detent.runtime.exception.DetentException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code examples/run NAME [options]}: one subcommand an example. */
@Command(
    name = "examples/run",
    description = "Trains, quantizes and deploys a real model, or measures one.",
    synopsisSubcommandLabel = "NAME",
    commandListHeading = "%nExamples:%n",
    footer = {"", "'examples/run NAME --help' shows the options of one."})
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this list.")
  private boolean help;

  private Main() {}

  /**
   * Runs one example and exits with 0, or with 1 when it failed, or with 2 when the command line
   * was wrong.
   *
   * @param args the name of the example and its options
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine main = new CommandLine(new Main());
    Training.ALL.forEach(each -> main.addSubcommand(TrainingCommand.of(each)));
    return main.addSubcommand(new ImportCommand())
        .addSubcommand(new DetectorCommand())
        .addSubcommand(new TransferCommand())
        .addSubcommand(new BitsCommand())
        .addSubcommand(new SensitivityCommand())
        .addSubcommand(new ResultsCommand())
        .addSubcommand(new BenchCommand())
        .addSubcommand(new HelpCommand())
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(Main::explainFailure);
  }

  /** Without a name: the list of examples. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  private static int explainUsage(ParameterException exception, String[] args) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    if (exception instanceof UnmatchedArgumentException unmatched
        && command.getSubcommands().size() > 0) {
      err.println(explainName(unmatched, command));
    } else {
      err.println(exception.getMessage());
      UnmatchedArgumentException.printSuggestions(exception, err);
    }
    err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  /** What stands in the place of a name is told alone, without the options after it. */
  private static String explainName(UnmatchedArgumentException exception, CommandLine command) {
    String first = exception.getUnmatched().get(0);
    if (first.startsWith("-")) {
      return "'" + first + "' stands where the name of an example belongs; options come behind it";
    }
    List<String> near = exception.getSuggestions();
    return "there is no example '"
        + first
        + "'. "
        + (near.isEmpty()
            ? "There are " + String.join(", ", command.getSubcommands().keySet())
            : "Did you mean " + String.join(" or ", near) + "?");
  }

  /**
   * Data that is missing or broken, and a training that cannot go on, are the user's to mend and
   * need no stack trace; the rest is ours.
   */
  private static int explainFailure(Exception exception, CommandLine command, ParseResult parsed)
      throws Exception {
    Optional<String> inWords = inWords(exception);
    if (inWords.isEmpty()) {
      throw exception;
    }
    command.getErr().println(inWords.get());
    return ExitCode.SOFTWARE;
  }

  /** What a user is told who has something to mend. */
  private static Optional<String> inWords(Throwable exception) {
    if (exception instanceof UncheckedIOException unchecked) {
      return Optional.of(describe(unchecked.getCause()));
    }
    if (exception instanceof IOException io) {
      return Optional.of(describe(io));
    }
    return exception instanceof DetentException || exception instanceof ParameterException
        ? Optional.ofNullable(exception.getMessage())
        : Optional.empty();
  }

  /** What a log says of a failure: what the user is told, or where it happened. */
  static String explanation(Throwable failure) {
    return inWords(failure)
        .orElseGet(
            () -> {
              StringWriter trace = new StringWriter();
              failure.printStackTrace(new PrintWriter(trace, true));
              return trace.toString();
            });
  }

  private static String describe(IOException exception) {
    // The exceptions of java.nio.file have the path alone as their message.
    return exception instanceof java.nio.file.FileSystemException
        ? exception.getClass().getSimpleName().replace("Exception", "")
            + ": "
            + exception.getMessage()
        : exception.getMessage();
  }
}
