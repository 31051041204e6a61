package dev.detent.processor.lowering;

import static dev.detent.processor.model.OperationKind.PRELU;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.ir.ShapedModel;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.Margins;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.OperationKind.Stacks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves a batch norm on a field of its own, and the activation behind it, onto the layer with
 * weights that it reads, where that changes no value: nothing else reads what lies between, and
 * what lies between keeps the channels apart. A reshape does if the last size stays. Zeros around
 * an image do not: the batch norm would make them something else than 0.
 */
final class BatchNormFolding {
  private final Map<String, ShapedLayer> layers = new LinkedHashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final Set<String> sharing = new HashSet<>();
  private final Set<String> folded = new HashSet<>();
  private final List<String> outputs;
  private final Reporter reporter;

  private BatchNormFolding(ShapedModel model, Reporter reporter) {
    this.outputs = model.declaration().outputs();
    this.reporter = reporter;
    for (ShapedLayer layer : model.layers()) {
      layers.put(layer.name(), layer);
      layer.declaration().inputs().forEach(read -> readers.merge(read, 1, Integer::sum));
      String owner = sharedWith(layer);
      if (!owner.isEmpty()) {
        sharing.add(owner);
        sharing.add(layer.name());
      }
    }
  }

  static BatchNormFolding of(ShapedModel model, Reporter reporter) {
    BatchNormFolding folding = new BatchNormFolding(model, reporter);
    for (ShapedLayer layer : model.layers()) {
      if (layer.declaration().operation() == OperationKind.BATCH_NORM) {
        folding.fold(layer);
      }
    }
    return folding;
  }

  /** The layers, each batch norm on the one that takes it in. */
  List<ShapedLayer> layers() {
    return List.copyOf(layers.values());
  }

  /** Whether another layer does the work of this one. */
  boolean isFolded(ShapedLayer layer) {
    return folded.contains(layer.name());
  }

  private void fold(ShapedLayer norm) {
    List<String> across = new ArrayList<>();
    ShapedLayer above = layers.get(norm.declaration().inputs().get(0));
    Optional<String> hindrance = hindrance(norm, above);
    while (hindrance.isEmpty() && isBetween(above)) {
      across.add(above.name());
      above = layers.get(above.declaration().inputs().get(0));
      hindrance = hindrance(norm, above);
      if (norm.declaration().stacked().filter(stacked -> stacked.kind() == PRELU).isPresent()) {
        hindrance = Optional.of("its @PRelu has an alpha for each place of another shape.");
      }
    }
    if (hindrance.isPresent()) {
      reporter.report(
          DiagnosticId.FUSE_BATCH_NORM_ALONE,
          norm.declaration().source().operation(),
          "Batch norm '"
              + norm.name()
              + "' is a MUL and an ADD in the deployed model: "
              + hindrance.get());
      return;
    }
    LayerDeclaration taker = above.declaration();
    layers.put(
        above.name(),
        new ShapedLayer(
            new LayerDeclaration(
                taker.name(),
                taker.operation(),
                taker.attributes(),
                taker.inputs(),
                Optional.of(norm.declaration().attributes()),
                norm.declaration().stacked(),
                taker.quantization(),
                taker.source()),
            above.inputs(),
            above.output(),
            above.kernel(),
            above.parameters(),
            above.multiplyAccumulates()));
    layers.put(norm.name(), DerivedLayer.partOf(norm).yielding(norm.output()));
    folded.add(norm.name());
    reporter.report(
        DiagnosticId.FUSE_BATCH_NORM_FOLDED,
        norm.declaration().source().operation(),
        "Batch norm '"
            + norm.name()
            + "' is folded into the weights of '"
            + above.name()
            + "'"
            + (across.isEmpty() ? "" : ", across '" + String.join("' and '", across) + "'")
            + ".");
  }

  /** Whether it hands every value on, the channels apart. */
  private static boolean isBetween(ShapedLayer layer) {
    if (layer.declaration().stacked().isPresent()) {
      return false;
    }
    return switch (layer.declaration().operation()) {
      case FLATTEN, RESHAPE -> layer.output().channels() == layer.inputs().get(0).channels();
      case ZERO_PAD_2D ->
          layer
              .declaration()
              .attributes()
              .get(AttributeKey.MARGINS)
              .equals(new Margins(0, 0, 0, 0));
      default -> false;
    };
  }

  /** Why a batch norm cannot move to or past a layer; empty if it can. */
  private Optional<String> hindrance(ShapedLayer norm, ShapedLayer layer) {
    String name = "'" + layer.name() + "'";
    LayerDeclaration declaration = layer.declaration();
    boolean takes = declaration.operation().takes(Stacks.BATCH_NORM);
    if (!takes && !isBetween(layer)) {
      return Optional.of(
          switch (declaration.operation()) {
            case ZERO_PAD_2D ->
                name + " adds zeros, which the batch norm turns into another number.";
            case FLATTEN, RESHAPE -> name + " does not keep the channels apart.";
            default -> name + " has no weights to fold it into.";
          });
    }
    if (readers.get(layer.name()) > 1 || outputs.contains(layer.name())) {
      return Optional.of("other layers read " + name + ", or it is an output, before it.");
    }
    if (!takes) {
      return Optional.empty();
    }
    if (declaration.stacked().isPresent()) {
      return Optional.of(name + " has an activation before it.");
    }
    if (declaration.batchNorm().isPresent()) {
      return Optional.of(name + " has a batch norm already.");
    }
    if (sharing.contains(layer.name())) {
      return Optional.of(name + " shares its weights.");
    }
    if (declaration.quantization().isPresent() != norm.declaration().quantization().isPresent()) {
      return Optional.of("only one of it and " + name + " is quantized.");
    }
    return Optional.empty();
  }

  private static String sharedWith(ShapedLayer layer) {
    var attributes = layer.declaration().attributes();
    return attributes.has(AttributeKey.SHARED_WITH) ? attributes.get(AttributeKey.SHARED_WITH) : "";
  }
}
