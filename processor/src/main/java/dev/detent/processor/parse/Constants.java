package dev.detent.processor.parse;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/** The constants of a class that expressions can use: static final numbers and booleans. */
final class Constants {
  private Constants() {}

  static Map<String, Object> of(TypeElement type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      String name = field.getSimpleName().toString();
      if (field.getConstantValue() instanceof Number number) {
        constants.put(name, number.doubleValue());
      } else if (field.getConstantValue() instanceof Boolean truth) {
        constants.put(name, truth);
      }
    }
    return constants;
  }
}
