package dev.detent.processor.parse;

import dev.detent.processor.diagnostic.DiagnosticId;
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
  /** What the shapes of weights follow from, beside the input's channels. */
  private static final List<AttributeKey<?>> SIZES =
      List.of(
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
        String owner = owner(layer);
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

  private static String owner(LayerDeclaration layer) {
    return layer.attributes().has(AttributeKey.SHARED_WITH)
        ? layer.attributes().get(AttributeKey.SHARED_WITH)
        : "";
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
          DiagnosticId.GRAPH_SHARED_UNKNOWN,
          at,
          "Layer '"
              + layer.name()
              + "' is to use the weights of '"
              + name
              + "', but above it there is no layer of that name"
              + NearMiss.question(name, alike)
              + " Name a @"
              + layer.operation().annotation()
              + " above it"
              + (alike.isEmpty() ? ", of which there is none." : ": " + quoted(alike) + "."));
      return;
    }
    String ofOwner = owner(owner);
    if (!ofOwner.isEmpty()) {
      reporter.report(
          DiagnosticId.GRAPH_SHARED_CHAIN,
          at,
          "Layer '"
              + layer.name()
              + "' is to use the weights of '"
              + name
              + "', which itself uses those of '"
              + ofOwner
              + "'. Write sharedWith = \""
              + ofOwner
              + "\".");
      return;
    }
    difference(layer, owner)
        .ifPresent(
            difference ->
                reporter.report(
                    DiagnosticId.GRAPH_SHARED_UNLIKE,
                    at,
                    "Layer '"
                        + layer.name()
                        + "' is to use the weights of '"
                        + name
                        + "', but "
                        + difference
                        + " Layers that share all their variables have the same parts: make both"
                        + " alike, or give '"
                        + layer.name()
                        + "' its own weights."));
  }

  /** What the two have unlike, as the end of a sentence; empty if the variables fit. */
  private static Optional<String> difference(LayerDeclaration layer, LayerDeclaration owner) {
    if (layer.operation() != owner.operation()) {
      return Optional.of(
          "one is a @"
              + layer.operation().annotation()
              + " and the other a @"
              + owner.operation().annotation()
              + ".");
    }
    if (!same(layer.attributes(), owner.attributes(), AttributeKey.USE_BIAS)) {
      return Optional.of("only one of them has a bias.");
    }
    for (AttributeKey<?> size : SIZES) {
      if (layer.attributes().has(size) && !same(layer.attributes(), owner.attributes(), size)) {
        return Optional.of("they have another " + size.name() + ".");
      }
    }
    if (layer.batchNorm().isPresent() != owner.batchNorm().isPresent()) {
      return Optional.of("only one of them has a @BatchNorm.");
    }
    for (AttributeKey<?> key : AttributeKey.BATCH_NORM) {
      if (layer.batchNorm().isPresent()
          && !same(layer.batchNorm().get(), owner.batchNorm().orElseThrow(), key)) {
        return Optional.of("their batch norms have another " + key.name() + ".");
      }
    }
    return Optional.empty();
  }

  private static boolean same(Attributes a, Attributes b, AttributeKey<?> key) {
    return a.get(key).equals(b.get(key));
  }

  private static String quoted(List<String> names) {
    List<String> quoted = new ArrayList<>();
    names.forEach(name -> quoted.add("'" + name + "'"));
    return String.join(", ", quoted);
  }
}
