package dev.detent.processor.parse;

import dev.detent.annotations.Bind;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.NearMiss;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.parse.Assignments.Assigned;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.VariableElement;

/** What {@code @Bind} on a field gives to attributes. */
final class Bindings {
  /** None. */
  static final Bindings NONE = new Bindings(Map.of());

  private final Map<String, Assigned> assigned;

  private Bindings(Map<String, Assigned> assigned) {
    this.assigned = assigned;
  }

  static Bindings of(
      VariableElement field, Annotations annotations, Environment environment, Reporter reporter) {
    return annotations
        .find(Bind.class)
        .map(mirror -> new AttributeReader(field, mirror, reporter))
        .map(reader -> new Bindings(Assignments.read(reader, "value", environment, reporter)))
        .orElse(NONE);
  }

  /** Without what some attributes are given. */
  Bindings except(Set<String> attributes) {
    return those(name -> !attributes.contains(name));
  }

  /** What some attributes are given. */
  Bindings only(Set<String> attributes) {
    return those(attributes::contains);
  }

  private Bindings those(Predicate<String> attributes) {
    Map<String, Assigned> some = new LinkedHashMap<>(assigned);
    some.keySet().removeIf(attributes.negate());
    return new Bindings(some);
  }

  /** What an attribute is given. */
  Optional<Assigned> find(String attribute) {
    return Optional.ofNullable(assigned.get(attribute));
  }

  /** Reports what is bound and does not exist. */
  void check(String annotation, Collection<String> attributes, Reporter reporter) {
    assigned.forEach(
        (name, value) -> {
          if (!attributes.contains(name)) {
            reporter.report(
                Message.A07_BINDING,
                value.at(),
                annotation,
                name,
                NearMiss.question(name, attributes),
                attributes.isEmpty() ? "no such attributes" : String.join(", ", attributes));
          }
        });
  }
}
