package dev.detent.processor.parse;

import dev.detent.annotations.Layer;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.Declaration;
import dev.detent.processor.model.ModelDeclaration;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.SchemeDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Annotated class to {@link ModelDeclaration}. */
public final class ModelParser {
  private static final String LAYER = Layer.class.getName();

  /** As many parameters as a constructor has besides {@code this}. */
  private static final int MOST_INPUTS_AND_OUTPUTS = 254;

  private final Elements elements;
  private final Types types;
  private final Set<String> brokenSchemes;

  /**
   * A parser that looks classes up there.
   *
   * @param brokenSchemes names of schemes that are known not to be valid
   */
  public ModelParser(Elements elements, Types types, Set<String> brokenSchemes) {
    this.elements = elements;
    this.types = types;
    this.brokenSchemes = brokenSchemes;
  }

  /**
   * The declaration, followed by one of each variant; without the layers that are wrong, which are
   * reported.
   */
  public List<ModelDeclaration> parse(TypeElement type, Reporter reporter) {
    if (type.getKind() != ElementKind.CLASS) {
      reporter.report(
          Message.M01_NOT_A_CLASS,
          SourceRef.of(type),
          type.getSimpleName(),
          described(type.getKind()));
      return List.of();
    }
    checkClass(type, reporter);
    Map<String, Object> constants = Constants.of(type);
    List<ModelDeclaration> family = new ArrayList<>();
    family.add(parse(type, Optional.empty(), new Environment(constants), place -> place, reporter));
    for (VariantParser.Member member : new VariantParser(type, constants, reporter).parse()) {
      family.add(
          parse(
              type,
              Optional.of(member.name()),
              member.environment(),
              place -> place.usedBy(member.at()),
              reporter.within(member.at())));
    }
    return family;
  }

  private ModelDeclaration parse(
      TypeElement type,
      Optional<String> variant,
      Environment environment,
      DataFlow.Naming naming,
      Reporter reporter) {
    Symbols symbols = new Symbols(elements, types, type);
    QuantizationParser quantization = new QuantizationParser(symbols, reporter);
    FieldParser parser = new FieldParser(symbols, quantization, environment, List.of(), reporter);
    List<LayerDraft> drafts = new ArrayList<>();
    for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      if (isLayer(field, reporter)) {
        drafts.add(parser.parse(field));
      }
    }
    quantization.finish();
    checkParts(type, drafts, reporter);
    DataFlow flow = new DataFlow(drafts, naming, reporter);
    List<Declaration> resolved = flow.resolve();
    checkWidth(type, drafts, flow.outputs().size(), reporter);
    List<Declaration> layers = SharedWeights.check(resolved, flow::isWrong, reporter);
    SchemeDeclaration scheme = quantization.scheme(brokenSchemes);
    return new ModelDeclaration(
        symbols.nameOf(type),
        variant,
        type.getModifiers().contains(Modifier.PUBLIC),
        quantization.isWholeModel(),
        scheme,
        layers,
        flow.outputs());
  }

  private static String described(ElementKind kind) {
    return switch (kind) {
      case INTERFACE -> "an interface";
      case ENUM -> "an enum";
      case RECORD -> "a record";
      case ANNOTATION_TYPE -> "an annotation";
      default -> "not a class";
    };
  }

  private void checkClass(TypeElement type, Reporter reporter) {
    SourceRef at = SourceRef.of(type);
    String name = type.getSimpleName().toString();
    Set<Modifier> modifiers = type.getModifiers();
    if (modifiers.contains(Modifier.ABSTRACT)) {
      reporter.report(Message.M02_ABSTRACT_CLASS, at, name);
    }
    if (!type.getTypeParameters().isEmpty()) {
      reporter.report(Message.M03_GENERIC_CLASS, at, name);
    }
    if (modifiers.contains(Modifier.PRIVATE)) {
      reporter.report(Message.M04_PRIVATE_CLASS, at, name);
    }
    if (type.getNestingKind() == NestingKind.MEMBER && !modifiers.contains(Modifier.STATIC)) {
      reporter.report(
          Message.M05_INNER_CLASS,
          at,
          name,
          Objects.requireNonNull(type.getEnclosingElement()).getSimpleName());
    }
    Symbols.classOf(type.getSuperclass())
        .filter(parent -> !parent.getQualifiedName().contentEquals("java.lang.Object"))
        .ifPresent(
            parent -> reporter.report(Message.M06_SUBCLASS, at, name, parent.getSimpleName()));
  }

  /** Whether a field is a layer, or is meant as one: then what is wrong with it is reported. */
  static boolean isLayer(VariableElement field, Reporter reporter) {
    boolean isStatic = field.getModifiers().contains(Modifier.STATIC);
    boolean isLayer = Symbols.isNamed(ErroneousException.ifMissing(field.asType()), LAYER);
    boolean annotated =
        !BlockParser.blocksOf(field).isEmpty()
            || !CustomDeclaration.of(field).isEmpty()
            || new Annotations(field)
                .all().keySet().stream().anyMatch(name -> OperationKind.of(name).isPresent());
    if (isStatic && (isLayer || annotated)) {
      reporter.report(Message.F02_STATIC_LAYER, SourceRef.of(field), field.getSimpleName());
      return annotated;
    }
    if (!isStatic && !isLayer) {
      reporter.report(
          annotated ? Message.F01_FIELD_TYPE : Message.F01_CONSTANT,
          SourceRef.of(field),
          field.getSimpleName(),
          SourceText.of(field.asType()));
      return annotated;
    }
    return isLayer;
  }

  private static void checkWidth(
      TypeElement type, List<LayerDraft> drafts, int outputs, Reporter reporter) {
    long inputs = drafts.stream().filter(LayerDraft::isInput).count();
    if (inputs + outputs > MOST_INPUTS_AND_OUTPUTS) {
      reporter.report(
          Message.M13_TOO_WIDE,
          SourceRef.of(type),
          type.getSimpleName(),
          inputs,
          outputs,
          MOST_INPUTS_AND_OUTPUTS);
    }
  }

  private static void checkParts(TypeElement type, List<LayerDraft> drafts, Reporter reporter) {
    if (drafts.stream().allMatch(LayerDraft::isInput)) {
      reporter.report(
          drafts.isEmpty() ? Message.M08_WITHOUT_LAYERS : Message.M08_ONLY_INPUTS,
          SourceRef.of(type),
          type.getSimpleName());
    } else if (drafts.stream().noneMatch(LayerDraft::isInput)
        && drafts.stream().allMatch(draft -> draft.content().isPresent())) {
      reporter.report(Message.M07_WITHOUT_INPUT, SourceRef.of(type), type.getSimpleName());
    }
  }
}
