package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is printed for each source below {@code bad}: message, file, the text of the line and the
 * place in it, to the character; and what the page and the README show of it.
 */
class DiagnosticsTest {
  private static final Pattern FORM =
      Pattern.compile("\\[Detent-[A-Z]\\d\\d] \\S.*[.;](?: \\(It is in .*\\.\\))?");

  static Stream<BadCase> cases() {
    return BadCase.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void prints(BadCase bad) {
    Compilation compilation = bad.compile();

    Golden.check(
        DiagnosticsTest.class,
        "prints",
        bad.message().code() + "/" + bad.name() + ".txt",
        Compilations.printed(compilation));
    assertThat(messages(compilation))
        .as("messages of this diagnostic")
        .anyMatch(message -> message.startsWith("[Detent-" + bad.message().code() + "] "));
    compilation
        .diagnostics()
        .forEach(each -> checkForm(each, bad.message() == Message.X01_INTERNAL_ERROR));
    assertThat(compilation.status())
        .isEqualTo(
            bad.message().severity() == Severity.ERROR
                ? Compilation.Status.FAILURE
                : Compilation.Status.SUCCESS);
  }

  /** One message is one line, ends as a sentence does, and points into the source. */
  private static void checkForm(Diagnostic<? extends JavaFileObject> each, boolean isFault) {
    String message = each.getMessage(Locale.ROOT);
    assertThat(message).matches(FORM).doesNotContain("\tat ", "null");
    assertThat(message.contains("[Detent-X01]")).isEqualTo(isFault);
    assertThat(each.getSource()).as(message).isNotNull();
    assertThat(each.getLineNumber()).as(message).isPositive();
  }

  @Test
  void pageIsCompleteAndTrue() {
    Golden.check(Sources.ROOT.resolve("docs").resolve("DIAGNOSTICS.md"), DiagnosticsPage.text());
  }

  /** What the README quotes is what one of the examples prints. */
  @Test
  void readmeQuotesWhatIsPrinted() {
    String readme = Sources.read(Sources.ROOT.resolve("README.md"));
    List<String> printed =
        BadCase.all().stream().map(bad -> Compilations.printed(bad.compile())).toList();

    assertThat(printed).anyMatch(readme::contains);
    assertThat(readme.lines().filter(line -> line.contains("[Detent-")))
        .isNotEmpty()
        .allMatch(line -> printed.stream().anyMatch(text -> text.contains(line)));
  }

  /** So that each call is seen to pass as many values as its text has parameters. */
  @Test
  void everyTextIsPrinted() {
    String printed =
        cases().map(bad -> Compilations.printed(bad.compile())).collect(Collectors.joining());

    assertThat(Message.values()).filteredOn(each -> !form(each).matcher(printed).find()).isEmpty();
  }

  private static Pattern form(Message message) {
    String template = "[Detent-" + message.code() + "] " + message.template();
    return Pattern.compile(
        "\\Q"
            + template.replaceAll("\\{[a-z]\\w*}", "\\\\E.+\\\\Q").replace("(s)", "\\Es?\\Q")
            + "\\E");
  }

  /** The code is what users look up: it stays, and the texts of one stand together. */
  @Test
  void codesAreInOrder() {
    List<String> codes = Arrays.stream(Message.values()).map(Message::code).toList();

    assertThat(codes).allMatch(code -> code.matches("[A-Z]\\d\\d"));
    for (int i = 1; i < codes.size(); i++) {
      assertThat(codes.subList(0, i - 1))
          .as("%s", Message.values()[i])
          .doesNotContain(codes.get(i).equals(codes.get(i - 1)) ? "" : codes.get(i));
    }
  }

  @Test
  void valuesTakeTheirPlaces() {
    assertThat(Message.A02_WRONG_LENGTH.text("axis", "Sum", 1, "two"))
        .isEqualTo("axis of @Sum has 1 value. It takes two.");
    assertThat(Message.A02_WRONG_LENGTH.text("axis", "Sum", 3, "{$1}"))
        .isEqualTo("axis of @Sum has 3 values. It takes {$1}.");
    assertThatThrownBy(() -> Message.A02_WRONG_LENGTH.text("axis", "Sum", 1))
        .hasMessage(
            "A02_WRONG_LENGTH takes [attribute, annotation, count, wanted], not [axis, Sum, 1]");
  }

  @Test
  void severalErrorsAreReportedAtOnce() {
    Compilation compilation =
        Compilations.compile(
            Sources.model(
                "Wrong",
                "@Input(shape = {28, 28, 0}) @Softmax Layer image;",
                "@Conv2D(filters = -8, kernelSize = 3) Layer conv;",
                "@Flatten(from = \"convs\") Layer flat;",
                "@Dense(units = 10) float[] logits;"));

    assertThat(messages(compilation))
        .extracting(DiagnosticsTest::code)
        .containsExactlyInAnyOrder("A01", "A01", "U01", "G01", "F01");
    CompilationSubject.assertThat(compilation)
        .hadErrorContaining("filters of @Conv2D is -8. It must be at least 1.")
        .inFile(compilation.diagnostics().get(0).getSource())
        .onLineContaining("kernelSize = 3");
  }

  @Test
  void wrongShapesAreReportedAtOnce() {
    Compilation compilation =
        Compilations.compile(
            Sources.model(
                "Wrong",
                "@Input(shape = {8, 8, 3}) Layer image;",
                "@Conv2D(filters = 8, kernelSize = 9) Layer conv;",
                "@Reshape(shape = {5, 5}, from = \"image\") Layer rows;",
                "@GlobalAveragePool1D(from = \"image\") Layer logits;",
                "@Add({\"conv\", \"rows\", \"logits\"}) Layer sum;"));

    assertThat(messages(compilation))
        .extracting(DiagnosticsTest::code)
        .containsExactly("S02", "S06", "S01");
  }

  /** A pass reports what does not depend on the errors of those before it. */
  @Test
  void passesDoNotHideWhatIsIndependent() {
    Compilation compilation =
        Compilations.compile(
            Sources.text(
                "Wrong",
                """
                import dev.detent.annotations.*;

                @Model
                @Quantize
                @Variant(name = "Narrow", value = "filters = 4.5")
                class Wrong {
                  static final double filters = 4;

                  @Input(shape = {8, 8, 3}) Layer image;
                  @Conv2D(filters = 4, kernelSize = 9) Layer tooLarge;
                  @Conv2D(filters = 4, kernelSize = 3, from = "imag") Layer misnamed;
                  @Conv2D(kernelSize = 3, from = "image") @Bind("filters = filters") Layer bound;
                  @Block1 Layer block;
                  @Flatten(from = "image") Layer flat;
                  @Dense(units = 3) @QuantizeConfig(bits = 11) Layer wide;
                  @Dense(units = 2, kernelL2 = -1) @Output Layer output;
                  @Concat({"tooLarge", "misnamed", "bound", "block"}) @Output Layer all;
                }

                @Block
                @interface Block1 {
                  class Layers {
                    @Conv2D(filters = 0, kernelSize = 1) Layer none;
                    @MaxPool2D(poolSize = 7, from = "input") Layer pooled;
                    @Concat({"none", "pooled"}) Layer both;
                  }
                }
                """));

    assertThat(messages(compilation).stream().filter(each -> !each.contains("the place in")))
        .extracting(DiagnosticsTest::code)
        .containsExactlyInAnyOrder("S02", "G01", "A01", "A01", "S02", "Q01", "A01");
  }

  /** What follows from an error alone is not reported. */
  @Test
  void oneMistakeIsOneMessage() {
    Compilation compilation =
        Compilations.compile(
            Sources.model(
                "Wrong",
                "@Input(shape = {8, 0, 3}) Layer image;",
                "@Conv2D(filters = 8, kernelSize = 3) Layer conv;",
                "@Conv2D(filters = 8, kernelSize = 3, from = \"image\") Layer other;",
                "@Add({\"conv\", \"other\"}) Layer sum;"));

    assertThat(messages(compilation)).extracting(DiagnosticsTest::code).containsExactly("A01");
  }

  /** Nor what refers to a layer that is wrong, or follows from a scheme that is none. */
  @Test
  void whatIsWrongIsTakenToBeRight() {
    Compilation compilation =
        Compilations.compile(
            Sources.text(
                "Wrong",
                """
                import dev.detent.annotations.*;

                @Model
                @QuantizeConfig(bits = 3)
                class Wrong {
                  @Input(shape = 0, dataType = DataType.INT32) Layer words;
                  @Embedding(inputDim = 9, outputDim = 4) @Quantize(scheme = String.class) Layer table;
                  @Input(shape = {8, 8, 3}) Layer image;
                  @Conv2D(filters = 0, kernelSize = 3) Layer owner;
                  @Conv2D(filters = 4, kernelSize = 3, from = "image", sharedWith = "owner") Layer user;
                  @When("image") @Flatten Layer flat;
                  @Dense(units = 2) @Output Layer output;
                  @Flatten(from = "table") @Output Layer others;
                  @Concat({"owner", "user", "flat"}) @Output Layer all;
                }
                """));

    assertThat(messages(compilation))
        .extracting(DiagnosticsTest::code)
        .containsExactlyInAnyOrder("A01", "Q13", "A01", "A08");
  }

  @Test
  void wrongClassesDoNotSilenceOneAnother() {
    JavaFileObject shapes =
        Sources.model(
            "Shapes", "@Input(shape = {8, 8, 3}) Layer image;", "@MaxPool1D Layer logits;");
    JavaFileObject names =
        Sources.model(
            "Names", "@Input(shape = 4) Layer values;", "@Relu(from = \"value\") Layer relu;");
    JavaFileObject right =
        Sources.model(
            "Right", "@Input(shape = 4) Layer values;", "@Dense(units = 10) Layer logits;");

    Compilation compilation = Compilations.compile(shapes, names, right);

    CompilationSubject.assertThat(compilation)
        .hadErrorContaining("[Detent-S01]")
        .inFile(shapes)
        .onLineContaining("@MaxPool1D");
    CompilationSubject.assertThat(compilation)
        .hadErrorContaining("did you mean 'values'?")
        .inFile(names)
        .onLineContaining("@Relu");
    CompilationSubject.assertThat(compilation).hadErrorCount(2);
  }

  @Test
  void notesAreSilentUnlessAskedFor() {
    BadCase note =
        cases().filter(bad -> bad.message().severity() == Severity.NOTE).findFirst().orElseThrow();

    Compilation compilation =
        Compilations.compiler(new DetentProcessor())
            .withOptions(Compilations.STRICT)
            .compile(Sources.text(note.name(), note.source()));

    CompilationSubject.assertThat(compilation).succeededWithoutWarnings();
    assertThat(messages(compilation)).isEmpty();
  }

  private static List<String> messages(Compilation compilation) {
    return compilation.diagnostics().stream().map(each -> each.getMessage(Locale.ROOT)).toList();
  }

  private static String code(String message) {
    return message.substring("[Detent-".length(), "[Detent-".length() + 3);
  }
}
