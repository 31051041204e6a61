package dev.detent.processor.parse;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationValue;

/** Texts of the form {@code name = expression}, and what the expressions come to. */
final class Assignments {
  /** A name, an equals sign that is not part of a comparison, and the rest. */
  private static final Pattern FORM =
      Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*=(?!=)(.*)", Pattern.DOTALL);

  /**
   * What a name is given.
   *
   * @param values numbers and booleans, at least one
   * @param at where it was written
   */
  record Assigned(List<Object> values, SourceRef at) {}

  private Assignments() {}

  /** What each name is given; without those that are wrong, which are reported. */
  static Map<String, Assigned> read(
      AttributeReader reader, String attribute, Environment environment, Reporter reporter) {
    Map<String, Assigned> all = new LinkedHashMap<>();
    for (AnnotationValue value : reader.values(attribute)) {
      String text = AttributeReader.content(value, String.class);
      SourceRef at = reader.at(value);
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        reporter.report(Message.A08_ASSIGNMENT, at, text);
        continue;
      }
      Optional<List<Object>> values = environment.evaluate(matcher.group(2).strip(), at, reporter);
      if (values.isPresent()
          && all.putIfAbsent(matcher.group(1), new Assigned(values.get(), at)) != null) {
        reporter.report(Message.A07_BOUND_TWICE, at, matcher.group(1));
      }
    }
    return all;
  }
}
