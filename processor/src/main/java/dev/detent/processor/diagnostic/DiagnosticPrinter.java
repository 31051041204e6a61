package dev.detent.processor.diagnostic;

import java.util.Objects;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic.Kind;

/** Hands findings to {@code javac}. */
public final class DiagnosticPrinter {
  private final Messager messager;
  private final boolean notes;

  /**
   * A printer.
   *
   * @param messager where to
   * @param notes whether findings that are no errors are printed too
   */
  public DiagnosticPrinter(Messager messager, boolean notes) {
    this.messager = messager;
    this.notes = notes;
  }

  /** Prints all that was collected, once. */
  public void print(Reporter reporter) {
    reporter.diagnostics().forEach(this::print);
  }

  private void print(Diagnostic diagnostic) {
    boolean error = diagnostic.message().severity() == Severity.ERROR;
    if (!error && !notes) {
      return;
    }
    Kind kind = error ? Kind.ERROR : Kind.NOTE;
    SourceRef at = diagnostic.at();
    if (at.user() == null) {
      print(kind, diagnostic.printed(), at);
      return;
    }
    SourceRef user = at;
    while (user.user() != null) {
      user = user.user();
    }
    print(kind, diagnostic.printed() + " (It is in " + place(at) + ".)", user);
    print(
        Kind.NOTE,
        "[Detent-" + diagnostic.message().code() + "] This is the place in " + place(at) + ".",
        at);
  }

  private void print(Kind kind, String text, SourceRef at) {
    messager.printMessage(kind, text, at.element(), at.annotation(), at.value());
  }

  /** {@code layer 'expand' of block @InvertedResidual}. */
  private static String place(SourceRef inBlock) {
    Element layers = Objects.requireNonNull(inBlock.element().getEnclosingElement());
    Element block = Objects.requireNonNull(layers.getEnclosingElement());
    return "layer '" + inBlock.element().getSimpleName() + "' of block @" + block.getSimpleName();
  }
}
