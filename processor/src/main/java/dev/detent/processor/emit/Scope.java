package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.NameAllocator;
import com.squareup.javapoet.ParameterSpec;
import com.squareup.javapoet.TypeName;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.Argument;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;

/** The names of the generated class, variables for tensors first, as one part of it sees them. */
final class Scope {
  /** The parameter of {@code network} methods. */
  static final String BUILDER = "n";

  /** The number of one of several equal steps. */
  static final String STEP = "step";

  /** What the names of one of several equal steps begin with. */
  static final String AT = "at";

  /** The model's description. */
  static final String SPEC = "SPEC";

  private final NameAllocator reserved;
  private final NameAllocator variables;
  private final Map<String, Shape> shapes;
  private final Map<String, String> quantizers;
  private final Map<Object, LongArray> arrays;
  private final Map<String, String> owners;
  private final String here;
  private final Optional<Repeated> repeated;

  /**
   * What one of several equal steps calls things.
   *
   * @param steps what the names of the steps begin with: {@code memory/step}
   * @param index of the step
   * @param names of its variables
   * @param fetched what its variables for tensors from elsewhere hold: the tensors' names
   */
  private record Repeated(
      String steps, int index, NameAllocator names, Map<String, CodeBlock> fetched) {

    /** What is left of the name of a tensor of that step. */
    Optional<String> rest(String tensor, int step) {
      String at = steps + step + "/";
      return tensor.startsWith(at) ? Optional.of(tensor.substring(at.length())) : Optional.empty();
    }

    String name(String suggestion, String tag) {
      try {
        return names.get(tag);
      } catch (IllegalArgumentException isNew) {
        return names.newName(suggestion, tag);
      }
    }
  }

  /** The names that the generated class itself sees, all constants being its own. */
  Scope(PlacedModel model) {
    variables = new NameAllocator();
    shapes = new HashMap<>();
    quantizers = new HashMap<>();
    arrays = new LinkedHashMap<>();
    owners = Map.of();
    here = "";
    repeated = Optional.empty();
    NameAllocator allocator = new NameAllocator();
    for (String name : new UserTypes(model).firstNames()) { // which a variable would hide
      variables.newName(name, new Object());
      allocator.newName(name, new Object());
    }
    for (String name : List.of(BUILDER, STEP, AT)) {
      variables.newName(name, new Object());
    }
    reserved = variables.clone();
    for (PlacedOperation placed : model.operations()) {
      Operation operation = placed.operation();
      variables.newName(camelCase(operation.name()), operation.name());
      shapes.put(operation.name(), operation.output());
    }
    allocator.newName(SPEC, new Object());
    for (String layer : Quantizers.choosing(model.operations()).keySet()) {
      quantizers.put(layer, allocator.newName(upperCase(layer) + "_QUANTIZER"));
    }
  }

  private Scope(Scope whole, String here, Map<String, String> owners, Optional<Repeated> repeated) {
    variables = whole.variables;
    reserved = whole.reserved;
    shapes = whole.shapes;
    quantizers = whole.quantizers;
    arrays = whole.arrays;
    this.owners = owners;
    this.here = here;
    this.repeated = repeated;
  }

  /**
   * The same names as a nested class sees them.
   *
   * @param part the nested class
   * @param constantOwners the nested class that declares each constant
   */
  Scope in(String part, Map<String, String> constantOwners) {
    return new Scope(this, part, constantOwners, Optional.empty());
  }

  /** The same names as one of several equal steps sees them. */
  Scope at(String steps, int index) {
    return new Scope(
        this,
        here,
        owners,
        Optional.of(new Repeated(steps, index, reserved.clone(), new LinkedHashMap<>())));
  }

  /** A name for a method of equal steps. */
  String method(String steps) {
    try {
      return variables.get(List.of(steps));
    } catch (IllegalArgumentException isNew) {
      return variables.newName(camelCase(steps), List.of(steps));
    }
  }

  /** The variables of a step that hold tensors from elsewhere, with the tensors' names. */
  Map<String, CodeBlock> fetched() {
    return repeated.orElseThrow().fetched();
  }

  /** The variable that holds a tensor. */
  String variable(String tensor) {
    if (repeated.isEmpty()) {
      return variables.get(tensor);
    }
    Repeated step = repeated.get();
    Optional<String> own = step.rest(tensor, step.index());
    if (own.isPresent()) {
      return step.name(camelCase(own.get()), "own " + own.get());
    }
    Optional<String> before = step.rest(tensor, step.index() - 1);
    if (before.isEmpty()) {
      return rangeOwner(tensor);
    }
    String name = step.name(camelCase("before/" + before.get()), "before " + before.get());
    step.fetched()
        .putIfAbsent(
            name, CodeBlock.of("$S + ($L - 1) + $S", step.steps(), STEP, "/" + before.get()));
    return name;
  }

