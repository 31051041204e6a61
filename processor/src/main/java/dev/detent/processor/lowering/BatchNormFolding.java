package dev.detent.processor.lowering;

import static dev.detent.processor.model.OperationKind.PRELU;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
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
import java.util.Objects;
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
    SourceRef at = norm.declaration().source().operation();
    List<String> across = new ArrayList<>();
    ShapedLayer above = read(norm);
    Optional<Message> hindrance = hindrance(norm, above);
    while (hindrance.isEmpty() && isBetween(above)) {
      across.add(above.name());
      above = read(above);
      hindrance = hindrance(norm, above);
      if (norm.declaration().stacked().filter(stacked -> stacked.kind() == PRELU).isPresent()) {
        hindrance = Optional.of(Message.U21_NORM_WITH_PRELU);
      }
    }
    if (hindrance.isPresent()) {
      reporter.report(hindrance.get(), at, norm.name(), above.name());
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
    if (across.isEmpty()) {
      reporter.report(Message.U20_BATCH_NORM_FOLDED, at, norm.name(), above.name());
    } else {
      String between = String.join("' and '", across);
      reporter.report(Message.U20_BATCH_NORM_ACROSS, at, norm.name(), above.name(), between);
    }
  }

  private ShapedLayer read(ShapedLayer layer) {
    return Objects.requireNonNull(layers.get(layer.declaration().inputs().get(0)), layer.name());
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
  private Optional<Message> hindrance(ShapedLayer norm, ShapedLayer layer) {
    LayerDeclaration declaration = layer.declaration();
    boolean takes = declaration.operation().takes(Stacks.BATCH_NORM);
    if (!takes && !isBetween(layer)) {
      return Optional.of(
          switch (declaration.operation()) {
            case ZERO_PAD_2D -> Message.U21_NORM_AFTER_ZEROS;
            case FLATTEN, RESHAPE -> Message.U21_NORM_AFTER_RESHAPE;
            default -> Message.U21_BATCH_NORM_ALONE;
          });
    }
    if (readers.getOrDefault(layer.name(), 0) > 1 || outputs.contains(layer.name())) {
      return Optional.of(Message.U21_NORM_AFTER_SHARED);
    }
    if (!takes) {
      return Optional.empty();
    }
    if (declaration.stacked().isPresent()) {
      return Optional.of(Message.U21_NORM_AFTER_ACTIVATION);
    }
    if (declaration.batchNorm().isPresent()) {
      return Optional.of(Message.U21_NORM_AFTER_NORM);
    }
    if (sharing.contains(layer.name())) {
      return Optional.of(Message.U21_NORM_OF_SHARED_WEIGHTS);
    }
    boolean alike =
        declaration.quantization().isPresent() == norm.declaration().quantization().isPresent();
    return alike ? Optional.empty() : Optional.of(Message.U21_NORM_HALF_QUANTIZED);
  }

  private static String sharedWith(ShapedLayer layer) {
    var attributes = layer.declaration().attributes();
    return attributes.has(AttributeKey.SHARED_WITH) ? attributes.get(AttributeKey.SHARED_WITH) : "";
  }
}
