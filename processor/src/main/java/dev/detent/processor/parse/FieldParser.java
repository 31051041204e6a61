package dev.detent.processor.parse;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Output;
import dev.detent.annotations.Padding;
import dev.detent.annotations.When;
import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.CustomUse;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.OperationKind.Stacks;
import dev.detent.processor.model.QuantizationRequest;
import dev.detent.processor.model.StackedActivation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads one field of type {@code Layer}. */
final class FieldParser {
  /** What TensorFlow takes as the first name of a scope. */
  private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9.][A-Za-z0-9_.\\-/]*");

  private static final String FROM = "from";

  /** The layers that may have zeros in front of a sequence alone. */
  private static final Set<OperationKind> CAUSAL =
      EnumSet.of(OperationKind.CONV_1D, OperationKind.SEPARABLE_CONV_1D);

  private final QuantizationParser quantization;
  private final Environment environment;
  private final BlockParser blocks;
  private final CustomParser customs;
  private final Reporter reporter;

  /**
   * A parser of the fields of one class.
   *
   * @param environment the names that expressions can use
   * @param around the blocks that the class is in
   */
  FieldParser(
      Elements elements,
      Types types,
      QuantizationParser quantization,
      Environment environment,
      List<String> around,
      Reporter reporter) {
    this.quantization = quantization;
    this.environment = environment;
    this.customs = new CustomParser(elements, types, quantization.root(), reporter);
    this.blocks = new BlockParser(elements, types, environment, around, reporter);
    this.reporter = reporter;
  }

  /** An annotation of the field that is a row of the table. */
  private record Written(OperationKind kind, AnnotationMirror mirror) {
    String name() {
      return "@" + Annotations.type(mirror).getSimpleName();
    }
  }

  LayerDraft parse(VariableElement field) {
    String name = field.getSimpleName().toString();
    Annotations annotations = new Annotations(field);
    checkName(field, name);
    int before = reporter.errors();
    boolean isAbsent = isAbsent(field, annotations);
    List<Written> operations = new ArrayList<>();
    List<Written> activations = new ArrayList<>();
    List<Written> norms = new ArrayList<>();
    for (Map.Entry<String, AnnotationMirror> entry : annotations.all().entrySet()) {
      OperationKind kind = OperationKind.of(entry.getKey());
      if (kind == OperationKind.BATCH_NORM) {
        norms.add(new Written(kind, entry.getValue()));
      } else if (kind != null) {
        (kind.isActivation() ? activations : operations).add(new Written(kind, entry.getValue()));
      }
    }
    CustomDeclaration.of(field)
        .forEach(mirror -> operations.add(new Written(OperationKind.CUSTOM, mirror)));
    List<AnnotationMirror> blockMirrors = BlockParser.blocksOf(field);
    if (!blockMirrors.isEmpty()) {
      return block(field, annotations, isAbsent, blockMirrors, operations, activations)
          .validIf(reporter.errors() == before);
    }
    checkOrder(field, annotations, activations);
    if (operations.isEmpty() && !norms.isEmpty()) {
      operations.addAll(norms);
    } else if (operations.isEmpty()) {
      operations.addAll(activations);
      activations.clear();
    }
    Optional<QuantizationRequest> config = Optional.empty();
    List<LayerDraft.Reference> references = List.of();
    Optional<LayerDraft.Content> body = Optional.empty();
    if (operations.isEmpty()) {
      quantization.of(field, annotations, OperationKind.CUSTOM);
      reportNoOperation(field, name);
    } else {
      Written operation = operations.get(0);
      checkOneOperation(field, name, operations);
      Bindings all = Bindings.of(field, annotations, environment, reporter);
      Bindings bindings = ofOperation(all, operation, annotations, activations);
      Optional<CustomUse> custom =
          operation.kind() == OperationKind.CUSTOM
              ? customs.read(field, operation.mirror(), bindings)
              : Optional.empty();
      Predicate<Stacks> stacks =
          stacked ->
              operation.kind() == OperationKind.CUSTOM
                  ? custom.map(use -> use.takes(stacked)).orElse(true)
                  : operation.kind().takes(stacked);
      Optional<StackedActivation> activation = stacked(field, operation, activations, all);
      Optional<Attributes> batchNorm = batchNorm(field, operation, annotations, stacks, all);
      config = quantization.of(field, annotations, operation.kind());
      AttributeReader reader = new AttributeReader(field, operation.mirror(), bindings, reporter);
      Optional<Attributes> attributes = reader.read(operation.kind().attributes());
      if (operation.kind() != OperationKind.CUSTOM) {
        reader.checkBindings(operation.kind().attributes());
      }
      attributes.ifPresent(read -> checkTogether(reader, operation, read));
      references =
          operation.kind() == OperationKind.CUSTOM
              ? customs.references(field, operation.mirror())
              : references(operation, reader);
      if (reporter.errors() == before && attributes.isPresent()) {
        body =
            Optional.of(
                new LayerDraft.Body(
                    operation.kind(),
                    SourceRef.of(field, operation.mirror()),
                    attributes.get(),
                    batchNorm,
                    activation,
                    stacked(field, annotations),
                    config,
                    custom));
      }
    }
    return new LayerDraft(
        name, SourceRef.of(field), annotations.has(Output.class), isAbsent, body, references);
  }

  private LayerDraft block(
      VariableElement field,
      Annotations annotations,
      boolean isAbsent,
      List<AnnotationMirror> mirrors,
      List<Written> operations,
      List<Written> activations) {
    String name = field.getSimpleName().toString();
    AnnotationMirror block = mirrors.get(0);
    List<AnnotationMirror> others = new ArrayList<>(mirrors.subList(1, mirrors.size()));
    operations.forEach(operation -> others.add(operation.mirror()));
    activations.forEach(activation -> others.add(activation.mirror()));
    annotations.find(BatchNorm.class).ifPresent(others::add);
    for (AnnotationMirror other : others) {
      reporter.report(
          DiagnosticId.FIELD_TWO_OPERATIONS,
          SourceRef.of(field, other),
          "Layer '"
              + name
              + "' is the block @"
              + Annotations.type(block).getSimpleName()
              + " and has @"
              + Annotations.type(other).getSimpleName()
              + " too; one field is one layer or one block. Give @"
              + Annotations.type(other).getSimpleName()
              + " a field of its own.");
    }
    return new LayerDraft(
        name,
        SourceRef.of(field),
        annotations.has(Output.class),
        isAbsent,
        blocks.parse(
            field,
            block,
            Bindings.of(field, annotations, environment, reporter),
            quantization,
            quantization.ofBlock(field, annotations)),
        blocks.references(field, block));
  }

  /** Whether a condition leaves the layer out. */
  private boolean isAbsent(VariableElement field, Annotations annotations) {
    return annotations
        .find(When.class)
        .map(mirror -> new AttributeReader(field, mirror, reporter))
        .flatMap(
            reader ->
                environment.test(reader.value("value", String.class), reader.at("value"), reporter))
        .map(exists -> !exists)
        .orElse(false);
  }

  /** Where each annotation is that may stand behind an operation. */
  private static Map<String, SourceRef> stacked(VariableElement field, Annotations annotations) {
    Map<String, SourceRef> places = new LinkedHashMap<>();
    annotations.all().forEach((name, mirror) -> places.put(name, SourceRef.of(field, mirror)));
    return places;
  }

  private void checkName(VariableElement field, String name) {
    if (!SCOPE.matcher(name).matches()) {
      reporter.report(
          DiagnosticId.FIELD_NAME,
          SourceRef.of(field),
          "The layer's name '"
              + name
              + "' is also its name in TensorFlow, which takes ASCII letters, digits and, behind"
              + " the first character, underscores. Rename the field.");
    }
  }

  /** A batch norm stands before the activation; who writes it behind means another network. */
  private void checkOrder(
      VariableElement field, Annotations annotations, List<Written> activations) {
    List<AnnotationMirror> order = List.copyOf(annotations.all().values());
    annotations
        .find(BatchNorm.class)
        .filter(
            norm ->
                activations.stream()
                    .anyMatch(each -> order.indexOf(each.mirror()) < order.indexOf(norm)))
        .ifPresent(
            norm ->
                reporter.report(
                    DiagnosticId.FUSE_BATCH_NORM_LAST,
                    SourceRef.of(field, norm),
                    "@BatchNorm is written behind "
                        + activations.get(0).name()
                        + ", but on one field it stands before the activation. Write it in front of "
                        + activations.get(0).name()
                        + ", or, to normalize what "
                        + activations.get(0).name()
                        + " yields, give it a field of its own below: @BatchNorm Layer "
                        + field.getSimpleName()
                        + "Norm;"));
  }

  private void reportNoOperation(VariableElement field, String name) {
    reporter.report(
        DiagnosticId.FIELD_WITHOUT_OPERATION,
        SourceRef.of(field),
        "Layer '"
            + name
            + "' has no operation; annotate the field with one, such as @Conv2D, @Dense or"
            + " @Input.");
  }

  private void checkOneOperation(VariableElement field, String name, List<Written> operations) {
    for (Written second : operations.subList(1, operations.size())) {
      reporter.report(
          DiagnosticId.FIELD_TWO_OPERATIONS,
          SourceRef.of(field, second.mirror()),
          "Layer '"
              + name
              + "' has two operations, "
              + operations.get(0).name()
              + " and "
              + second.name()
              + "; one field is one layer. Give "
              + second.name()
              + " a field of its own.");
    }
  }

  /** What is bound of the operation: all but what only those behind it have. */
  private static Bindings ofOperation(
      Bindings all, Written operation, Annotations annotations, List<Written> activations) {
    Set<String> behind = new HashSet<>();
    activations.forEach(each -> behind.addAll(attributesBehind(operation, each.mirror())));
    annotations
        .find(BatchNorm.class)
        .ifPresent(norm -> behind.addAll(attributesBehind(operation, norm)));
    return all.except(behind);
  }

  /** The attributes of a batch norm or an activation that the operation has not. */
  private static Set<String> attributesBehind(Written operation, AnnotationMirror stacked) {
    Set<String> names = Annotations.attributes(stacked);
    names.removeAll(Annotations.attributes(operation.mirror()));
    return names;
  }

  private AttributeReader readerBehind(
      VariableElement field, Written operation, AnnotationMirror stacked, Bindings all) {
    Bindings own = all.only(attributesBehind(operation, stacked));
    return new AttributeReader(field, stacked, own, reporter);
  }

  private Optional<StackedActivation> stacked(
      VariableElement field, Written operation, List<Written> activations, Bindings all) {
    for (Written activation : activations) {
      SourceRef at = SourceRef.of(field, activation.mirror());
      if (operation.kind().reads() == OperationKind.Reads.NOTHING) {
        reporter.report(
            DiagnosticId.FUSE_ACTIVATION,
            at,
            activation.name()
                + " cannot stand behind "
                + operation.name()
                + ": an input holds what the model is fed. Give it a field of its own below this"
                + " one: "
                + activation.name()
                + " Layer "
                + field.getSimpleName()
                + "Activation;");
      }
      AttributeReader reader = new AttributeReader(field, activation.mirror(), reporter);
      if (reader.isWritten(FROM)) {
        reporter.report(
            DiagnosticId.FIELD_FROM_ON_ACTIVATION,
            reader.at(FROM),
            activation.name()
                + " is part of this layer, so it reads nothing itself. Move 'from' to "
                + operation.name()
                + ", or give "
                + activation.name()
                + " a field of its own.");
      }
    }
    if (activations.size() > 1) {
      reporter.report(
          DiagnosticId.FUSE_TWO_ACTIVATIONS,
          SourceRef.of(field, activations.get(1).mirror()),
          "Layer '"
              + field.getSimpleName()
              + "' has two activations, "
              + activations.get(0).name()
              + " and "
              + activations.get(1).name()
              + ", which exclude each other. Remove one.");
    }
    if (activations.isEmpty()) {
      return Optional.empty();
    }
    Written activation = activations.get(0);
    AttributeReader reader = readerBehind(field, operation, activation.mirror(), all);
    reader.checkBindings(activation.kind().attributes());
    return reader
        .read(activation.kind().attributes())
        .map(
            attributes ->
                new StackedActivation(
                    activation.kind(), attributes, SourceRef.of(field, activation.mirror())));
  }

  private Optional<Attributes> batchNorm(
      VariableElement field,
      Written operation,
      Annotations annotations,
      Predicate<Stacks> stacks,
      Bindings all) {
    Optional<AnnotationMirror> mirror = annotations.find(BatchNorm.class);
    if (mirror.isEmpty() || operation.kind() == OperationKind.BATCH_NORM) {
      return Optional.empty();
    }
    AttributeReader reader = readerBehind(field, operation, mirror.get(), all);
    if (reader.isWritten(FROM)) {
      reporter.report(
          DiagnosticId.FIELD_FROM_ON_ACTIVATION,
          reader.at(FROM),
          "@BatchNorm is part of this layer, so it reads nothing itself. Move 'from' to "
              + operation.name()
              + ", or give @BatchNorm a field of its own.");
    }
    if (!stacks.test(Stacks.BATCH_NORM)) {
      reporter.report(
          DiagnosticId.FUSE_BATCH_NORM,
          SourceRef.of(field, mirror.get()),
          "@BatchNorm cannot be folded into "
              + operation.name()
              + (operation.kind() == OperationKind.CUSTOM
                  ? ", whose @CustomLayer does not say batchNorm = true; it"
                  : ", which has no kernel; it")
              + " is folded into "
              + OperationKind.thatTake(Stacks.BATCH_NORM)
              + ". Move it to the field of one of these, or give it a field of its own below this"
              + " one.");
      return Optional.empty();
    }
    reader.checkBindings(AttributeKey.BATCH_NORM);
    return reader.read(AttributeKey.BATCH_NORM);
  }

  private List<LayerDraft.Reference> references(Written operation, AttributeReader reader) {
    List<LayerDraft.Reference> references = new ArrayList<>();
    switch (operation.kind().reads()) {
      case NOTHING -> {}
      case ONE -> {
        String from = reader.value(FROM, String.class);
        if (!from.isEmpty()) {
          references.add(new LayerDraft.Reference(from, reader.at(FROM)));
        }
      }
      case NAMED -> {
        for (AnnotationValue value : reader.values(AttributeKey.MERGED.name())) {
          references.add(
              new LayerDraft.Reference(
                  AttributeReader.content(value, String.class), reader.at(value)));
        }
      }
    }
    return references;
  }

  /** What no attribute shows by itself. */
  private void checkTogether(AttributeReader reader, Written operation, Attributes attributes) {
    List<AttributeKey<?>> keys = operation.kind().attributes();
    if (keys.contains(AttributeKey.DILATION_RATE)
        && attributes.get(AttributeKey.STRIDES).isAboveOne()
        && attributes.get(AttributeKey.DILATION_RATE).isAboveOne()) {
      reporter.report(
          DiagnosticId.ATTRIBUTE_STRIDES_AND_DILATION,
          attributes.at(AttributeKey.DILATION_RATE),
          operation.name()
              + " has strides "
              + attributes.get(AttributeKey.STRIDES)
              + " and dilationRate "
              + attributes.get(AttributeKey.DILATION_RATE)
              + "; as in Keras, only one of them may be above 1.");
    }
    if (keys.contains(AttributeKey.USE_BIAS)
        && !attributes.get(AttributeKey.USE_BIAS)
        && reader.isWritten(AttributeKey.BIAS_INITIALIZER.name())) {
      reporter.report(
          DiagnosticId.ATTRIBUTE_BIAS_INITIALIZER,
          attributes.at(AttributeKey.BIAS_INITIALIZER),
          operation.name()
              + " has a biasInitializer, but useBias = false leaves no bias to start. Remove one"
              + " of the two.");
    }
    if (keys.contains(AttributeKey.PADDING)
        && attributes.get(AttributeKey.PADDING) == Padding.CAUSAL
        && !CAUSAL.contains(operation.kind())) {
      reporter.report(
          DiagnosticId.ATTRIBUTE_RANGE,
          attributes.at(AttributeKey.PADDING),
          "padding of "
              + operation.name()
              + " is CAUSAL; only @Conv1D and @SeparableConv1D have that. It must be VALID or"
              + " SAME.");
    }
    if (operation.kind() == OperationKind.RESHAPE) {
      List<Integer> shape = attributes.get(AttributeKey.RESHAPE_SHAPE);
      if (shape.contains(0) || shape.stream().filter(size -> size == -1).count() > 1) {
        reporter.report(
            DiagnosticId.ATTRIBUTE_RESHAPE,
            attributes.at(AttributeKey.RESHAPE_SHAPE),
            "shape of @Reshape is "
                + shape
                + "; each size is at least 1, and at most one is -1, which is then worked out.");
      }
    }
  }
}
