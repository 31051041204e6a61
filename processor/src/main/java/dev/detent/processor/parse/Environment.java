package dev.detent.processor.parse;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.NearMiss;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.expression.Expression;
import dev.detent.processor.expression.ExpressionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The values that names have in expressions.
 *
 * @param values a {@link Double} or {@link Boolean} for each
 */
record Environment(Map<String, Object> values) {
  Environment {
    values = Map.copyOf(values);
  }

  /**
   * The sizes of an input by name.
   *
   * @param suffix what tells its names from those of another input
   */
  static Map<String, Object> sizes(List<Integer> shape, String suffix) {
    Map<String, Object> sizes = new TreeMap<>();
    int rank = shape.size();
    sizes.put("channels" + suffix, (double) shape.get(rank - 1));
    if (rank > 1) {
      sizes.put("height" + suffix, (double) shape.get(0));
    }
    if (rank > 2) {
      sizes.put("width" + suffix, (double) shape.get(1));
    }
    return sizes;
  }

  /** The same with more names, which hide those of before. */
  Environment with(Map<String, Object> more) {
    Map<String, Object> all = new TreeMap<>(values);
    all.putAll(more);
    return new Environment(all);
  }

  /** The values of a list or of one expression; empty if it has none, which is then reported. */
  Optional<List<Object>> evaluate(String text, SourceRef at, Reporter reporter) {
    try {
      List<Object> all = new ArrayList<>();
      for (Expression expression : Expression.parseList(text)) {
        for (String name : expression.names()) {
          if (!values.containsKey(name)) {
            reportUnknown(name, text, at, reporter);
            return Optional.empty();
          }
        }
        all.add(expression.evaluate(values));
      }
      return Optional.of(all);
    } catch (ExpressionException e) {
      reporter.report(Message.A08_EVALUATION, at, text, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Whether a condition holds; empty if it cannot be told, which is then reported. */
  Optional<Boolean> test(String text, SourceRef at, Reporter reporter) {
    Optional<List<Object>> all = evaluate(text, at, reporter);
    if (all.isPresent() && !(all.get().size() == 1 && all.get().get(0) instanceof Boolean)) {
      reporter.report(Message.A08_CONDITION, at, text);
      return Optional.empty();
    }
    return all.map(values -> (Boolean) values.get(0));
  }

  private void reportUnknown(String name, String text, SourceRef at, Reporter reporter) {
    if (values.isEmpty()) {
      reporter.report(Message.A08_WITHOUT_NAMES, at, name, text);
    } else {
      reporter.report(
          Message.A08_EXPRESSION,
          at,
          name,
          text,
          NearMiss.question(name, values.keySet()),
          String.join(", ", new TreeSet<>(values.keySet())));
    }
  }

  /** Whole numbers without a point. */
  static String show(Object value) {
    return value instanceof Double number && number == number.longValue() && number < Long.MAX_VALUE
        ? String.valueOf(number.longValue())
        : String.valueOf(value);
  }
}
