package dev.detent.processor.diagnostic;

import javax.annotation.processing.Messager;
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
    boolean error = diagnostic.id().severity() == Severity.ERROR;
    if (!error && !notes) {
      return;
    }
    SourceRef at = diagnostic.at();
    messager.printMessage(
        error ? Kind.ERROR : Kind.NOTE,
        diagnostic.text(),
        at.element(),
        at.annotation(),
        at.value());
  }
}
