package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.NameAllocator;
import com.squareup.javapoet.ParameterSpec;
import com.squareup.javapoet.TypeName;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.RangeSpec;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.Argument;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the generated class, variables for tensors, constants for ranges, as one part of it
 * sees them.
 */
final class Scope {
  /** The parameter of {@code graph} methods. */
  static final String GRAPH = "g";

  /** The parameter of {@code plan} methods. */
  static final String PLAN = "p";

  /** The model's description. */
  static final String SPEC = "SPEC";

  private final NameAllocator variables;
  private final Map<String, Shape> shapes;
  private final Map<String, String> constants;
  private final Map<String, String> quantizers;
  private final Map<String, String> layers;
  private final Map<Object, LongArray> arrays;
  private final Map<String, String> owners;
  private final String here;

  /** The names that the generated class itself sees, all constants being its own. */
  Scope(PlacedModel model) {
    variables = new NameAllocator();
    shapes = new HashMap<>();
    constants = new HashMap<>();
    quantizers = new HashMap<>();
    layers = new HashMap<>();
    arrays = new LinkedHashMap<>();
    owners = Map.of();
    here = "";
    NameAllocator allocator = new NameAllocator();
    for (String name : new UserTypes(model).firstNames()) { // which a variable would hide
      variables.newName(name, new Object());
      allocator.newName(name, new Object());
    }
    variables.newName(GRAPH, new Object());
    variables.newName(PLAN, new Object());
    for (PlacedOperation placed : model.operations()) {
      Operation operation = placed.operation();
      variables.newName(camelCase(operation.name()), operation.name());
      shapes.put(operation.name(), operation.output());
    }
    allocator.newName(SPEC, new Object());
    for (RangeSpec range : model.ranges()) {
      constants.put(range.name(), allocator.newName(upperCase(range.name())));
    }
    for (String layer : Quantizers.choosing(model.operations()).keySet()) {
      quantizers.put(layer, allocator.newName(upperCase(layer) + "_QUANTIZER"));
    }
    for (PlacedOperation placed : model.operations()) {
      if (CustomLayers.isCustom(placed)) {
        String layer = placed.operation().name();
        layers.put(layer, allocator.newName(upperCase(layer) + "_LAYER"));
      }
    }
  }

  private Scope(Scope whole, String here, Map<String, String> owners) {
    variables = whole.variables;
    shapes = whole.shapes;
    constants = whole.constants;
    quantizers = whole.quantizers;
    layers = whole.layers;
    arrays = whole.arrays;
    this.owners = owners;
    this.here = here;
  }

  /**
   * The same names as a nested class sees them.
   *
   * @param part the nested class
   * @param constantOwners the nested class that declares each constant
   */
  Scope in(String part, Map<String, String> constantOwners) {
    return new Scope(this, part, constantOwners);
  }

  /** The variable that holds a tensor. */
  String variable(String tensor) {
    return variables.get(tensor);
  }

  /** The shape of a tensor. */
  Shape shape(String tensor) {
    return shapes.get(tensor);
  }

  /** The constant that holds a range. */
  String constant(RangeSpec range) {
    return seen(constants.get(range.name()));
  }

  /** The constant that computes a custom layer. */
  String layer(String name) {
    return seen(layers.get(name));
  }

  /** The constant that chooses the quantizers of a layer. */
  String quantizer(String layer) {
    return seen(quantizers.get(layer));
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

  /** The array of what an operation reads, if it is long. */
  Optional<LongArray> longInputs(String builder, Operation operation) {
    if (operation.inputs().size() <= LongArray.LONG) {
      return Optional.empty();
    }
    boolean graph = builder.equals(GRAPH);
    return Optional.of(
        longArray(
            List.of(builder, operation.name()),
            graph ? Runtime.LAYER_TENSOR : Runtime.PLAN_TENSOR,
            operation.inputs().stream()
                .map(input -> CodeBlock.of("$L.tensor($S)", builder, input))
                .toList(),
            List.of(ParameterSpec.builder(graph ? Runtime.GRAPH : Runtime.PLAN, builder).build())));
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
