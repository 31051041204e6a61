package dev.detent.processor;

import com.google.auto.common.BasicAnnotationProcessor.Step;
import com.google.common.collect.ImmutableSetMultimap;
import dev.detent.processor.diagnostic.DiagnosticPrinter;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.parse.ErroneousException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;

/**
 * Takes one element at a time. What is wrong with one, be it a fault of the processor's own, does
 * not keep the others from being done. One that names what is not well-formed waits for a later
 * round, as another processor may complete it; in the end, the compiler says what is missing.
 */
abstract class ElementStep<E extends Element> implements Step {
  private final Class<E> kind;
  private final Set<String> annotations;
  private final ProcessingEnvironment environment;
  private final DiagnosticPrinter printer;

  /**
   * A step.
   *
   * @param kind what is annotated; on anything else the compiler does not allow the annotations
   */
  ElementStep(ProcessingEnvironment environment, Class<E> kind, Set<String> annotations) {
    this.kind = kind;
    this.annotations = annotations;
    this.environment = environment;
    this.printer =
        new DiagnosticPrinter(
            environment.getMessager(),
            Boolean.parseBoolean(environment.getOptions().get(DetentProcessor.NOTES)));
  }

  /** Does one; what it reports is printed once it is done. */
  abstract void process(E element, Reporter reporter);

  ProcessingEnvironment environment() {
    return environment;
  }

  @Override
  public final Set<String> annotations() {
    return annotations;
  }

  @Override
  public final Set<? extends Element> process(ImmutableSetMultimap<String, Element> byAnnotation) {
    Set<Element> waiting = new LinkedHashSet<>();
    for (Element element : new LinkedHashSet<>(byAnnotation.values())) {
      Reporter reporter = new Reporter();
      try {
        if (kind.isInstance(element)) {
          process(kind.cast(element), reporter);
        }
      } catch (ErroneousException e) {
        waiting.add(element);
        continue;
      } catch (RuntimeException | StackOverflowError e) {
        StackTraceElement[] trace = e.getStackTrace();
        reporter.report(
            Message.X01_INTERNAL_ERROR,
            SourceRef.of(element),
            trace.length > 0 ? e + " at " + trace[0] : e);
      }
      printer.print(reporter);
    }
    return waiting;
  }
}
