package dev.detent.processor.placement;

import dev.detent.annotations.Activation;
import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.LoweredModel;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.RangeSpec;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.QuantizationConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks over the operations of one model in order of data flow. Each output is either float or in a
 * {@link RangeGroup}; where an operation reads what the other kind of operation wrote, a QUANTIZE
 * or DEQUANTIZE is put in front of it, one for all that need the same.
 */
final class TensorPlacement {
  private final LoweredModel model;
  private final Reporter reporter;
  private final List<Operation> placed = new ArrayList<>();
  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Map<String, String> floatOf = new HashMap<>();
  private final Map<String, List<String>> quantizedOf = new HashMap<>();
  private final Map<String, String> integersOf = new HashMap<>();

  /** An output: what writes it, its group, null if it is float, and what is known of its values. */
  private record Tensor(Operation writer, RangeGroup group, ValueBounds bounds) {
    boolean isFloat() {
      return group == null;
    }

    /** Whether it is int32 in any model, and never converted. */
    boolean isIndices() {
      return writer.code() == OpCode.INDICES;
    }
  }

  TensorPlacement(LoweredModel model, Reporter reporter) {
    this.model = model;
    this.reporter = reporter;
  }

  PlacedModel place() {
    model.operations().forEach(this::place);
    Map<RangeGroup, RangeSpec> ranges = ranges();
    List<PlacedOperation> operations = new ArrayList<>();
    for (Operation operation : placed) {
      RangeGroup group = tensors.get(operation.name()).group();
      Optional<QuantizationConfig> weights =
          operation.hasKernel() ? operation.layer().declaration().quantization() : Optional.empty();
      operations.add(
          new PlacedOperation(
              operation, Optional.ofNullable(group).map(g -> ranges.get(g.root())), weights));
    }
    return new PlacedModel(model.shaped(), operations, List.copyOf(ranges.values()));
  }

  private void place(Operation operation) {
    Optional<QuantizationConfig> config = config(operation);
    if (config.isEmpty()) {
      add(operation.reading(inFloat(operation)), null);
      return;
    }
    switch (operation.code().range()) {
      case OWN -> {
        RangeGroup own = RangeGroup.learned(config.get());
        List<String> inputs = inIntegers(operation, config.get());
        if (operation.code().keepsRangesApart()) {
          inputs.forEach(input -> own.keepApart(tensors.get(input).group()));
        }
        add(operation.reading(inputs), own);
      }
      case FIXED ->
          add(
              operation.reading(inIntegers(operation, config.get())),
              RangeGroup.fixed(operation.code().fixed().orElseThrow(), config.get()));
      case INDICES -> add(operation, null);
      case OF_INPUTS -> tie(operation, config.get());
    }
  }

  /**
   * How an operation is quantized; empty if it computes in float. What only moves values follows
   * what it reads unless the user said otherwise: that saves a border and changes no value.
   */
  private Optional<QuantizationConfig> config(Operation operation) {
    Optional<QuantizationConfig> written = operation.layer().declaration().quantization();
    boolean follows =
        operation.code().leavesNoTrace()
            || (operation.code().onlyMoves()
                && operation.inputs().size() == 1
                && !model.shaped().declaration().isQuantized());
    if (written.isPresent() || !follows) {
      return written;
    }
    return Optional.ofNullable(tensors.get(operation.inputs().get(0)).group())
        .map(RangeGroup::config);
  }

  private void add(Operation operation, RangeGroup group) {
    List<ValueBounds> inputs =
        operation.inputs().stream().map(name -> tensors.get(name).bounds()).toList();
    placed.add(operation);
    tensors.put(operation.name(), new Tensor(operation, group, ValueBounds.of(operation, inputs)));
  }

  // ---------------------------------------------------------------- ties

