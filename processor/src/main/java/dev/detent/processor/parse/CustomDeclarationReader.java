package dev.detent.processor.parse;

import dev.detent.annotations.Initializer;
import dev.detent.annotations.OutputRange;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.NearMiss;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.expression.Expression;
import dev.detent.processor.expression.ExpressionException;
import dev.detent.processor.model.Argument;
import dev.detent.processor.model.Bound;
import dev.detent.processor.model.ClassRef;
import dev.detent.processor.parse.ConstructorParameters.Purpose;
import dev.detent.processor.parse.ConstructorParameters.Value;
import dev.detent.processor.parse.CustomDeclaration.Text;
import dev.detent.processor.parse.CustomDeclaration.WeightText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads and checks an annotation with {@code @CustomLayer}, from source or from a class file. */
final class CustomDeclarationReader {
  private static final String LAYER = "dev.detent.runtime.layer.LayerImplementation";
  private static final String STRING = String.class.getName();
  private static final Pattern WEIGHT_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern OF_ANOTHER_INPUT =
      Pattern.compile("(?:height|width|channels|rank)[2-9]");
  private static final int LOWEST = Byte.MIN_VALUE;
  private static final int HIGHEST = Byte.MAX_VALUE;

  private final Symbols symbols;
  private final TypeElement annotation;
  private final AttributeReader reader;
  private final Reporter reporter;

  CustomDeclarationReader(Symbols symbols, TypeElement annotation, Reporter reporter) {
    this.symbols = symbols;
    this.annotation = annotation;
    this.reporter = reporter;
    AnnotationMirror mirror = CustomDeclaration.mirror(annotation).orElseThrow();
    this.reader = new AttributeReader(annotation, mirror, reporter);
  }

  /** The declaration; empty if it is not valid, which is then reported. */
  Optional<CustomDeclaration> read() {
    int before = reporter.errors();
    List<ExecutableElement> parameters = parameters();
    Optional<ClassRef> implementation = implementation(parameters);
    Text shape = text("outputShape", reader.value("outputShape"), reader.at("outputShape"), true);
    List<WeightText> weights = weights();
    Text work =
        text(
            "multiplyAccumulates",
            reader.value("multiplyAccumulates"),
            reader.at("multiplyAccumulates"),
            false);
    int inputs = reader.value("inputs", Integer.class);
    boolean namesInputs = names(CustomDeclaration.NAMES).isPresent();
    if (inputs < 0) {
      reporter.report(Message.L04_FEW_INPUTS, reader.at("inputs"), inputs);
    } else if (inputs > 1 && !namesInputs) {
      reporter.report(Message.L04_UNNAMED_INPUTS, reader.at("inputs"), inputs, name());
    }
    OutputRange range = range();
    return reporter.errors() > before
        ? Optional.empty()
        : Optional.of(
            new CustomDeclaration(
                name(),
                implementation.orElseThrow(),
                parameters,
                inputs,
                namesInputs,
                shape,
                weights,
                work,
                reader.value("activation", Boolean.class),
                reader.value("batchNorm", Boolean.class),
                range,
                reader.value("scale", Double.class),
                reader.value("zeroPoint", Integer.class)));
  }

  private String name() {
    return annotation.getSimpleName().toString();
  }

  // ---------------------------------------------------------------- attributes and class

  /** The attribute of that name where it names layers. */
  private Optional<ExecutableElement> names(String wanted) {
    return Annotations.attributes(annotation).stream()
        .filter(each -> each.getSimpleName().contentEquals(wanted))
        .filter(each -> isInput(each))
        .findFirst();
  }

  private boolean isInput(ExecutableElement attribute) {
    TypeMirror type = attribute.getReturnType();
    return switch (attribute.getSimpleName().toString()) {
      case CustomDeclaration.FROM -> Symbols.isNamed(type, STRING);
      case CustomDeclaration.NAMES ->
          type instanceof ArrayType array && Symbols.isNamed(array.getComponentType(), STRING);
      default -> false;
    };
  }

  private List<ExecutableElement> parameters() {
    if (names(CustomDeclaration.FROM).isPresent() && names(CustomDeclaration.NAMES).isPresent()) {
      reporter.report(
          Message.L04_CUSTOM_LAYER, SourceRef.of(names(CustomDeclaration.FROM).get()), name());
    }
    return Annotations.attributes(annotation).stream().filter(each -> !isInput(each)).toList();
  }

