package dev.detent.processor;

import dev.detent.annotations.CustomLayer;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.parse.CustomParser;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/** Checks the custom layers that are declared among the sources, used or not. */
final class CustomLayerStep extends ElementStep<TypeElement> {

  CustomLayerStep(ProcessingEnvironment environment) {
    super(environment, TypeElement.class, Set.of(CustomLayer.class.getName()));
  }

  @Override
  void process(TypeElement annotation, Reporter reporter) {
    CustomParser.check(
        annotation, environment().getElementUtils(), environment().getTypeUtils(), reporter);
  }
}
