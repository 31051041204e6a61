package dev.detent.processor.parse;

import dev.detent.processor.diagnostic.Diagnostic;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.Argument;
import dev.detent.processor.model.CustomUse;
import dev.detent.processor.parse.Assignments.Assigned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads custom layers: the use of one on a field, and the declaration of one by itself. */
public final class CustomParser {
  private final Symbols symbols;
  private final Reporter reporter;

  CustomParser(Symbols symbols, Reporter reporter) {
    this.symbols = symbols;
    this.reporter = reporter;
  }

  /** Reports what is wrong with a declaration among the sources, where it is wrong. */
  public static void check(
      TypeElement annotation, Elements elements, Types types, Reporter reporter) {
    Symbols symbols = new Symbols(elements, types, annotation);
    new CustomDeclarationReader(symbols, annotation, reporter).read();
  }

  /** The use of a layer; empty if it is not valid, which is then reported. */
  Optional<CustomUse> read(VariableElement field, AnnotationMirror used, Bindings bindings) {
    SourceRef at = SourceRef.of(field, used);
    Reporter ofDeclaration = new Reporter();
    Optional<CustomDeclaration> found =
        new CustomDeclarationReader(symbols, Annotations.type(used), ofDeclaration).read();
    if (found.isEmpty()) {
      Diagnostic first = ofDeclaration.diagnostics().get(0);
      reporter.add(
          new Diagnostic(
              first.message(),
              at,
              Message.L04_INVALID.text(
                  field.getSimpleName(), Annotations.name(used), first.text())));
      return Optional.empty();
    }
    CustomDeclaration declaration = found.get();
    int before = reporter.errors();
    checkInputs(field, used, declaration);
    AttributeReader reader = new AttributeReader(field, used, reporter);
    List<Argument> arguments = new ArrayList<>();
    Map<String, Object> names = new HashMap<>();
    List<String> bindable = new ArrayList<>();
    for (ExecutableElement parameter : declaration.parameters()) {
      String name = parameter.getSimpleName().toString();
      TypeMirror type = parameter.getReturnType();
      if (isBindable(type)) {
        bindable.add(name);
      }
      argument(reader, name, type, bindings)
          .ifPresent(
              argument -> {
                arguments.add(argument);
                number(argument).ifPresent(value -> names.put(name, value));
              });
    }
    bindings.check(declaration.annotation(), bindable, reporter);
    return reporter.errors() > before
        ? Optional.empty()
        : Optional.of(
            new CustomUse(
                declaration.annotation(),
                declaration.implementation(),
                arguments,
                declaration.takesActivation(),
                declaration.takesBatchNorm(),
                declaration.range(),
                declaration.scale(),
                declaration.zeroPoint(),
                new CustomSizing(declaration, Map.copyOf(names))));
  }

  /** The layers that it names; empty if it reads the field above. */
  List<LayerDraft.Reference> references(VariableElement field, AnnotationMirror used) {
    AttributeReader reader = new AttributeReader(field, used, reporter);
    List<LayerDraft.Reference> references = new ArrayList<>();
    for (ExecutableElement attribute : Annotations.attributes(Annotations.type(used))) {
      String name = attribute.getSimpleName().toString();
      Object value = reader.value(name).getValue();
      if (name.equals(CustomDeclaration.NAMES) && value instanceof List<?>) {
        for (AnnotationValue each : reader.values(name)) {
          if (each.getValue() instanceof String layer) {
            references.add(new LayerDraft.Reference(layer, reader.at(each)));
          }
        }
      } else if (name.equals(CustomDeclaration.FROM)
          && value instanceof String layer
          && !layer.isEmpty()) {
        references.add(new LayerDraft.Reference(layer, reader.at(name)));
      }
    }
    return references;
  }

  private void checkInputs(
      VariableElement field, AnnotationMirror used, CustomDeclaration declaration) {
    if (!declaration.namesInputs()) {
      return;
    }
    int named = references(field, used).size();
    int wanted = declaration.inputs();
    if (wanted == 0 ? named == 0 : named != wanted) {
      reporter.report(
          Message.L05_CUSTOM_LAYER_INPUTS,
          new AttributeReader(field, used, reporter).at(CustomDeclaration.NAMES),
          field.getSimpleName(),
          named,
          declaration.annotation(),
          wanted == 0 ? "at least 1" : wanted);
    }
  }

  // ---------------------------------------------------------------- arguments

  private Optional<Argument> argument(
      AttributeReader reader, String name, TypeMirror type, Bindings bindings) {
    Optional<Assigned> bound = bindings.find(name).filter(each -> isBindable(type));
    if (bound.isEmpty()) {
      ArgumentReader arguments = new ArgumentReader(symbols);
      Optional<TypeElement> hidden = arguments.hidden(reader.value(name), type);
      if (hidden.isPresent()) {
        reporter.report(
            Message.L02_HIDDEN,
            reader.at(name),
            name,
            reader.annotation(),
            hidden.get().getSimpleName());
      }
      return arguments.read(reader.value(name), type);
    }
    if (reader.isWritten(name)) {
      reporter.report(Message.A07_BOUND_AND_WRITTEN, bound.get().at(), name, reader.annotation());
      return Optional.empty();
    }
    return bound(name, type, bound.get(), reader.annotation());
  }

  private Optional<Argument> bound(
      String name, TypeMirror type, Assigned bound, String annotation) {
    TypeMirror component = type instanceof ArrayType array ? array.getComponentType() : type;
    List<Argument> values = new ArrayList<>();
    for (Object value : bound.values()) {
      converted(value, component.getKind()).map(Argument.Constant::new).ifPresent(values::add);
    }
    boolean fits =
        values.size() == bound.values().size() && (type instanceof ArrayType || values.size() == 1);
    if (!fits) {
      reporter.report(
          Message.A07_BOUND_TYPE,
          bound.at(),
          name,
          annotation,
          "a value of type " + SourceText.of(type));
      return Optional.empty();
    }
    return Optional.of(
        type instanceof ArrayType
            ? new Argument.Array(ArgumentReader.primitive(component), values)
            : values.get(0));
  }

  private static Optional<Object> converted(Object value, TypeKind kind) {
    if (value instanceof Boolean) {
      return kind == TypeKind.BOOLEAN ? Optional.of(value) : Optional.empty();
    }
    double number = (Double) value;
    boolean isWhole = number == Math.rint(number);
    return switch (kind) {
      case DOUBLE -> Optional.of(number);
      case FLOAT ->
          Float.isInfinite((float) number) == Double.isInfinite(number)
              ? Optional.of((float) number)
              : Optional.empty();
      case INT -> isWhole && number == (int) number ? Optional.of((int) number) : Optional.empty();
      case LONG ->
          isWhole && Math.abs(number) < Long.MAX_VALUE
              ? Optional.of((long) number)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean isBindable(TypeMirror type) {
    TypeKind kind =
        type instanceof ArrayType array ? array.getComponentType().getKind() : type.getKind();
    return switch (kind) {
      case DOUBLE, FLOAT, INT, LONG -> true;
      case BOOLEAN -> !(type instanceof ArrayType);
      default -> false;
    };
  }

  /** What an argument is in an expression; empty if it cannot be in one. */
  private static Optional<Object> number(Argument argument) {
    if (argument instanceof Argument.Constant constant) {
      if (constant.value() instanceof Number number) {
        return Optional.of(number.doubleValue());
      }
      if (constant.value() instanceof Boolean) {
        return Optional.of(constant.value());
      }
    }
    return Optional.empty();
  }
}
