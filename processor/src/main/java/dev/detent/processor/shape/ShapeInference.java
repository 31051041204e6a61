package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.ir.ShapedModel;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.BlockUse;
import dev.detent.processor.model.Declaration;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.ModelDeclaration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@link ModelDeclaration} to {@link ShapedModel}. */
public final class ShapeInference {
  /** More than any network has; blocks that repeat blocks are told before they fill the memory. */
  private static final int MOST_LAYERS = 20_000;

  /** The layers whose shapes are known; what does not fit is left out and reported. */
  public ShapedModel infer(ModelDeclaration model, Reporter reporter) {
    IndexInputs.check(model, reporter);
    Map<String, Shape> shapes = new HashMap<>();
    List<ShapedLayer> layers = new ArrayList<>();
    Deque<Declaration> open = new ArrayDeque<>(model.layers());
    while (!open.isEmpty()) {
      Declaration next = open.remove();
      if (next instanceof BlockUse block) {
        List<Declaration> expanded = new ArrayList<>(expand(block, shapes, reporter));
        Collections.reverse(expanded);
        expanded.forEach(open::addFirst);
        continue;
      }
      LayerDeclaration layer = (LayerDeclaration) next;
      if (layers.size() == MOST_LAYERS) {
        reporter.report(
            Message.B02_TOO_MANY_LAYERS, layer.source().operation(), layer.name(), MOST_LAYERS);
        break;
      }
      List<Shape> inputs =
          layer.inputs().stream().map(shapes::get).filter(Objects::nonNull).toList();
      if (inputs.size() < layer.inputs().size()) {
        continue; // what it reads is wrong already
      }
      UnshapedLayer unshaped = new UnshapedLayer(layer, inputs, reporter);
      ShapeRules.infer(unshaped)
          .filter(inferred -> fits(unshaped, inferred))
          .flatMap(inferred -> withStacked(layer, inferred, reporter))
          .filter(inferred -> fitsSharedWeights(layer, inferred, layers, reporter))
          .ifPresent(
              inferred -> {
                shapes.put(layer.name(), inferred.output());
                layers.add(
                    new ShapedLayer(
                        layer,
                        inputs,
                        inferred.output(),
                        inferred.kernel(),
                        inferred.weights(),
                        parameters(layer, inferred),
                        inferred.multiplyAccumulates()));
              });
    }
    return new ShapedModel(model, layers);
  }

  /** The stacked activation must do for the shape as well. */
  private static Optional<Inferred> withStacked(
      LayerDeclaration layer, Inferred inferred, Reporter reporter) {
    if (layer.stacked().isEmpty()) {
      return Optional.of(inferred);
    }
    LayerDeclaration alone = layer.standingAlone(layer.stacked().get(), layer.name());
    return ShapeRules.infer(new UnshapedLayer(alone, List.of(inferred.output()), reporter))
        .map(inferred::and);
  }

  /** The layers of a block; none if what it reads is wrong already. */
  private static List<Declaration> expand(
      BlockUse block, Map<String, Shape> shapes, Reporter reporter) {
    Shape input = shapes.get(block.input());
    return input == null ? List.of() : block.expansion().expand(input.sizes(), reporter);
  }

  private static boolean fits(UnshapedLayer layer, Inferred inferred) {
    if (inferred.output().elements() > Integer.MAX_VALUE) {
      layer.tooLarge("values in its output");
      return false;
    }
    if (inferred.kernel().map(Shape::elements).orElse(0L) > Integer.MAX_VALUE
        || inferred.weights().stream()
            .anyMatch(weight -> new Shape(weight.shape()).elements() > Integer.MAX_VALUE)) {
      layer.tooLarge("values in its kernel");
      return false;
    }
    return true;
  }

  /** Whether the layer that has the weights has them in this shape; if it failed, it is said. */
  private static boolean fitsSharedWeights(
      LayerDeclaration layer, Inferred inferred, List<ShapedLayer> above, Reporter reporter) {
    String owner = layer.sharedWith();
    Optional<Shape> theirs =
        above.stream()
            .filter(other -> other.name().equals(owner))
            .flatMap(other -> other.kernel().stream())
            .findFirst();
    if (theirs.isEmpty() || theirs.equals(inferred.kernel())) {
      return true;
    }
    reporter.report(
        Message.S22_SHARED_SHAPES,
        layer.attributes().at(AttributeKey.SHARED_WITH),
        layer.name(),
        owner,
        theirs.get(),
        inferred.kernel().orElseThrow());
    return false;
  }

  private static long parameters(LayerDeclaration layer, Inferred inferred) {
    if (inferred.kernel().isEmpty() && layer.custom().isEmpty()) {
      return inferred.otherParameters();
    }
    if (!layer.sharedWith().isEmpty()) {
      return 0; // Keras counts each weight once
    }
    long perChannel =
        layer.custom().isEmpty() && layer.attributes().get(AttributeKey.USE_BIAS) ? 1 : 0;
    if (layer.batchNorm().isPresent()) {
      Attributes batchNorm = layer.batchNorm().get();
      perChannel += 2; // mean and variance
      perChannel += batchNorm.get(AttributeKey.SCALE) ? 1 : 0;
      perChannel += batchNorm.get(AttributeKey.CENTER) ? 1 : 0;
    }
    long ofWeights =
        inferred.weights().stream().mapToLong(each -> new Shape(each.shape()).elements()).sum();
    return inferred.kernel().map(Shape::elements).orElse(ofWeights)
        + perChannel * inferred.outputChannels()
        + inferred.otherParameters();
  }
}
