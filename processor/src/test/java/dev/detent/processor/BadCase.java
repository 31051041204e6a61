package dev.detent.processor;

import com.google.testing.compile.Compilation;
import dev.detent.processor.diagnostic.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.annotation.processing.Processor;

/**
 * A source below {@code bad}, in the folder of the code that it leads to.
 *
 * @param message the first text of the code
 * @param name of the file
 * @param isExample whether the page shows it
 * @param source the file without the line that says so
 */
record BadCase(Message message, String name, boolean isExample, String source) {
  private static final String EXAMPLE = "// The example in docs/DIAGNOSTICS.md.\n";

  /** What no source leads to: faults of the machine and of the processor itself. */
  private static final Map<Message, Supplier<Exception>> FAULTS =
      Map.of(
          Message.M12_NOT_WRITTEN,
          () -> new IOException("No space left on device"),
          Message.X01_INTERNAL_ERROR,
          BadCase::fault);

  private static final Map<BadCase, Compilation> COMPILED = new ConcurrentHashMap<>();

  static List<BadCase> all() {
    return Sources.in("bad").stream().map(BadCase::read).toList();
  }

  private static BadCase read(Path file) {
    String code = file.getParent().getFileName().toString();
    Message message =
        Arrays.stream(Message.values())
            .filter(each -> each.code().equals(code))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(file + ": no message " + code));
    String text = Sources.read(file);
    boolean isExample = text.startsWith(EXAMPLE);
    String source = isExample ? text.substring(EXAMPLE.length()) : text;
    return new BadCase(message, Sources.simpleName(file), isExample, source);
  }

  /** What comes of it; each case is compiled once. */
  Compilation compile() {
    return COMPILED.computeIfAbsent(this, BadCase::compiled);
  }

  private Compilation compiled() {
    Supplier<Exception> fault = FAULTS.get(message);
    Processor processor =
        fault == null ? new DetentProcessor() : ReplacedFiler.failing(new DetentProcessor(), fault);
    return Compilations.compiler(processor).compile(Sources.text(name, source));
  }

  private static Exception fault() {
    RuntimeException fault = new IllegalStateException("nothing to write");
    fault.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("dev.detent.processor.emit.Example", "write", "Example.java", 12)
        });
    return fault;
  }

  @Override
  public String toString() {
    return message.code() + "/" + name;
  }
}
