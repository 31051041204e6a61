package dev.detent.processor.placement;

import dev.detent.annotations.OutputRange;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.FixedRange;
import dev.detent.processor.ir.LoweredModel;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.RangeSpec;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.QuantizationConfig;
import dev.detent.processor.model.QuantizationConfig.Activations;
import dev.detent.processor.model.QuantizationRequest;
import dev.detent.processor.model.SchemeDeclaration;
import dev.detent.processor.model.SchemeDeclaration.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the operations of one model in order of data flow. Each output is either float or in a
 * {@link RangeGroup}; where an operation reads what the other kind of operation wrote, a QUANTIZE
 * or DEQUANTIZE is put in front of it, one for all that need the same.
 */
final class TensorPlacement {
  private final LoweredModel model;
  private final SchemeDeclaration scheme;
  private final Map<String, QuantizationConfig> configs;
  private final Reporter reporter;
  private final List<Operation> placed = new ArrayList<>();
  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Map<String, String> floatOf = new HashMap<>();
  private final Map<String, List<String>> quantizedOf = new HashMap<>();
  private final Map<String, List<String>> integersOf = new HashMap<>();

  /** An output: what writes it, its group, null if it is float, and what is known of its values. */
  private record Tensor(Operation writer, @Nullable RangeGroup group, ValueBounds bounds) {
    boolean isFloat() {
      return group == null;
    }

    /** Whether it is int32 in any model, and never converted. */
    boolean isIndices() {
      return writer.range() == OpCode.Range.INDICES;
    }
  }

