package dev.detent.processor;

import com.google.testing.compile.Compilation;
import dev.detent.processor.diagnostic.DiagnosticId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.Processor;

/**
 * A source below {@code bad}, in the folder of the diagnostic that it leads to.
 *
 * <p>One case of each folder starts with a comment: a paragraph that explains the diagnostic and
 * one that starts with {@code Remedy:}. It is the example of {@code docs/DIAGNOSTICS.md}.
 *
 * @param id the diagnostic
 * @param name of the file
 * @param explanation the first paragraph of the comment, if there is one
 * @param remedy the second
 * @param source the rest of the file, which is compiled
 */
record BadCase(
    DiagnosticId id,
    String name,
    Optional<String> explanation,
    Optional<String> remedy,
    String source) {

  private static final Pattern FORM =
      Pattern.compile(
          "/\\*\\n(?<what>.*?)\\n \\*\\n \\* Remedy: (?<remedy>.*?)\\n \\*/\\n", Pattern.DOTALL);

  /** What no source leads to: faults of the machine and of the processor itself. */
  private static final Map<DiagnosticId, Supplier<Exception>> FAULTS =
      Map.of(
          DiagnosticId.MODEL_NOT_WRITTEN,
          () -> new IOException("No space left on device"),
          DiagnosticId.INTERNAL,
          BadCase::fault);

  private static final Map<BadCase, Compilation> COMPILED = new ConcurrentHashMap<>();

  static List<BadCase> all() {
    return Sources.in("bad").stream().map(BadCase::read).toList();
  }

  private static BadCase read(Path file) {
    String code = file.getParent().getFileName().toString();
    DiagnosticId id =
        Arrays.stream(DiagnosticId.values())
            .filter(each -> each.code().equals(code))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(file + ": no diagnostic " + code));
    String text = Sources.read(file);
    Matcher comment = FORM.matcher(text);
    boolean documented = comment.lookingAt();
    return new BadCase(
        id,
        Sources.simpleName(file),
        documented ? Optional.of(paragraph(comment.group("what"))) : Optional.empty(),
        documented ? Optional.of(paragraph(comment.group("remedy"))) : Optional.empty(),
        documented ? text.substring(comment.end()) : text);
  }

  private static String paragraph(String lines) {
    return lines.replaceAll("(?m)^ \\* ", "").replace('\n', ' ');
  }

  /** What comes of it; each case is compiled once. */
  Compilation compile() {
    return COMPILED.computeIfAbsent(this, BadCase::compiled);
  }

  private Compilation compiled() {
    Supplier<Exception> fault = FAULTS.get(id);
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
    return id.code() + "/" + name;
  }
}
