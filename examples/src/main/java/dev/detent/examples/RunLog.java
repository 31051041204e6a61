package dev.detent.examples;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a run prints, kept in {@code NAME.log}: the command's own words, those of its trainings, and
 * why it failed, without what a terminal draws over. Each line is in the file as soon as it is
 * printed. A later run into the same folder is appended, so that one that was killed and goes on is
 * there as a whole.
 */
final class RunLog {
  /** Colours and movements of the cursor (ECMA-48). */
  private static final Pattern ESCAPES = Pattern.compile("\033\\[[0-?]*[ -/]*[@-~]");

  private final BufferedWriter file;

  private RunLog(BufferedWriter file) {
    this.file = file;
  }

  /** A run, or a part of one. */
  interface Body {
    /**
     * Runs.
     *
     * @throws IOException if a file cannot be read or written
     */
    void run() throws IOException;
  }

  /**
   * Runs a command and keeps what it prints. Trainings print to {@link System#out}, which they know
   * a terminal by, so that it is exchanged meanwhile.
   *
   * @param command whose name the file has
   * @param folder an existing one, where it is
   * @param body asks the command for its writer, and {@code System} for its stream, anew
   * @throws IOException if the file cannot be written, or the body throws it
   */
  static void keep(CommandSpec command, Path folder, Body body) throws IOException {
    Path file = folder.resolve(command.name() + ".log");
    try (BufferedWriter writer =
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      new RunLog(writer).keep(command.commandLine(), body);
    }
  }

  private void keep(CommandLine line, Body body) throws IOException {
    PrintWriter out = line.getOut();
    PrintStream console = System.out;
    Charset charset = charsetOf("stdout.encoding", "sun.stdout.encoding");
    add("# " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + commandOf(line));
    try (OutputStream fromConsole = lines(charset);
        Writer fromCommand =
            new OutputStreamWriter(lines(StandardCharsets.UTF_8), StandardCharsets.UTF_8)) {
      System.setOut(new PrintStream(new TwoStreams(console, fromConsole), true, charset));
      line.setOut(new PrintWriter(new TwoWriters(out, fromCommand), true));
      try {
        body.run();
      } finally {
        line.getOut().flush();
        System.out.flush();
      }
    } catch (Throwable e) {
      add(Main.explanation(e));
      throw e;
    } finally {
      line.setOut(out);
      System.setOut(console);
    }
  }

  private static String commandOf(CommandLine line) {
    return line.getCommandSpec().root().name()
        + " "
        + String.join(" ", line.getParseResult().originalArgs());
  }

  /** What System.out encodes with; Java 17 does not tell. */
  private static Charset charsetOf(String... properties) {
    for (String property : properties) {
      String name = System.getProperty(property);
      if (name != null && Charset.isSupported(name)) {
        return Charset.forName(name);
      }
    }
    return Charset.defaultCharset();
  }

  private synchronized void add(String text) {
    try {
      file.write(text);
      file.newLine();
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes bytes and hands on lines; what is not ended is handed on when it is closed. */
  private OutputStream lines(Charset charset) {
    return new OutputStream() {
      private final ByteArrayOutputStream line = new ByteArrayOutputStream();

      @Override
      public synchronized void write(int next) {
        if (next == '\n') {
          add(withoutRedraws(line.toString(charset)));
          line.reset();
        } else {
          line.write(next);
        }
      }

      @Override
      public synchronized void close() {
        String rest = withoutRedraws(line.toString(charset));
        if (!rest.isEmpty()) {
          add(rest);
        }
      }
    };
  }

  /** What remains to be seen of a line after all that was drawn over it. */
  static String withoutRedraws(String line) {
    String plain = ESCAPES.matcher(line).replaceAll("");
    String seen = plain.endsWith("\r") ? plain.substring(0, plain.length() - 1) : plain;
    return seen.substring(seen.lastIndexOf('\r') + 1);
  }

  /** Writes to both; neither is closed. */
  private static final class TwoStreams extends OutputStream {
    private final OutputStream first;
    private final OutputStream second;

    TwoStreams(OutputStream first, OutputStream second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public void write(int next) throws IOException {
      first.write(next);
      second.write(next);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      first.write(bytes, offset, length);
      second.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      first.flush();
    }
  }

  /** Writes to both; neither is closed. */
  private static final class TwoWriters extends Writer {
    private final Writer first;
    private final Writer second;

    TwoWriters(Writer first, Writer second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      first.write(text, offset, length);
      second.write(text, offset, length);
      second.flush(); // so that lines of both origins keep their order
    }

    @Override
    public void flush() throws IOException {
      first.flush();
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