  private Tensor tensor(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  /** The group of a tensor that is quantized. */
  private RangeGroup group(String quantized) {
    return Objects.requireNonNull(tensor(quantized).group(), quantized);
  }

  TensorPlacement(LoweredModel model, Map<String, QuantizationConfig> configs, Reporter reporter) {
    this.model = model;
    this.scheme = model.shaped().declaration().scheme();
    this.configs = configs;
    this.reporter = reporter;
  }

  PlacedModel place() {
    model.operations().forEach(this::place);
    Map<RangeGroup, RangeSpec> ranges =
        Ranges.of(placed, name -> tensor(name).group(), name -> tensor(name).bounds());
    List<PlacedOperation> operations = new ArrayList<>();
    for (Operation operation : placed) {
      @Nullable RangeGroup group = tensor(operation.name()).group();
      Optional<QuantizationConfig> config = written(operation);
      operations.add(
          new PlacedOperation(
              operation,
              Optional.ofNullable(group).map(g -> ranges.get(g.root())),
              operation.hasKernel()
                  ? config.flatMap(QuantizationConfig::weights)
                  : Optional.empty(),
              config
                  .filter(found -> found.onField() && !operation.code().isBorder())
                  .flatMap(QuantizationConfig::origin)));
    }
    return new PlacedModel(model.shaped(), operations, List.copyOf(ranges.values()));
  }

  private void place(Operation operation) {
    if (operation.range() == OpCode.Range.INDICES) {
      placeIndices(operation);
      return;
    }
    Optional<Activations> wanted = form(operation);
    if (wanted.isEmpty()) {
      add(operation.reading(inFloat(operation)), null);
      return;
    }
    Activations form = wanted.get();
    Rule rule = scheme.rule(operation.layer().declaration().operation());
    OutputRange range =
        operation.name().equals(operation.layer().name()) ? rule.range() : OutputRange.AS_TFLITE;
    switch (range) {
      case OWN -> own(operation, form);
      case OF_INPUTS -> tie(operation, form);
      case FIXED -> fix(operation, form, new FixedRange(rule.scale(), rule.zeroPoint()));
      case AS_TFLITE -> {
        switch (operation.range()) {
          case OWN, OWN_APART, OWN_SECOND_SYMMETRIC -> own(operation, form);
          case OF_INPUTS -> tie(operation, form);
          case INDICES -> placeIndices(operation);
          case FIXED -> fix(operation, form, ofKernel(operation.fixed().orElseThrow(), form));
        }
      }
    }
  }

  /**
   * What yields indices is not quantized, and compares integers as well as real numbers: it reads
   * them as they are, unless the user keeps it in float or TFLite's kernel lacks their width.
   */
  private void placeIndices(Operation operation) {
    boolean isKeptFloat =
        model.shaped().declaration().isQuantized()
            && operation.layer().declaration().quantization().isEmpty();
    boolean isWide =
        scheme.tflite()
            && operation.inputs().stream()
                .map(input -> tensor(input).group())
                .anyMatch(group -> group != null && group.form().bits() > Byte.SIZE);
    add(isKeptFloat || isWide ? operation.reading(inFloat(operation)) : operation, null);
  }

  private void own(Operation operation, Activations form) {
    if (operation.range() == OpCode.Range.OF_INPUTS) {
      moveThenQuantize(operation, form, RangeGroup.learned(form));
      return;
    }
    RangeGroup own = RangeGroup.learned(form);
    List<String> inputs = inForm(operation, form);
    if (operation.range() == OpCode.Range.OWN_APART) {
      inputs.forEach(input -> own.keepApart(group(input)));
    }
    if (operation.range() == OpCode.Range.OWN_SECOND_SYMMETRIC && scheme.tflite()) {
      inputs.set(1, symmetric(inputs.get(1), operation, form));
    }
    add(operation.reading(inputs), own);
  }

  /** What an operation reads with the zero point 0; a QUANTIZE makes it of a fixed one. */
  private String symmetric(String input, Operation reader, Activations form) {
    RangeGroup group = group(input);
    if (group.isFixed() && !group.isSymmetric()) {
      return integers(
          input, reader, new Activations(form.bits(), true, form.powerOfTwo(), Optional.empty()));
    }
    group.center();
    return input;
  }

  private void fix(Operation operation, Activations form, FixedRange range) {
    boolean isOwn = written(operation).map(QuantizationConfig::onField).orElse(false);
    if (isOwn && form.quantizer().isPresent()) {
      reportUnused(Message.Q05_QUANTIZER_FIXED, operation, form);
    }
    if (operation.range() == OpCode.Range.OF_INPUTS) {
      moveThenQuantize(operation, form, RangeGroup.fixed(range, form));
      return;
    }
    add(operation.reading(inForm(operation, form)), RangeGroup.fixed(range, form));
  }

  /** An operation that moves integers, where the scheme gives its output another range. */
  private void moveThenQuantize(Operation operation, Activations form, RangeGroup group) {
    Operation moved = operation.named(unused(operation.name() + "/moved", operation));
    tie(moved, form);
    add(moved.then(OpCode.QUANTIZE, operation.name()), group);
  }

  /** What the kernel prescribes; TFLite's int8 kernels ask for their own zero point always. */
  private FixedRange ofKernel(FixedRange range, Activations form) {
    boolean isTfliteInt8 = scheme.tflite() && form.bits() == Byte.SIZE;
    return range.as(form.bits(), form.symmetric() && !isTfliteInt8);
  }

  /**
   * How an operation's output is quantized; empty if it computes in float. What only moves values
   * follows what it reads unless the user said otherwise: that saves a border and changes no value.
   */
  private Optional<Activations> form(Operation operation) {
    Optional<QuantizationConfig> written = written(operation);
    boolean follows =
        operation.code().leavesNoTrace()
            || (operation.code().onlyMoves()
                && operation.inputs().size() == 1
                && !model.shaped().declaration().isQuantized());
    if (written.isPresent() || !follows) {
      return written.flatMap(QuantizationConfig::activations);
    }
    return Optional.ofNullable(tensor(operation.inputs().get(0)).group()).map(RangeGroup::form);
  }

  private Optional<QuantizationConfig> written(Operation operation) {
    return Optional.ofNullable(configs.get(operation.layer().name()));
  }

  private void add(Operation operation, @Nullable RangeGroup group) {
    List<ValueBounds> inputs =
        operation.inputs().stream().map(name -> tensor(name).bounds()).toList();
    placed.add(operation);
    tensors.put(operation.name(), new Tensor(operation, group, ValueBounds.of(operation, inputs)));
  }

  // ---------------------------------------------------------------- ties

  /** An operation whose kernel copies integers: all that it reads and writes has one range. */
  private void tie(Operation operation, Activations wanted) {
    List<String> inputs = inIntegers(operation, wanted);
    Set<RangeGroup> groups = new LinkedHashSet<>();
    inputs.stream()
        .filter(name -> !tensor(name).isIndices())
        .forEach(name -> groups.add(group(name).root()));
    boolean isOwn = written(operation).map(QuantizationConfig::onField).orElse(false);
    RangeGroup first = groups.iterator().next();
    if (groups.stream().skip(1).allMatch(first::isSameFixed)
        && canHave(operation, first)
        && (!isOwn || isAlike(first, wanted))) {
      groups.forEach(first::join);
      checkQuantizer(operation, first, wanted, isOwn);
      add(operation.reading(inputs), first);
      return;
    }
    Activations form = isOwn ? wanted : common(operation, groups).orElse(wanted);
    RangeGroup shared =
        groups.stream()
            .filter(group -> group.fits(form))
            .findFirst()
            .orElseGet(() -> RangeGroup.learned(form));
    groups.stream()
        .filter(group -> group.fits(form) && !shared.isApart(group))
        .forEach(shared::join);
    List<String> fitting = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      String input = inputs.get(i);
      fitting.add(
          tensor(input).isIndices() || group(input).root() == shared.root()
              ? input
              : requantize(input, shared, operation, i));
    }
    add(operation.reading(fitting), shared);
  }

  /** Whether the scheme lets an operation have the width that a group has. */
  private boolean canHave(Operation operation, RangeGroup group) {
    return scheme
        .rule(operation.layer().declaration().operation())
        .activationBits()
        .contains(group.form().bits());
  }

  /** Whether the integers of a group are of the form that was asked for. */
  private static boolean isAlike(RangeGroup group, Activations wanted) {
    return group.form().bits() == wanted.bits()
        && (group.isFixed() || group.form().symmetric() == wanted.symmetric());
  }

