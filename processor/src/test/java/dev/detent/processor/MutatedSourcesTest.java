package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Whatever a source says, it is compiled or what is wrong with it is said: the processor does not
 * fail, what it generates compiles, and no model is passed over. {@code -Ddetent.mutations=10000}
 * makes a long run of it, {@code -Ddetent.seed} another one.
 */
class MutatedSourcesTest {
  private static final int MUTATIONS = Integer.getInteger("detent.mutations", 300);
  private static final long SEED = Long.getLong("detent.seed", 1);
  private static final Pattern NO_CODE =
      Pattern.compile("(?s)//[^\\n]*|/\\*.*?\\*/|\"(?:\\\\.|[^\"\\\\])*\"");
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

  private final Map<String, Integer> outcomes = new TreeMap<>();

  @Test
  void eachIsCompiledOrSaidToBeWrong() throws IOException {
    List<String> failures = new ArrayList<>();
    try (JavaFileManager files = JAVAC.getStandardFileManager(null, Locale.ROOT, null)) {
      for (int i = 0; i < MUTATIONS; i++) {
        MutatedSource source = MutatedSource.draw(SEED, i);
        Optional<String> failure = failure(source, files);
        if (failure.isPresent()) {
          failures.add(i + ": " + failure.get() + "\n" + source.text());
        }
      }
    }
    System.out.println(MUTATIONS + " sources: " + outcomes);
    assertThat(failures).isEmpty();
  }

  /** What is wrong with what became of a source; empty if nothing is. */
  private Optional<String> failure(MutatedSource source, JavaFileManager files) {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    StringWriter output = new StringWriter();
    Generated generated = new Generated(files);
    JavaCompiler.CompilationTask task =
        JAVAC.getTask(
            output,
            generated,
            diagnostics,
            List.of(),
            null,
            List.of(Sources.text(source.simpleName(), source.text())));
    task.setProcessors(List.of(new DetentProcessor()));
    try {
      task.call();
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.of("the compiler failed: " + e + " " + e.getCause());
    }
    List<Diagnostic<? extends JavaFileObject>> errors =
        diagnostics.getDiagnostics().stream()
            .<Diagnostic<? extends JavaFileObject>>map(each -> each)
            .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
            .toList();
    String printed = output + String.join("\n", errors.stream().map(Object::toString).toList());
    if (printed.contains("[Detent-X01]") || printed.contains("\tat ")) {
      return Optional.of("the processor failed: " + printed);
    }
    long models =
        Pattern.compile("@Model\\b")
            .matcher(NO_CODE.matcher(source.text()).replaceAll(""))
            .results()
            .count();
    outcomes.merge(
        errors.isEmpty() ? "compiled" : printed.contains("[Detent-") ? "reported" : "left to javac",
        1,
        Integer::sum);
    if (!errors.isEmpty()
        && errors.stream().allMatch(each -> generated.sources.contains(each.getSource()))) {
      return Optional.of("what is generated does not compile: " + printed);
    }
    if (errors.isEmpty() && generated.sources.size() < models) {
      return Optional.of("a model is passed over");
    }
    return Optional.empty();
  }

  /** Keeps what is generated. */
  private static final class Generated extends ForwardingJavaFileManager<JavaFileManager> {
    private final List<JavaFileObject> sources = new ArrayList<>();

    Generated(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      JavaFileObject file =
          new InMemory(URI.create("mem:///" + className.replace('.', '/') + kind.extension), kind);
      if (kind == JavaFileObject.Kind.SOURCE) {
        sources.add(file);
      }
      return file;
    }
  }

  /** A source in memory; of a class nothing is kept. */
  private static final class InMemory extends SimpleJavaFileObject {
    private final StringWriter text = new StringWriter();

    InMemory(URI uri, Kind kind) {
      super(uri, kind);
    }

    @Override
    public Writer openWriter() {
      return text;
    }

    @Override
    public OutputStream openOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text.toString();
    }
  }
}
