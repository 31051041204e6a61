package dev.detent.processor.parse;

import dev.detent.annotations.Variant;
import dev.detent.annotations.Variants;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.NearMiss;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;

/** Reads the variants of a model. */
final class VariantParser {
  private final TypeElement model;
  private final Map<String, Object> constants;
  private final Reporter reporter;

  VariantParser(TypeElement model, Map<String, Object> constants, Reporter reporter) {
    this.model = model;
    this.constants = constants;
    this.reporter = reporter;
  }

  /**
   * A member of the family.
   *
   * @param name what it is called
   * @param environment the constants with its values
   * @param at where it is written
   */
  record Member(String name, Environment environment, SourceRef at) {}

  /** The variants in order; without those that are wrong, which are reported. */
  List<Member> parse() {
    List<Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of(model.getSimpleName().toString()));
    for (AnnotationMirror mirror : mirrors()) {
      AttributeReader reader = new AttributeReader(model, mirror, reporter);
      int before = reporter.errors();
      String name = reader.value("name", String.class);
      if (!SourceVersion.isName(name) || name.contains(".") || !names.add(name)) {
        reporter.report(
            SourceVersion.isName(name) && !name.contains(".")
                ? Message.B04_VARIANT_CLASH
                : Message.B04_VARIANT_NAME,
            reader.at("name"),
            name);
      }
      Map<String, Object> values = new LinkedHashMap<>(constants);
      Assignments.read(reader, "value", new Environment(constants), reporter)
          .forEach((constant, assigned) -> values.put(constant, checked(constant, assigned)));
      if (reporter.errors() == before) {
        members.add(new Member(name, new Environment(values), SourceRef.of(model, mirror)));
      }
    }
    return members;
  }

  private Object checked(String constant, Assignments.Assigned assigned) {
    Object old = constants.get(constant);
    Object value = assigned.values().get(0);
    if (old == null) {
      reporter.report(
          Message.B04_VARIANT,
          assigned.at(),
          model.getSimpleName(),
          constant,
          NearMiss.question(constant, constants.keySet()));
    } else if (assigned.values().size() > 1 || old instanceof Boolean != value instanceof Boolean) {
      reporter.report(
          Message.B04_VARIANT_TYPE,
          assigned.at(),
          constant,
          old instanceof Boolean ? "true or false" : "one number");
    }
    return value;
  }

  private List<AnnotationMirror> mirrors() {
    Annotations annotations = new Annotations(model);
    List<AnnotationMirror> mirrors = new ArrayList<>();
    annotations.find(Variant.class).ifPresent(mirrors::add);
    annotations
        .find(Variants.class)
        .ifPresent(
            container -> {
              for (AnnotationValue each :
                  new AttributeReader(model, container, reporter).values("value")) {
                mirrors.add(AttributeReader.content(each, AnnotationMirror.class));
              }
            });
    return mirrors;
  }
}
