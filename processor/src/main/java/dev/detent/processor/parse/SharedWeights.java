package dev.detent.processor.parse;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.NearMiss;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Declaration;
import dev.detent.processor.model.LayerDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Checks that each {@code sharedWith} names a layer above whose variables fit. */
final class SharedWeights {
  /** What the shapes of weights follow from, besides the input's channels. */
  private static final List<AttributeKey<?>> SIZES =
      List.of(
          AttributeKey.USE_BIAS,
          AttributeKey.FILTERS,
          AttributeKey.UNITS,
          AttributeKey.KERNEL_SIZE,
          AttributeKey.GROUPS,
          AttributeKey.DEPTH_MULTIPLIER);

  private final Map<String, LayerDeclaration> above = new LinkedHashMap<>();
  private final Reporter reporter;

  private SharedWeights(Reporter reporter) {
    this.reporter = reporter;
  }

  /**
   * The layers without those whose weights do not fit, which are reported.
   *
   * @param isWrong whether a layer is left out because of an error, which has been reported
   */
  static List<Declaration> check(
      List<Declaration> declarations, Predicate<String> isWrong, Reporter reporter) {
    SharedWeights shared = new SharedWeights(reporter);
    List<Declaration> right = new ArrayList<>();
    for (Declaration declaration : declarations) {
      int before = reporter.errors();
      if (declaration instanceof LayerDeclaration layer) { // a block's are checked by themselves
        String owner = layer.sharedWith();
        if (!owner.isEmpty() && !isWrong.test(owner)) {
          shared.check(layer, owner);
        }
        shared.above.put(layer.name(), layer);
      }
      if (reporter.errors() == before) {
        right.add(declaration);
      }
    }
    return right;
  }

  private void check(LayerDeclaration layer, String name) {
    SourceRef at = layer.attributes().at(AttributeKey.SHARED_WITH);
    LayerDeclaration owner = above.get(name);
    if (owner == null) {
      List<String> alike =
          above.values().stream()
              .filter(other -> other.operation() == layer.operation())
              .map(LayerDeclaration::name)
              .toList();
      reporter.report(
          Message.G20_SHARED_UNKNOWN,
          at,
          layer.name(),
          name,
          NearMiss.question(name, alike),
          layer.operation().annotation(),
          DataFlow.listed(alike));
      return;
    }
    String ofOwner = owner.sharedWith();
    if (!ofOwner.isEmpty()) {
      reporter.report(Message.G22_SHARED_CHAIN, at, layer.name(), name, ofOwner);
      return;
    }
    difference(layer, owner)
        .ifPresent(
            difference ->
                reporter.report(Message.G21_SHARED_UNLIKE, at, layer.name(), name, difference));
  }

  /** What the two have unlike; empty if the variables fit. */
  private static Optional<String> difference(LayerDeclaration layer, LayerDeclaration owner) {
    Attributes own = layer.attributes();
    if (layer.operation() != owner.operation()) {
      return Optional.of(
          "their operations, @%s and @%s"
              .formatted(layer.operation().annotation(), owner.operation().annotation()));
    }
    return SIZES.stream()
        .filter(size -> own.has(size) && !same(own, owner.attributes(), size))
        .findFirst()
        .map(AttributeKey::name)
        .or(() -> difference(layer.batchNorm(), owner.batchNorm()));
  }

  private static Optional<String> difference(
      Optional<Attributes> norm, Optional<Attributes> other) {
    if (norm.isEmpty() || other.isEmpty()) {
      return norm.isPresent() == other.isPresent() ? Optional.empty() : Optional.of("@BatchNorm");
    }
    return AttributeKey.BATCH_NORM.stream()
        .filter(key -> !same(norm.get(), other.get(), key))
        .findFirst()
        .map(key -> key.name() + " of @BatchNorm");
  }

  private static boolean same(Attributes a, Attributes b, AttributeKey<?> key) {
    return a.get(key).equals(b.get(key));
  }
}
