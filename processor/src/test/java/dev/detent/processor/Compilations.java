package dev.detent.processor;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Runs {@code javac} with the processor. */
public final class Compilations {
  /**
   * Every lint as an error. {@code processing} is left out: it warns of each annotation that no
   * processor claims, and the processor leaves its own for others to read.
   */
  public static final List<String> STRICT = List.of("-Xlint:all,-processing", "-Werror");

  private static final String NOTES = "-A" + DetentProcessor.NOTES + "=true";

  /** The compiler, with one file manager for all that is compiled. */
  private static final JavaCompiler JAVAC = keepingFiles(ToolProvider.getSystemJavaCompiler());

  private Compilations() {}

  /** With all lints as errors, and notes. */
  public static Compilation compile(JavaFileObject... sources) {
    return compiler(new DetentProcessor()).compile(sources);
  }

  /** Likewise, with these processors. */
  public static Compiler compiler(Processor... processors) {
    return Compiler.compiler(JAVAC)
        .withProcessors(processors)
        .withOptions(Stream.concat(STRICT.stream(), Stream.of(NOTES)).toList());
  }

  /** Opening the jars of the class path is most of a small compilation; they stay open. */
  private static JavaCompiler keepingFiles(JavaCompiler compiler) {
    StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
    StandardJavaFileManager unclosed =
        replacing(StandardJavaFileManager.class, files, "close", null);
    return replacing(JavaCompiler.class, compiler, "getStandardFileManager", unclosed);
  }

  /** An object but for one method, which does nothing and returns this. */
  private static <T> T replacing(Class<T> type, T object, String name, @Nullable Object result) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals(name)) {
            return result;
          }
          try {
            return method.invoke(object, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** The text of each generated source, by its path. */
  public static Map<String, String> generated(Compilation compilation) {
    Map<String, String> texts = new TreeMap<>();
    for (JavaFileObject file : compilation.generatedSourceFiles()) {
      texts.put(file.toUri().getPath().replaceFirst("^/SOURCE_OUTPUT/", ""), text(file));
    }
    return texts;
  }

  public static String text(JavaFileObject file) {
    try {
      return file.getCharContent(false).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All that was printed, as {@code javac} prints it: file, line and message, the text of the line,
   * and a caret below the place that it points at.
   */
  static String printed(Compilation compilation) {
    StringBuilder text = new StringBuilder();
    for (Diagnostic<? extends JavaFileObject> each : compilation.diagnostics()) {
      text.append(printed(each));
    }
    return text.toString();
  }

  static String printed(Diagnostic<? extends JavaFileObject> diagnostic) {
    String kind = diagnostic.getKind() == Diagnostic.Kind.NOTE ? "Note" : lower(diagnostic);
    String message = kind + ": " + diagnostic.getMessage(Locale.ROOT) + "\n";
    JavaFileObject file = diagnostic.getSource();
    if (file == null) {
      return message;
    }
    String path = file.toUri().getPath();
    String line = lineOf(diagnostic);
    return path.substring(path.lastIndexOf('/') + 1)
        + ":"
        + diagnostic.getLineNumber()
        + ": "
        + message
        + line
        + "\n"
        + " ".repeat((int) diagnostic.getColumnNumber() - 1)
        + "^\n";
  }

  /** The text of the line that a message points at. */
  static String lineOf(Diagnostic<? extends JavaFileObject> diagnostic) {
    String source =
        diagnostic.getSource().getKind() == Kind.SOURCE ? text(diagnostic.getSource()) : "";
    return source.lines().toList().get((int) diagnostic.getLineNumber() - 1);
  }

  private static String lower(Diagnostic<?> diagnostic) {
    return diagnostic.getKind().toString().toLowerCase(Locale.ROOT);
  }
}
