package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shape rules of layers that hold numbers, but no kernel. */
final class TableShapes {
  private TableShapes() {}

  /** Mean and variance of each channel, and gamma and beta where there are. */
  static Optional<Inferred> batchNorm(UnshapedLayer layer) {
    return Optional.of(perChannel(layer, layer.input(), 2));
  }

  static Optional<Inferred> layerNorm(UnshapedLayer layer) {
    return layer.fewAxes().map(shape -> perChannel(layer, shape, 0));
  }

  static Optional<Inferred> groupNormalization(UnshapedLayer layer) {
    int channels = layer.input().channels();
    int groups = layer.get(AttributeKey.NORM_GROUPS);
    if (groups > 0 && channels % groups != 0) {
      return layer.refuse(
          Message.S20_CHANNEL_GROUPS,
          layer.at(AttributeKey.NORM_GROUPS),
          layer.declaration().name(),
          groups,
          channels,
          layer.declaration().inputs().get(0));
    }
    return layerNorm(layer);
  }

  /** One gamma a channel. */
  static Optional<Inferred> scaled(UnshapedLayer layer) {
    return layer.fewAxes().map(shape -> new Inferred(shape, 0, shape.channels()));
  }

  /** Numbers that are given: one for all channels, or one for each. */
  static Optional<Inferred> normalization(UnshapedLayer layer) {
    return layer
        .fewAxes()
        .filter(shape -> isPerChannel(layer, AttributeKey.MEANS))
        .filter(shape -> isPerChannel(layer, AttributeKey.VARIANCES))
        .map(Inferred::new);
  }

  private static boolean isPerChannel(UnshapedLayer layer, AttributeKey<List<Double>> key) {
    int channels = layer.input().channels();
    int count = layer.get(key).size();
    return count == 1
        || count == channels
        || layer
            .refuse(
                Message.A02_WRONG_LENGTH,
                layer.at(key),
                key.name(),
                layer.declaration().annotation(),
                count,
                "one number, or one for each of the " + channels + " channels")
            .isPresent();
  }

  private static Inferred perChannel(UnshapedLayer layer, Shape shape, int statistics) {
    int numbers =
        statistics
            + (layer.get(AttributeKey.SCALE) ? 1 : 0)
            + (layer.get(AttributeKey.CENTER) ? 1 : 0);
    return new Inferred(shape, 0, (long) numbers * shape.channels());
  }

  static Optional<Inferred> positionEmbedding(UnshapedLayer layer) {
    return layer.fewAxes().map(shape -> new Inferred(shape, 0, shape.elements()));
  }

  static Optional<Inferred> embedding(UnshapedLayer layer) {
    Shape table = Shape.of(layer.get(AttributeKey.INPUT_DIM), layer.get(AttributeKey.OUTPUT_DIM));
    return layer
        .fewAxes()
        .flatMap(
            indices -> {
              if (table.elements() > Integer.MAX_VALUE) {
                return layer.tooLarge("values of the table");
              }
              List<Integer> sizes = new ArrayList<>(indices.sizes());
              sizes.add(table.channels());
              return Optional.of(new Inferred(new Shape(sizes), 0, table.elements()));
            });
  }
}