  /** The form of all groups, their quantizers aside, if it is one that the operation may have. */
  private Optional<Activations> common(Operation operation, Set<RangeGroup> groups) {
    List<RangeGroup> learned = groups.stream().filter(group -> !group.isFixed()).toList();
    if (learned.isEmpty() || !canHave(operation, learned.get(0))) {
      return Optional.empty();
    }
    Activations first = learned.get(0).form();
    return learned.stream().allMatch(group -> isAlike(group, first))
        ? Optional.of(first)
        : Optional.empty();
  }

  /** A quantizer of its own finds no range where there is none to find. */
  private void checkQuantizer(
      Operation operation, RangeGroup group, Activations wanted, boolean isOwn) {
    boolean isLike =
        wanted
            .quantizer()
            .map(own -> group.form().quantizer().map(own::isLike).orElse(false))
            .orElse(true);
    if (isOwn && !isLike) {
      reportUnused(
          Message.Q05_QUANTIZER_TIED,
          operation,
          wanted,
          operation.layer().declaration().inputs().get(0));
    }
  }

  private void reportUnused(
      Message message, Operation operation, Activations wanted, Object... more) {
    LayerDeclaration layer = operation.layer().declaration();
    Stream<Object> values =
        Stream.of(
            layer.annotation(), wanted.quantizer().orElseThrow().type().nestedName(), layer.name());
    reporter.report(
        message,
        layer.quantization().flatMap(QuantizationRequest::origin).orElseThrow().at(),
        Stream.concat(values, Stream.of(more)).toArray());
  }

  /** The tensor in another range than its own, the same for all readers that need it there. */
  private String requantize(String tensor, RangeGroup group, Operation reader, int position) {
    List<String> known = quantizedOf.computeIfAbsent(tensor, name -> new ArrayList<>());
    for (String each : known) {
      if (group(each).root() == group.root()) {
        return each;
      }
    }
    reporter.report(
        reader.inputs().size() > 1 ? Message.Q08_REQUANTIZED : Message.Q08_REQUANTIZED_ALONE,
        written(reader, reader.inputs().get(position)),
        tensor,
        reader.name());
    String made = border(OpCode.QUANTIZE, tensor, reader, group);
    known.add(made);
    return made;
  }

  /** Where the user named a tensor; the operation, if it is one in between. */
  private static SourceRef written(Operation reader, String tensor) {
    LayerDeclaration layer = reader.layer().declaration();
    int position = layer.inputs().indexOf(tensor);
    return position < 0 ? layer.source().operation() : layer.source().inputs().get(position);
  }

  // ---------------------------------------------------------------- borders

  private List<String> inFloat(Operation operation) {
    List<String> inputs = new ArrayList<>();
    for (String input : operation.inputs()) {
      inputs.add(
          tensor(input).isFloat()
              ? input
              : floatOf.computeIfAbsent(
                  input, name -> border(OpCode.DEQUANTIZE, name, operation, null)));
    }
    return inputs;
  }

  private List<String> inIntegers(Operation operation, Activations form) {
    List<String> inputs = new ArrayList<>();
    for (String input : operation.inputs()) {
      Tensor tensor = tensor(input);
      boolean converted = tensor.isFloat() && !tensor.isIndices();
      inputs.add(converted ? integers(input, operation, form) : input);
    }
    return inputs;
  }

  /**
   * What an operation reads, as integers that its kernel takes: of the width that its output has,
   * and with zero point 0 where it knows no other.
   */
  private List<String> inForm(Operation operation, Activations form) {
    List<String> inputs = new ArrayList<>();
    for (String input : inIntegers(operation, form)) {
      @Nullable RangeGroup group = tensor(input).group();
      if (group == null) {
        inputs.add(input); // indices, which are of no form
        continue;
      }
      boolean fits =
          group.form().bits() == form.bits()
              && (group.isSymmetric() || !needsZero(operation, form.bits()));
      inputs.add(fits || operation.code().isBorder() ? input : integers(input, operation, form));
    }
    return inputs;
  }

  /** Whether the scheme has no zero point but 0 for an operation's activations of some width. */
  private boolean needsZero(Operation operation, int bits) {
    return scheme.rule(operation.layer().declaration().operation()).activations().stream()
        .filter(forms -> forms.bits().contains(bits))
        .noneMatch(forms -> forms.symmetric().contains(false));
  }

  /** A tensor in another form, the same for all readers that want it alike. */
  private String integers(String tensor, Operation reader, Activations form) {
    List<String> known = integersOf.computeIfAbsent(tensor, name -> new ArrayList<>());
    for (String made : known) {
      if (group(made).fits(form)) {
        return made;
      }
    }
    String made = border(OpCode.QUANTIZE, tensor, reader, RangeGroup.learned(form));
    known.add(made);
    return made;
  }

  private String border(OpCode code, String tensor, Operation reader, @Nullable RangeGroup group) {
    Operation writer = tensor(tensor).writer();
    String name = unused(tensor + (code == OpCode.QUANTIZE ? "/quantize" : "/dequantize"), reader);
    add(writer.then(code, name), group);
    return name;
  }

  private String unused(String name, Operation reader) {
    return tensors.containsKey(name) ? name + "_" + reader.name().replace('/', '_') : name;
  }
}
