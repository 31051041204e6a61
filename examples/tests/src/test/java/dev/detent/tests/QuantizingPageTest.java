package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import dev.detent.processor.Compilations;
import dev.detent.processor.Sources;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/QUANTIZING.md} is a program and what it prints. */
class QuantizingPageTest {
  private static final String PAGE = "docs/QUANTIZING.md";
  private static final Pattern TEXT = Pattern.compile("```text\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void whatThePageShowsIsPrinted() throws ReflectiveOperationException {
    Compilation compilation = Compilations.compile(Pages.files(PAGE));
    CompilationSubject.assertThat(compilation).succeeded();

    String printed = anyNumbers(print(CompiledModels.load(compilation).loadClass("prices.Tour")));

    Matcher shown = TEXT.matcher(Sources.read(Sources.ROOT.resolve(PAGE)));
    int count = 0;
    while (shown.find()) {
      assertThat(printed).contains(anyNumbers(shown.group(1)));
      count++;
    }
    assertThat(count).isEqualTo(6);
  }

  private String print(Class<?> program) throws ReflectiveOperationException {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {folder.toString()});
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /**
   * The last digits depend on the processor, and so does where lines break, and which of two sets
   * of kernels that hardly differ is the worse one.
   */
  private static String anyNumbers(String text) {
    return text.replaceAll("\\s+", " ")
        .replaceAll("\\((XNNPACK|built-in kernels), ", "(kernels, ")
        .replaceAll("[-+]?[0-9][0-9.,]*(E-?[0-9]+)?", "#")
        .strip();
  }
}
