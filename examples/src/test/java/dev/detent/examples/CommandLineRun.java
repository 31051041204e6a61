package dev.detent.examples;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a command line gave.
 *
 * @param exitCode 0 where all went well
 * @param out what the command printed; a training's progress goes past it
 * @param err what went wrong
 */
record CommandLineRun(int exitCode, String out, String err) {
  static CommandLineRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    int exitCode =
        commandLine
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setParameterExceptionHandler(commandLine.getParameterExceptionHandler())
            .setExecutionExceptionHandler(commandLine.getExecutionExceptionHandler())
            .execute(args);
    return new CommandLineRun(exitCode, out.toString(), err.toString());
  }
}
