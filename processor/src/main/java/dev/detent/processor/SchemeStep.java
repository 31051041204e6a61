package dev.detent.processor;

import com.google.auto.common.BasicAnnotationProcessor.Step;
import com.google.common.collect.ImmutableSetMultimap;
import dev.detent.annotations.scheme.Scheme;
import dev.detent.processor.diagnostic.DiagnosticPrinter;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.parse.SchemeParser;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Checks the schemes among the sources, whether a model names them or not. */
final class SchemeStep implements Step {
  private final SchemeParser parser;
  private final DiagnosticPrinter printer;
  private final Set<String> broken;

  /**
   * A step.
   *
   * @param broken takes the names of the schemes that are not valid, so that what is wrong with one
   *     is not said again where it is named
   */
  SchemeStep(ProcessingEnvironment environment, Set<String> broken) {
    this.parser = new SchemeParser(environment.getElementUtils());
    this.printer = new DiagnosticPrinter(environment.getMessager(), false);
    this.broken = broken;
  }

  @Override
  public Set<String> annotations() {
    return Set.of(Scheme.class.getName());
  }

  @Override
  public Set<? extends Element> process(ImmutableSetMultimap<String, Element> byAnnotation) {
    for (Element element : byAnnotation.get(Scheme.class.getName())) {
      Reporter reporter = new Reporter();
      parser.check((TypeElement) element, reporter);
      if (reporter.errors() > 0) {
        broken.add(((TypeElement) element).getQualifiedName().toString());
      }
      printer.print(reporter);
    }
    return Set.of();
  }
}
