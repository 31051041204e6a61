package dev.detent.processor.emit;

import com.squareup.javapoet.NameAllocator;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.RangeSpec;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names of the generated class: variables for tensors, constants for ranges. */
final class Scope {
  /** The parameter of {@code graph} methods. */
  static final String GRAPH = "g";

  /** The parameter of {@code plan} methods. */
  static final String PLAN = "p";

  /** The model's description. */
  static final String SPEC = "SPEC";

  private final NameAllocator variables = new NameAllocator();
  private final Map<String, String> constants = new HashMap<>();
  private final Map<String, String> quantizers = new HashMap<>();
  private final Map<String, String> layers = new HashMap<>();

  Scope(PlacedModel model) {
    variables.newName(GRAPH, new Object());
    variables.newName(PLAN, new Object());
    for (PlacedOperation placed : model.operations()) {
      variables.newName(camelCase(placed.operation().name()), placed.operation().name());
    }
    NameAllocator allocator = new NameAllocator();
    allocator.newName(SPEC, new Object());
    for (RangeSpec range : model.ranges()) {
      constants.put(range.name(), allocator.newName(upperCase(range.name())));
    }
    for (String layer : Quantizers.choosing(model).keySet()) {
      quantizers.put(layer, allocator.newName(upperCase(layer) + "_QUANTIZER"));
    }
    for (PlacedOperation placed : model.operations()) {
      if (CustomLayers.isCustom(placed)) {
        String layer = placed.operation().name();
        layers.put(layer, allocator.newName(upperCase(layer) + "_LAYER"));
      }
    }
  }

  /** The variable that holds a tensor. */
  String variable(String tensor) {
    return variables.get(tensor);
  }

  /** The constant that holds a range. */
  String constant(RangeSpec range) {
    return constants.get(range.name());
  }

  /** The constant that computes a custom layer. */
  String layer(String name) {
    return layers.get(name);
  }

  /** The constant that chooses the quantizers of a layer. */
  String quantizer(String layer) {
    return quantizers.get(layer);
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
