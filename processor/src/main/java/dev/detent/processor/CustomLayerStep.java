package dev.detent.processor;

import dev.detent.annotations.CustomLayer;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.parse.CustomParser;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Checks the custom layers that are declared among the sources, used or not. */
final class CustomLayerStep extends ElementStep {

  CustomLayerStep(ProcessingEnvironment environment) {
    super(environment);
  }

  @Override
  public Set<String> annotations() {
    return Set.of(CustomLayer.class.getName());
  }

  @Override
  void process(Element element, Reporter reporter) {
    if (!(element instanceof TypeElement annotation)) {
      return; // where the annotation must not stand, as the compiler says
    }
    new CustomParser(
            environment().getElementUtils(), environment().getTypeUtils(), annotation, reporter)
        .check(annotation);
  }
}
