package dev.detent.processor.parse;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bidirectional;
import dev.detent.annotations.MergeMode;
import dev.detent.annotations.Output;
import dev.detent.annotations.Padding;
import dev.detent.annotations.When;
import dev.detent.processor.diagnostic.Message;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.VariableElement;

/** Reads one field of type {@code Layer}. */
final class FieldParser {
  /** What TensorFlow takes as the first name of a scope. */
  private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9.][A-Za-z0-9_.\\-/]*");

  private static final String FROM = "from";

  /** The layers that may have zeros in front of a sequence alone. */
  private static final Set<OperationKind> CAUSAL =
      EnumSet.of(
          OperationKind.CONV_1D, OperationKind.SEPARABLE_CONV_1D, OperationKind.DEPTHWISE_CONV_1D);

  /** The layers that {@code @Bidirectional} stacks on. */
  private static final Set<OperationKind> RECURRENT =
      EnumSet.of(OperationKind.LSTM, OperationKind.GRU);

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
      Symbols symbols,
      QuantizationParser quantization,
      Environment environment,
      List<String> around,
      Reporter reporter) {
    this.quantization = quantization;
    this.environment = environment;
    this.customs = new CustomParser(symbols, reporter);
    this.blocks = new BlockParser(symbols, environment, around, reporter);
    this.reporter = reporter;
  }

  /** An annotation of the field that is a row of the table. */
  private record Written(OperationKind kind, AnnotationMirror mirror) {
    String name() {
      return Annotations.name(mirror);
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
    Optional<AnnotationMirror> norm = annotations.find(BatchNorm.class);
    for (Map.Entry<String, AnnotationMirror> entry : annotations.all().entrySet()) {
      OperationKind.of(entry.getKey())
          .filter(kind -> kind != OperationKind.BATCH_NORM)
          .map(kind -> new Written(kind, entry.getValue()))
          .ifPresent(
              written -> (written.kind().isActivation() ? activations : operations).add(written));
    }
    CustomDeclaration.of(field)
        .forEach(mirror -> operations.add(new Written(OperationKind.CUSTOM, mirror)));
    List<AnnotationMirror> blockMirrors = BlockParser.blocksOf(field);
    if (!blockMirrors.isEmpty()) {
      return block(field, annotations, isAbsent, blockMirrors, operations, activations)
          .validIf(reporter.errors() == before);
    }
    checkOrder(field, annotations, activations);
    if (operations.isEmpty() && norm.isPresent()) {
      operations.add(new Written(OperationKind.BATCH_NORM, norm.get()));
    } else if (operations.isEmpty()) {
      operations.addAll(activations);
      activations.clear();
    }
    List<LayerDraft.Reference> references = List.of();
    List<LayerDraft.Reference> others = List.of();
    Optional<LayerDraft.Content> body = Optional.empty();
    if (operations.isEmpty()) {
      quantization.of(field, annotations, OperationKind.CUSTOM);
      reporter.report(Message.F03_WITHOUT_OPERATION, SourceRef.of(field), name);
    } else {
      Written operation = operations.get(0);
      checkOneOperation(field, name, operations);
      Bindings all = Bindings.of(field, annotations, environment, reporter);
      Bindings bindings = ofOperation(all, operation, annotations, activations);
      Core core =
          operation.kind() == OperationKind.CUSTOM
              ? custom(field, operation, bindings)
              : builtIn(field, operation, bindings);
      Optional<Attributes> attributes = bidirectional(field, operation, annotations, core);
      Optional<StackedActivation> activation = stacked(field, operation, activations, all);
      Optional<Attributes> batchNorm = batchNorm(field, operation, norm, core.unfoldable(), all);
      Optional<QuantizationRequest> config = quantization.of(field, annotations, operation.kind());
      references = core.references();
      others = core.others();
      if (reporter.errors() == before) {
        body =
            Optional.of(
                new LayerDraft.Body(
                    operation.kind(),
                    SourceRef.of(field, operation.mirror()),
                    attributes.orElseThrow(),
                    batchNorm,
                    activation,
                    stacked(field, annotations),
                    config,
                    core.custom()));
      }
    }
    return new LayerDraft(
        name,
        SourceRef.of(field),
        annotations.has(Output.class),
        isAbsent,
        body,
        references,
        others);
  }

  /**
   * What an operation's own annotation says.
   *
   * @param attributes empty if they are not valid
   * @param references what it reads; empty if that is the field above
   * @param others what it reads beside that
   * @param unfoldable why a batch norm cannot be folded into it; empty if it can
   * @param custom the layer of the user's own, if it is a valid one
   */
  private record Core(
      Optional<Attributes> attributes,
      List<LayerDraft.Reference> references,
      List<LayerDraft.Reference> others,
      Optional<Message> unfoldable,
      Optional<CustomUse> custom) {}

  private Core builtIn(VariableElement field, Written operation, Bindings bindings) {
    AttributeReader reader = new AttributeReader(field, operation.mirror(), bindings, reporter);
    Optional<Attributes> attributes = reader.read(operation.kind().attributes());
    reader.checkBindings(operation.kind().attributes());
    attributes.ifPresent(read -> checkTogether(reader, operation, read));
    return new Core(
        attributes,
        references(operation, reader),
        others(operation, reader),
        operation.kind().takes(Stacks.BATCH_NORM)
            ? Optional.empty()
            : Optional.of(Message.U02_BATCH_NORM),
        Optional.empty());
  }

  private Core custom(VariableElement field, Written operation, Bindings bindings) {
    Optional<CustomUse> use = customs.read(field, operation.mirror(), bindings);
    return new Core(
        Optional.of(Attributes.NONE),
        customs.references(field, operation.mirror()),
        List.of(),
        use.filter(read -> !read.takesBatchNorm()).map(read -> Message.U02_BATCH_NORM_CUSTOM),
        use);
  }

  /** The attributes of an operation, with what a {@code @Bidirectional} on it says. */
  private Optional<Attributes> bidirectional(
      VariableElement field, Written operation, Annotations annotations, Core core) {
    Optional<AnnotationMirror> mirror = annotations.find(Bidirectional.class);
    if (mirror.isEmpty()) {
      return core.attributes();
    }
    SourceRef at = SourceRef.of(field, mirror.get());
    if (!RECURRENT.contains(operation.kind())) {
      reporter.report(Message.F08_BIDIRECTIONAL, at, field.getSimpleName(), operation.name());
      return core.attributes();
    }
    AttributeReader reader = new AttributeReader(field, mirror.get(), reporter);
    return core.attributes()
        .map(
            attributes -> {
              if (attributes.get(AttributeKey.GO_BACKWARDS)) {
                reporter.report(
                    Message.F08_GO_BACKWARDS,
                    attributes.at(AttributeKey.GO_BACKWARDS),
                    operation.name());
              }
              MergeMode mode = reader.value(AttributeKey.MERGE_MODE.name(), MergeMode.class);
              return attributes.with(
                  AttributeKey.MERGE_MODE, mode, reader.at(AttributeKey.MERGE_MODE.name()));
            });
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
    annotations
        .find(Bidirectional.class)
        .ifPresent(
            mirror ->
                reporter.report(
                    Message.F08_BIDIRECTIONAL,
                    SourceRef.of(field, mirror),
                    name,
                    Annotations.name(block)));
    for (AnnotationMirror other : others) {
      reporter.report(
          Message.F04_BLOCK_AND_OPERATION,
          SourceRef.of(field, other),
          name,
          Annotations.name(block),
          Annotations.name(other));
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
        blocks.references(field, block),
        List.of());
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

  /** Where each annotation is that may follow an operation. */
  private static Map<String, SourceRef> stacked(VariableElement field, Annotations annotations) {
    Map<String, SourceRef> places = new LinkedHashMap<>();
    annotations.all().forEach((name, mirror) -> places.put(name, SourceRef.of(field, mirror)));
    return places;
  }

  private void checkName(VariableElement field, String name) {
    if (!SCOPE.matcher(name).matches()) {
      reporter.report(Message.F05_FIELD_NAME, SourceRef.of(field), name);
    }
  }

  /** A batch norm comes before the activation; who writes it after means another network. */
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
                    Message.U04_BATCH_NORM_LAST,
                    SourceRef.of(field, norm),
                    activations.get(0).name(),
                    field.getSimpleName()));
  }

  private void checkOneOperation(VariableElement field, String name, List<Written> operations) {
    for (Written second : operations.subList(1, operations.size())) {
      reporter.report(
          Message.F04_TWO_OPERATIONS,
          SourceRef.of(field, second.mirror()),
          name,
          operations.get(0).name(),
          second.name());
    }
  }

  /** What is bound of the operation: all but what only those after it have. */
  private static Bindings ofOperation(
      Bindings all, Written operation, Annotations annotations, List<Written> activations) {
    Set<String> after = new HashSet<>();
    activations.forEach(each -> after.addAll(attributesAfter(operation, each.mirror())));
    annotations
        .find(BatchNorm.class)
        .ifPresent(norm -> after.addAll(attributesAfter(operation, norm)));
    return all.except(after);
  }

  /** The attributes of a batch norm or an activation that the operation has not. */
  private static Set<String> attributesAfter(Written operation, AnnotationMirror stacked) {
    Set<String> names = Annotations.attributeNames(stacked);
    names.removeAll(Annotations.attributeNames(operation.mirror()));
    return names;
  }

  private AttributeReader readerAfter(
      VariableElement field, Written operation, AnnotationMirror stacked, Bindings all) {
    Bindings own = all.only(attributesAfter(operation, stacked));
    return new AttributeReader(field, stacked, own, reporter);
  }

  private Optional<StackedActivation> stacked(
      VariableElement field, Written operation, List<Written> activations, Bindings all) {
    for (Written activation : activations) {
      SourceRef at = SourceRef.of(field, activation.mirror());
      if (operation.kind().reads() == OperationKind.Reads.NOTHING) {
        reporter.report(
            Message.U01_ACTIVATION, at, activation.name(), operation.name(), field.getSimpleName());
      }
      checkReadsNothing(new AttributeReader(field, activation.mirror(), reporter), operation);
    }
    if (activations.size() > 1) {
      reporter.report(
          Message.U03_TWO_ACTIVATIONS,
          SourceRef.of(field, activations.get(1).mirror()),
          field.getSimpleName(),
          activations.get(0).name(),
          activations.get(1).name());
    }
    if (activations.isEmpty()) {
      return Optional.empty();
    }
    Written activation = activations.get(0);
    AttributeReader reader = readerAfter(field, operation, activation.mirror(), all);
    reader.checkBindings(activation.kind().attributes());
    return reader
        .read(activation.kind().attributes())
        .map(
            attributes ->
                new StackedActivation(
                    activation.kind(), attributes, SourceRef.of(field, activation.mirror())));
  }

  private void checkReadsNothing(AttributeReader stacked, Written operation) {
    if (stacked.isWritten(FROM)) {
      reporter.report(
          Message.F06_FROM_ON_ACTIVATION, stacked.at(FROM), stacked.annotation(), operation.name());
    }
  }

  private Optional<Attributes> batchNorm(
      VariableElement field,
      Written operation,
      Optional<AnnotationMirror> mirror,
      Optional<Message> unfoldable,
      Bindings all) {
    if (mirror.isEmpty() || operation.kind() == OperationKind.BATCH_NORM) {
      return Optional.empty();
    }
    AttributeReader reader = readerAfter(field, operation, mirror.get(), all);
    checkReadsNothing(reader, operation);
    if (unfoldable.isPresent()) {
      reporter.report(unfoldable.get(), SourceRef.of(field, mirror.get()), operation.name());
      return Optional.empty();
    }
    reader.checkBindings(AttributeKey.BATCH_NORM);
    return reader.read(AttributeKey.BATCH_NORM);
  }

  private List<LayerDraft.Reference> references(Written operation, AttributeReader reader) {
    return switch (operation.kind().reads()) {
      case NOTHING -> List.of();
      case ONE -> {
        String from = reader.value(FROM, String.class);
        yield from.isEmpty() ? List.of() : List.of(new LayerDraft.Reference(from, reader.at(FROM)));
      }
      case NAMED ->
          reader.values(AttributeKey.MERGED.name()).stream()
              .map(
                  value ->
                      new LayerDraft.Reference(
                          AttributeReader.content(value, String.class), reader.at(value)))
              .toList();
    };
  }

  /** What an attention reads beside its query: the value, and the key if that is another one. */
  private static List<LayerDraft.Reference> others(Written operation, AttributeReader reader) {
    return Stream.of(AttributeKey.VALUE_FROM, AttributeKey.KEY_FROM)
        .filter(operation.kind().attributes()::contains)
        .map(
            key ->
                new LayerDraft.Reference(
                    reader.value(key.name(), String.class), reader.at(key.name())))
        .filter(reference -> !reference.name().isEmpty())
        .toList();
  }

  /** What no attribute shows by itself. */
  private void checkTogether(AttributeReader reader, Written operation, Attributes attributes) {
    if (attributes.has(AttributeKey.DILATION_RATE)
        && attributes.get(AttributeKey.STRIDES).isAboveOne()
        && attributes.get(AttributeKey.DILATION_RATE).isAboveOne()) {
      reporter.report(
          Message.A03_STRIDES_AND_DILATION,
          attributes.at(AttributeKey.DILATION_RATE),
          operation.name(),
          attributes.get(AttributeKey.STRIDES),
          attributes.get(AttributeKey.DILATION_RATE));
    }
    if (attributes.has(AttributeKey.USE_BIAS)
        && !attributes.get(AttributeKey.USE_BIAS)
        && reader.isWritten(AttributeKey.BIAS_INITIALIZER.name())) {
      reporter.report(
          Message.A05_BIAS_INITIALIZER,
          attributes.at(AttributeKey.BIAS_INITIALIZER),
          operation.name());
    }
    if (attributes.has(AttributeKey.PADDING)
        && attributes.get(AttributeKey.PADDING) == Padding.CAUSAL
        && !CAUSAL.contains(operation.kind())) {
      reporter.report(Message.A01_CAUSAL, attributes.at(AttributeKey.PADDING), operation.name());
    }
    if (attributes.has(AttributeKey.KEY_FROM)
        && !attributes.get(AttributeKey.KEY_FROM).isEmpty()
        && attributes.get(AttributeKey.VALUE_FROM).isEmpty()) {
      reporter.report(Message.A05_KEY_FROM, attributes.at(AttributeKey.KEY_FROM), operation.name());
    }
    if (operation.kind() == OperationKind.RESHAPE) {
      List<Integer> shape = attributes.get(AttributeKey.RESHAPE_SHAPE);
      if (shape.contains(0) || shape.stream().filter(size -> size == -1).count() > 1) {
        reporter.report(
            Message.A04_RESHAPE_SIZES, attributes.at(AttributeKey.RESHAPE_SHAPE), shape);
      }
    }
  }
}
