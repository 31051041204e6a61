package dev.detent.processor.parse;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.expression.Expression;
import dev.detent.processor.expression.ExpressionException;
import dev.detent.processor.model.Bound;
import dev.detent.processor.model.CustomUse;
import dev.detent.processor.parse.CustomDeclaration.Text;
import dev.detent.processor.parse.CustomDeclaration.WeightText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Works out the shapes of one use of a custom layer.
 *
 * @param declaration the layer
 * @param parameters the attributes that are numbers or booleans
 */
record CustomSizing(CustomDeclaration declaration, Map<String, Object> parameters)
    implements CustomUse.Sizing {
  /** The names of an input's sizes, of the second one with a 2 appended. */
  static final List<String> SIZES = List.of("height", "width", "channels", "rank");

  /** A tensor has no more sizes, the batch apart, than TFLite's kernels take. */
  static final int HIGHEST_RANK = 4;

  /** More than any device computes for one example; a sum over layers has room above it. */
  private static final Bound WORK = new Bound("0 to 1e15", 0, true, 1e15, true);

  /** Where the sizes of one use are worked out. */
  private record Place(
      String layer,
      Map<String, Object> names,
      List<List<Integer>> inputs,
      SourceRef at,
      Reporter reporter) {}

  @Override
  public Optional<CustomUse.Sizes> of(
      List<List<Integer>> inputs, String layer, SourceRef at, Reporter reporter) {
    Place place = new Place(layer, names(inputs), inputs, at, reporter);
    int before = reporter.errors();
    List<Integer> output =
        declaration.shape().expressions().isEmpty()
            ? inputs.get(0)
            : sizes(declaration.shape(), "outputShape", place);
    List<CustomUse.Weight> weights = new ArrayList<>();
    for (WeightText weight : declaration.weights()) {
      List<Integer> shape =
          sizes(weight.shape(), "the shape of weight '" + weight.name() + "'", place);
      weights.add(
          new CustomUse.Weight(weight.name(), shape, weight.initializer(), weight.isQuantized()));
    }
    List<Double> work = numbers(declaration.multiplyAccumulates(), "multiplyAccumulates", place);
    if (reporter.errors() == before && !WORK.allows(work.get(0))) {
      report(
          Message.L03_WORK,
          declaration.multiplyAccumulates(),
          "multiplyAccumulates",
          Environment.show(work.get(0)),
          place,
          WORK.text());
    }
    return reporter.errors() > before
        ? Optional.empty()
        : Optional.of(new CustomUse.Sizes(output, weights, Math.round(work.get(0))));
  }

  private Map<String, Object> names(List<List<Integer>> inputs) {
    Map<String, Object> names = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      List<Integer> shape = inputs.get(i);
      String suffix = i == 0 ? "" : String.valueOf(i + 1);
      names.putAll(Environment.sizes(shape, suffix));
      names.put("rank" + suffix, (double) shape.size());
    }
    names.putAll(parameters);
    return names;
  }

  private List<Integer> sizes(Text text, String what, Place place) {
    List<Integer> sizes = new ArrayList<>();
    for (double number : numbers(text, what, place)) {
      if (number != Math.rint(number) || number < 1 || number > Integer.MAX_VALUE) {
        report(Message.L03_SIZE, text, what, Environment.show(number), place);
        return List.of();
      }
      sizes.add((int) number);
    }
    if (sizes.size() > HIGHEST_RANK) {
      report(Message.L03_RANK, text, what, sizes.size(), place, HIGHEST_RANK);
    }
    return sizes;
  }

  /** The values, or none if one has none, which is then reported. */
  private List<Double> numbers(Text text, String what, Place place) {
    List<Double> numbers = new ArrayList<>();
    try {
      for (Expression expression : text.expressions()) {
        if (!(expression.evaluate(place.names()) instanceof Double number)) {
          throw new ExpressionException("a size is a number, not true or false");
        }
        numbers.add(number);
      }
      return numbers;
    } catch (ExpressionException e) {
      report(Message.L03_EVALUATION, text, what, String.valueOf(e.getMessage()), place);
      return List.of();
    }
  }

  private void report(
      Message message, Text text, String what, Object value, Place place, Object... more) {
    Object inputs = place.inputs().size() == 1 ? place.inputs().get(0) : place.inputs();
    Stream<Object> values =
        Stream.of(what, declaration.annotation(), text.text(), value, place.layer(), inputs);
    place.reporter().report(message, place.at(), Stream.concat(values, Stream.of(more)).toArray());
  }
}
