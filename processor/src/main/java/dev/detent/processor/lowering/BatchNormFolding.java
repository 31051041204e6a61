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
 * Moves a batch norm on a field of its own, and the activation after it, onto the layer with
 * weights that it reads, where that changes no value: nothing else reads what lies between, and
 * what lies between keeps the channels apart. A reshape does if the last size stays. Zeros around
 * an image do not: the batch norm would make them something else than 0.
 */
final class BatchNormFolding {
  private static final Margins NO_ZEROS = new Margins(0, 0, 0, 0);

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
      String owner = layer.declaration().sharedWith();
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
    while (hindrance.isEmpty() && !takes(above)) {
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
    layers.put(
        above.name(),
        above.declared(
            above
                .declaration()
                .followedBy(norm.declaration().attributes(), norm.declaration().stacked())));
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

  private static boolean takes(ShapedLayer layer) {
    return layer.declaration().operation().takes(Stacks.BATCH_NORM);
  }

  /** Why a batch norm cannot move past a layer; empty if that hands the channels on apart. */
  private static Optional<Message> barrier(ShapedLayer layer) {
    LayerDeclaration declaration = layer.declaration();
    boolean isAlone = declaration.stacked().isEmpty();
    return switch (declaration.operation()) {
      case FLATTEN, RESHAPE ->
          isAlone && layer.output().channels() == layer.inputs().get(0).channels()
              ? Optional.empty()
              : Optional.of(Message.U21_NORM_AFTER_RESHAPE);
      case ZERO_PAD_2D ->
          isAlone && declaration.attributes().get(AttributeKey.MARGINS).equals(NO_ZEROS)
              ? Optional.empty()
              : Optional.of(Message.U21_NORM_AFTER_ZEROS);
      default -> Optional.of(Message.U21_BATCH_NORM_ALONE);
    };
  }

  /** Why a batch norm cannot move to or past a layer; empty if it can. */
  private Optional<Message> hindrance(ShapedLayer norm, ShapedLayer layer) {
    LayerDeclaration declaration = layer.declaration();
    Optional<Message> barrier = takes(layer) ? Optional.empty() : barrier(layer);
    if (barrier.isPresent()) {
      return barrier;
    }
    if (readers.getOrDefault(layer.name(), 0) > 1 || outputs.contains(layer.name())) {
      return Optional.of(Message.U21_NORM_AFTER_SHARED);
    }
    if (!takes(layer)) {
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
}
