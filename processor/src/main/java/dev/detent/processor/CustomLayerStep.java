package dev.detent.processor;

import com.google.auto.common.BasicAnnotationProcessor.Step;
import com.google.common.collect.ImmutableSetMultimap;
import dev.detent.annotations.CustomLayer;
import dev.detent.processor.diagnostic.DiagnosticPrinter;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.parse.CustomParser;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Checks the custom layers that are declared among the sources, used or not. */
final class CustomLayerStep implements Step {
  private final ProcessingEnvironment environment;
  private final DiagnosticPrinter printer;

  CustomLayerStep(ProcessingEnvironment environment) {
    this.environment = environment;
    this.printer = new DiagnosticPrinter(environment.getMessager(), false);
  }

  @Override
  public Set<String> annotations() {
    return Set.of(CustomLayer.class.getName());
  }

  @Override
  public Set<? extends Element> process(ImmutableSetMultimap<String, Element> byAnnotation) {
    for (Element element : byAnnotation.get(CustomLayer.class.getName())) {
      TypeElement annotation = (TypeElement) element;
      Reporter reporter = new Reporter();
      new CustomParser(
              environment.getElementUtils(), environment.getTypeUtils(), annotation, reporter)
          .check(annotation);
      printer.print(reporter);
    }
    return Set.of();
  }
}