  private Optional<ClassRef> implementation(List<ExecutableElement> attributes) {
    SourceRef at = reader.at("implementation");
    TypeMirror type = reader.value("implementation", TypeMirror.class);
    QuantizerClasses classes = new QuantizerClasses(symbols, reporter);
    Optional<TypeElement> found = Symbols.classOf(type);
    Optional<String> unfit = found.map(classes::unfit).orElse(Optional.of("is not a class"));
    if (unfit.isEmpty() && !symbols.isSubtype(found.get(), LAYER)) {
      unfit = Optional.of("is not a layer");
    }
    if (unfit.isPresent()) {
      reporter.report(Message.L01_CUSTOM_LAYER_CLASS, at, SourceText.of(type), name(), unfit.get());
      return Optional.empty();
    }
    List<Value> values = new ArrayList<>();
    boolean isComplete = true;
    for (ExecutableElement attribute : attributes) {
      if (!canBePassed(attribute.getReturnType())) {
        isComplete = false;
        reporter.report(
            Message.L02_TYPE,
            SourceRef.of(attribute),
            attribute.getSimpleName(),
            name(),
            SourceText.of(attribute.getReturnType()));
      }
      values.add(
          new Value(
              attribute.getSimpleName().toString(),
              attribute.getReturnType(),
              new Argument.Constant(0)));
    }
    boolean matches =
        isComplete
            && new ConstructorParameters(name(), values, true, Purpose.LAYER)
                .match(
                    found.get(), classes.constructors(found.get()), symbols.types(), reporter, at);
    return matches ? found.map(symbols::nameOf) : Optional.empty();
  }

  /** Of an annotation's attributes all but annotations can be. */
  private static boolean canBePassed(TypeMirror type) {
    TypeMirror component = type instanceof ArrayType array ? array.getComponentType() : type;
    return Symbols.classOf(component).map(Element::getKind).stream()
        .noneMatch(ElementKind.ANNOTATION_TYPE::equals);
  }

  // ---------------------------------------------------------------- shapes and weights

  private List<WeightText> weights() {
    List<WeightText> weights = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (AnnotationValue value : reader.values("weights")) {
      AttributeReader weight =
          new AttributeReader(
              annotation, AttributeReader.content(value, AnnotationMirror.class), reporter);
      String name = weight.value("name", String.class);
      if (!WEIGHT_NAME.matcher(name).matches() || !names.add(name)) {
        reporter.report(
            names.contains(name) ? Message.L04_WEIGHT_TWICE : Message.L04_WEIGHT_NAME,
            SourceRef.of(annotation, mirror(), weight.value("name")),
            name);
      }
      AnnotationValue shape = weight.value("shape");
      if (AttributeReader.content(shape, String.class).isBlank()) {
        reporter.report(
            Message.L03_NO_SHAPE,
            SourceRef.of(annotation, mirror(), shape),
            name,
            name(),
            CustomSizing.HIGHEST_RANK);
        continue;
      }
      weights.add(
          new WeightText(
              name,
              text(
                  "the shape of weight '" + name + "'",
                  shape,
                  SourceRef.of(annotation, mirror(), shape),
                  true),
              weight.value("initializer", Initializer.class),
              weight.value("quantized", Boolean.class)));
    }
    return weights;
  }

  private AnnotationMirror mirror() {
    return CustomDeclaration.mirror(annotation).orElseThrow();
  }

  private Text text(String what, AnnotationValue value, SourceRef at, boolean isList) {
    String text = AttributeReader.content(value, String.class);
    if (text.isBlank() && isList) {
      return new Text(text, List.of());
    }
    List<Expression> expressions = List.of();
    try {
      expressions = isList ? Expression.parseList(text) : List.of(Expression.parse(text));
      Set<String> known = known();
      for (Expression expression : expressions) {
        for (String name : expression.names()) {
          if (!known.contains(name) && !OF_ANOTHER_INPUT.matcher(name).matches()) {
            reporter.report(
                Message.L03_NAME,
                at,
                what,
                name(),
                text,
                name,
                NearMiss.question(name, known),
                String.join(", ", known));
          }
        }
      }
    } catch (ExpressionException e) {
      reporter.report(
          Message.L03_CUSTOM_LAYER_SHAPE, at, what, name(), text, String.valueOf(e.getMessage()));
    }
    return new Text(text, expressions);
  }

  private Set<String> known() {
    Set<String> known = new TreeSet<>(CustomSizing.SIZES);
    for (ExecutableElement attribute : Annotations.attributes(annotation)) {
      TypeKind kind = attribute.getReturnType().getKind();
      if (kind.isPrimitive() && kind != TypeKind.CHAR) {
        known.add(attribute.getSimpleName().toString());
      }
    }
    return known;
  }

  // ---------------------------------------------------------------- the range

  private OutputRange range() {
    OutputRange range = reader.value("range", OutputRange.class);
    double scale = reader.value("scale", Double.class);
    int zeroPoint = reader.value("zeroPoint", Integer.class);
    boolean hasScale = reader.isWritten("scale") || reader.isWritten("zeroPoint");
    if (range == OutputRange.AS_TFLITE) {
      reporter.report(Message.L04_RANGE, reader.at("range"));
    } else if (range == OutputRange.FIXED && !Bound.SCALE.allows(scale)) {
      reporter.report(Message.L04_SCALE, reader.at("scale"), scale, Bound.SCALE.text());
    } else if (range == OutputRange.FIXED && (zeroPoint < LOWEST || zeroPoint > HIGHEST)) {
      reporter.report(Message.L04_ZERO_POINT, reader.at("zeroPoint"), zeroPoint, LOWEST, HIGHEST);
    } else if (range != OutputRange.FIXED && hasScale) {
      reporter.report(
          Message.L04_NOT_FIXED, reader.at(reader.isWritten("scale") ? "scale" : "zeroPoint"));
    }
    return range;
  }
}
