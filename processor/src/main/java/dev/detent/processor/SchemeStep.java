package dev.detent.processor;

import dev.detent.annotations.scheme.Scheme;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.parse.SchemeParser;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/** Checks the schemes among the sources, whether a model names them or not. */
final class SchemeStep extends ElementStep<TypeElement> {
  private final SchemeParser parser;
  private final Set<String> broken;

  /**
   * A step.
   *
   * @param broken takes the names of the schemes that are not valid, so that what is wrong with one
   *     is not said again where it is named
   */
  SchemeStep(ProcessingEnvironment environment, Set<String> broken) {
    super(environment, TypeElement.class, Set.of(Scheme.class.getName()));
    this.parser = new SchemeParser(environment.getElementUtils());
    this.broken = broken;
  }

  @Override
  void process(TypeElement scheme, Reporter reporter) {
    parser.check(scheme, reporter);
    if (reporter.errors() > 0) {
      broken.add(scheme.getQualifiedName().toString());
    }
  }
}