  /** The variable that holds a tensor for its range, whichever step it belongs to. */
  String rangeOwner(String tensor) {
    if (repeated.isEmpty()) {
      return variables.get(tensor);
    }
    String name = repeated.get().name(variables.get(tensor), "absolute " + tensor);
    repeated.get().fetched().putIfAbsent(name, CodeBlock.of("$S", tensor));
    return name;
  }

  /** The name of a tensor or of a range. */
  CodeBlock text(String name) {
    return repeated
        .flatMap(step -> step.rest(name, step.index()))
        .map(rest -> CodeBlock.of("$L + $S", AT, rest))
        .orElseGet(() -> CodeBlock.of("$S", name));
  }

  /** A name for comments. */
  String comment(String name) {
    return repeated.flatMap(step -> step.rest(name, step.index())).orElse(name);
  }

  /** The number of a step. */
  CodeBlock index(int step) {
    return repeated.filter(own -> own.index() == step).isPresent()
        ? CodeBlock.of(STEP)
        : CodeBlock.of("$L", step);
  }

  /** The shape of a tensor. */
  Shape shape(String tensor) {
    return Objects.requireNonNull(shapes.get(tensor), tensor);
  }

  /** The constant that chooses the quantizers of a layer. */
  String quantizer(String layer) {
    return seen(Objects.requireNonNull(quantizers.get(layer), layer));
  }

  private String seen(String constant) {
    String owner = owners.getOrDefault(constant, here);
    return owner.equals(here) ? constant : owner + "." + constant;
  }

  /** Whether a constant, named as it is seen here, is declared here. */
  boolean declares(String constant) {
    return !constant.contains(".");
  }

  /** The array of values that the user wrote, if it is long. */
  Optional<LongArray> longArray(Argument.Array array) {
    return array.values().size() <= LongArray.LONG
        ? Optional.empty()
        : Optional.of(
            longArray(
                array,
                Quantizers.component(array.component()),
                array.values().stream().map(value -> Quantizers.argument(value, this)).toList(),
                List.of()));
  }

  /** What an operation reads, if it reads more than variables are of use for. */
  Optional<CodeBlock> manyInputs(Operation operation) {
    List<String> inputs = operation.inputs();
    Optional<CodeBlock> steps = steps(inputs);
    if (steps.isPresent() || inputs.size() <= LongArray.LONG) {
      return steps;
    }
    return Optional.of(
        longArray(
                List.of(BUILDER, operation.name()),
                Runtime.TENSOR,
                inputs.stream()
                    .map(input -> CodeBlock.of("$L.tensor($S)", BUILDER, input))
                    .toList(),
                List.of(ParameterSpec.builder(Runtime.NETWORK, BUILDER).build()))
            .call());
  }

  /** {@code n.tensors(28, step -> "memory/step" + step + "/state")}, where they are such. */
  private static Optional<CodeBlock> steps(List<String> inputs) {
    if (inputs.size() < Passage.FEWEST) {
      return Optional.empty();
    }
    Matcher first = Passage.STEP.matcher(inputs.get(0));
    if (!first.matches()) {
      return Optional.empty();
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).equals(first.group(1) + i + "/" + first.group(3))) {
        return Optional.empty();
      }
    }
    return Optional.of(
        CodeBlock.of(
            "$1L.tensors($2L, $3L -> $4S + $3L + $5S)",
            BUILDER,
            inputs.size(),
            STEP,
            first.group(1),
            "/" + first.group(3)));
  }

  private LongArray longArray(
      Object key, TypeName component, List<CodeBlock> values, List<ParameterSpec> parameters) {
    return arrays.computeIfAbsent(
        key,
        absent -> new LongArray("Values" + (arrays.size() + 1), component, values, parameters));
  }

  /** All long arrays that were asked for. */
  Collection<LongArray> longArrays() {
    return arrays.values();
  }

  /**
   * {@code sum/quantize} to {@code sumQuantize}, {@code X} to {@code x}: a variable starts in lower
   * case, so that it hides no constant and no type.
   */
  private static String camelCase(String tensor) {
    StringBuilder name = new StringBuilder();
    for (String part : tensor.split("/")) {
      String first = part.substring(0, 1);
      name.append(name.isEmpty() ? first.toLowerCase(Locale.ROOT) : first.toUpperCase(Locale.ROOT))
          .append(part.substring(1));
    }
    return name.toString();
  }

  /** {@code convOne} to {@code CONV_ONE}. */
  private static String upperCase(String tensor) {
    return tensor
        .replace('/', '_')
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .toUpperCase(Locale.ROOT);
  }
}
