package dev.detent.processor.parse;

import dev.detent.annotations.Block;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.QuantizationRequest;
import dev.detent.processor.parse.Assignments.Assigned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;

/** Reads the use of a block: a field with an annotation that has {@code @Block}. */
final class BlockParser {
  /** The member class of a block's annotation that has the layers. */
  static final String LAYERS = "Layers";

  /** How often the block stands there. */
  private static final String REPEAT = "repeat";

  private static final String FROM = "from";

  /**
   * More repetitions than any network has; a slip of the pen is told before it fills the memory.
   */
  private static final int MOST_REPETITIONS = 1000;

  private final Symbols symbols;
  private final Environment environment;
  private final List<String> around;
  private final Reporter reporter;

  /**
   * A parser.
   *
   * @param environment the names around the use
   * @param around the blocks around the use, by their annotations' names
   */
  BlockParser(Symbols symbols, Environment environment, List<String> around, Reporter reporter) {
    this.symbols = symbols;
    this.environment = environment;
    this.around = around;
    this.reporter = reporter;
  }

  /** The annotations of a field that are blocks. */
  static List<AnnotationMirror> blocksOf(VariableElement field) {
    return new ArrayList<>(
        field.getAnnotationMirrors().stream()
            .filter(mirror -> new Annotations(Annotations.type(mirror)).has(Block.class))
            .toList());
  }

  /** Whether a class has the layers of a block. */
  static boolean isBlock(Element layers) {
    Element annotation = layers.getEnclosingElement();
    return annotation != null
        && annotation.getKind() == ElementKind.ANNOTATION_TYPE
        && layers.getSimpleName().contentEquals(LAYERS)
        && new Annotations(annotation).has(Block.class);
  }

  /** What a use becomes; empty if it is wrong, which is reported. */
  Optional<LayerDraft.Content> parse(
      VariableElement field,
      AnnotationMirror mirror,
      Bindings bindings,
      QuantizationParser quantization,
      Optional<QuantizationRequest> config) {
    int before = reporter.errors();
    TypeElement annotation = Annotations.type(mirror);
    SourceRef at = SourceRef.of(field, mirror);
    Map<String, Object> parameters = parameters(field, mirror, bindings);
    int repeat = repeat(field, mirror, parameters);
    Optional<TypeElement> layers = layers(annotation, at);
    String name = annotation.getQualifiedName().toString();
    if (around.contains(name)) {
      reporter.report(Message.B03_BLOCK_IN_ITSELF, at, annotation.getSimpleName());
    }
    if (reporter.errors() > before || layers.isEmpty()) {
      return Optional.empty();
    }
    List<String> inside = new ArrayList<>(around);
    inside.add(name);
    var parts =
        new BlockExpansion.Parts(
            symbols,
            layers.get(),
            environment,
            parameters,
            repeat,
            SourceRef.of(field, mirror),
            inside,
            quantization,
            config);
    return Optional.of(
        new LayerDraft.BlockBody(
            at, (own, input) -> new BlockExpansion(parts, own, input, 0).asUse()));
  }

  /** The layer that a block reads, if it says so. */
  List<LayerDraft.Reference> references(VariableElement field, AnnotationMirror mirror) {
    AttributeReader reader = new AttributeReader(field, mirror, reporter);
    if (!Annotations.attributeNames(mirror).contains(FROM)) {
      return List.of();
    }
    String from = String.valueOf(reader.value(FROM).getValue());
    return from.isEmpty() ? List.of() : List.of(new LayerDraft.Reference(from, reader.at(FROM)));
  }

  private Optional<TypeElement> layers(TypeElement annotation, SourceRef at) {
    Optional<TypeElement> layers =
        ElementFilter.typesIn(annotation.getEnclosedElements()).stream()
            .filter(type -> type.getSimpleName().contentEquals(LAYERS))
            .findFirst();
    if (layers.isEmpty() || layers.get().getKind() != ElementKind.CLASS) {
      reporter.report(Message.B01_BLOCK_WITHOUT_LAYERS, at, annotation.getSimpleName());
      return Optional.empty();
    }
    return layers;
  }

  private Map<String, Object> parameters(
      VariableElement field, AnnotationMirror mirror, Bindings bindings) {
    AttributeReader reader = new AttributeReader(field, mirror, reporter);
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (ExecutableElement attribute : Annotations.attributes(Annotations.type(mirror))) {
      String name = attribute.getSimpleName().toString();
      if (name.equals(FROM)) {
        continue;
      }
      TypeKind type = ErroneousException.ifMissing(attribute.getReturnType()).getKind();
      boolean flag = type == TypeKind.BOOLEAN;
      if (!flag && (!type.isPrimitive() || type == TypeKind.CHAR)) {
        reporter.report(
            Message.B02_BLOCK_PARAMETER,
            SourceRef.of(field, mirror),
            name,
            Annotations.name(mirror),
            SourceText.of(attribute.getReturnType()));
        continue;
      }
      Object outer = environment.values().get(name);
      Optional<Assigned> bound = bindings.find(name);
      if (bound.isPresent()) {
        bound(mirror, name, bound.get(), flag).ifPresent(value -> parameters.put(name, value));
      } else if (!reader.isWritten(name) && outer != null && outer instanceof Boolean == flag) {
        parameters.put(name, outer);
      } else {
        parameters.put(
            name,
            flag
                ? reader.value(name, Boolean.class)
                : (Object) reader.value(name, Number.class).doubleValue());
      }
    }
    bindings.check(Annotations.name(mirror), parameters.keySet(), reporter);
    return parameters;
  }

  private Optional<Object> bound(
      AnnotationMirror mirror, String name, Assigned bound, boolean flag) {
    Object value = bound.values().get(0);
    if (bound.values().size() == 1 && value instanceof Boolean == flag) {
      return Optional.of(value);
    }
    reporter.report(
        Message.A07_BOUND_TYPE,
        bound.at(),
        name,
        Annotations.name(mirror),
        flag ? "true or false" : "one number");
    return Optional.empty();
  }

  private int repeat(
      VariableElement field, AnnotationMirror mirror, Map<String, Object> parameters) {
    Object repeat = parameters.getOrDefault(REPEAT, 1.0);
    if (repeat instanceof Double number
        && number == Math.rint(number)
        && number >= 1
        && number <= MOST_REPETITIONS) {
      return number.intValue();
    }
    AttributeReader reader = new AttributeReader(field, mirror, reporter);
    reporter.report(
        Message.B02_REPEAT,
        reader.at(REPEAT),
        Annotations.name(mirror),
        Environment.show(repeat),
        MOST_REPETITIONS);
    return 1;
  }
}