  /** An operation whose kernel copies integers: all that it reads and writes has one range. */
  private void tie(Operation operation, QuantizationConfig config) {
    List<String> inputs = inIntegers(operation, config);
    Set<RangeGroup> groups = new LinkedHashSet<>();
    inputs.stream()
        .filter(name -> !tensors.get(name).isIndices())
        .forEach(name -> groups.add(tensors.get(name).group().root()));
    RangeGroup first = groups.iterator().next();
    if (groups.stream().skip(1).allMatch(first::isSameFixed)) {
      groups.forEach(first::join);
      add(operation.reading(inputs), first);
      return;
    }
    RangeGroup shared =
        groups.stream()
            .filter(group -> group.fits(config))
            .findFirst()
            .orElseGet(() -> RangeGroup.learned(config));
    groups.stream()
        .filter(group -> group.fits(config) && !shared.isApart(group))
        .forEach(shared::join);
    List<String> fitting = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      String input = inputs.get(i);
      fitting.add(
          tensors.get(input).isIndices() || tensors.get(input).group().root() == shared.root()
              ? input
              : requantize(input, shared, operation, i));
    }
    add(operation.reading(fitting), shared);
  }

  /** The tensor in another range than its own, the same for all readers that need it there. */
  private String requantize(String tensor, RangeGroup group, Operation reader, int position) {
    List<String> known = quantizedOf.computeIfAbsent(tensor, name -> new ArrayList<>());
    for (String each : known) {
      if (tensors.get(each).group().root() == group.root()) {
        return each;
      }
    }
    reporter.report(
        DiagnosticId.QUANTIZE_REQUANTIZED,
        written(reader, reader.inputs().get(position)),
        "'"
            + tensor
            + "' cannot have the range that '"
            + reader.name()
            + "' needs for all its inputs, so that a QUANTIZE stands between them.");
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
          tensors.get(input).isFloat()
              ? input
              : floatOf.computeIfAbsent(
                  input, name -> border(OpCode.DEQUANTIZE, name, operation, null)));
    }
    return inputs;
  }

  private List<String> inIntegers(Operation operation, QuantizationConfig config) {
    List<String> inputs = new ArrayList<>();
    for (String input : operation.inputs()) {
      Tensor tensor = tensors.get(input);
      boolean converted = tensor.isFloat() && !tensor.isIndices();
      inputs.add(converted ? integers(input, operation, config) : input);
    }
    return inputs;
  }

  /** The integers of a float tensor, the same for all readers that are quantized alike. */
  private String integers(String tensor, Operation reader, QuantizationConfig config) {
    String known = integersOf.get(tensor);
    if (known != null && tensors.get(known).group().config().sharesRangesWith(config)) {
      return known;
    }
    String made = border(OpCode.QUANTIZE, tensor, reader, RangeGroup.learned(config));
    integersOf.put(tensor, made);
    return made;
  }

  private String border(OpCode code, String tensor, Operation reader, RangeGroup group) {
    Operation writer = tensors.get(tensor).writer();
    String name = unused(tensor + (code == OpCode.QUANTIZE ? "/quantize" : "/dequantize"), reader);
    add(
        new Operation(
            name, code, List.of(tensor), writer.output(), Activation.NONE, writer.layer()),
        group);
    return name;
  }

  private String unused(String name, Operation reader) {
    return tensors.containsKey(name) ? name + "_" + reader.name().replace('/', '_') : name;
  }

  // ---------------------------------------------------------------- ranges

  private Map<RangeGroup, RangeSpec> ranges() {
    Map<RangeGroup, List<String>> members = new LinkedHashMap<>();
    for (Operation operation : placed) {
      Tensor tensor = tensors.get(operation.name());
      if (!tensor.isFloat()) {
        members
            .computeIfAbsent(tensor.group().root(), group -> new ArrayList<>())
            .add(operation.name());
      }
    }
    Map<RangeGroup, RangeSpec> ranges = new LinkedHashMap<>();
    members.forEach(
        (group, names) ->
            ranges.put(
                group,
                group.spec(
                    names,
                    all(names).stream().allMatch(ValueBounds::nonNegative),
                    all(names).stream()
                        .mapToDouble(ValueBounds::atMost)
                        .max()
                        .orElse(Double.POSITIVE_INFINITY))));
    return ranges;
  }

  private Collection<ValueBounds> all(List<String> names) {
    return names.stream().map(name -> tensors.get(name).bounds()).toList();
  }
}
