package dev.detent.processor.lowering;

import dev.detent.annotations.DataType;
import dev.detent.annotations.Initializer;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import java.util.List;

/** Layers that read trained constants: normalization, embeddings, and the inputs of tables. */
final class TableLowering {
  private TableLowering() {}

  static List<Operation> input(ShapedLayer layer) {
    boolean isIndices =
        layer.declaration().attributes().get(AttributeKey.DATA_TYPE) == DataType.INT32;
    return List.of(LoweringRules.operation(layer, isIndices ? OpCode.INDICES : OpCode.INPUT));
  }

  /**
   * {@code x - mean} scaled to length 1 has a deviation of {@code 1 / sqrt(channels)}, which the
   * constant that holds gamma takes out again.
   */
  static List<Operation> layerNorm(ShapedLayer layer) {
    Attributes attributes = layer.declaration().attributes();
    Parts parts = new Parts(layer);
    String x = parts.input(0);
    Shape shape = layer.output();
    int channels = shape.channels();
    String mean = parts.add("mean", OpCode.MEAN, shape.with(shape.rank() - 1, 1), x);
    String centered = parts.add("centered", OpCode.SUB, shape, x, mean);
    String unit =
        parts.add(
            "unit",
            OpCode.L2_NORMALIZATION,
            shape,
            AttributeKey.EPSILON,
            attributes.get(AttributeKey.EPSILON),
            centered);
    String gamma =
        parts.constant(
            "gamma",
            Shape.of(channels),
            Initializer.ONES,
            Math.sqrt(channels),
            attributes.get(AttributeKey.SCALE));
    if (!attributes.get(AttributeKey.CENTER)) {
      parts.add(Parts.RESULT, OpCode.MUL, shape, unit, gamma);
      return parts.operations();
    }
    String scaled = parts.add("scaled", OpCode.MUL, shape, unit, gamma);
    String beta = parts.constant("beta", Shape.of(channels), Initializer.ZEROS, 1, true);
    parts.add(Parts.RESULT, OpCode.ADD, shape, scaled, beta);
    return parts.operations();
  }

  static List<Operation> embedding(ShapedLayer layer) {
    Attributes attributes = layer.declaration().attributes();
    Parts parts = new Parts(layer);
    String table =
        parts.constant(
            "embeddings",
            Shape.of(attributes.get(AttributeKey.INPUT_DIM), layer.output().channels()),
            attributes.get(AttributeKey.EMBEDDINGS_INITIALIZER),
            1,
            true);
    parts.add(Parts.RESULT, OpCode.GATHER, layer.output(), table, parts.input(0));
    return parts.operations();
  }

  static List<Operation> positionEmbedding(ShapedLayer layer) {
    Parts parts = new Parts(layer);
    String positions =
        parts.constant(
            "positions",
            layer.output(),
            layer.declaration().attributes().get(AttributeKey.POSITION_INITIALIZER),
            1,
            true);
    parts.add(Parts.RESULT, OpCode.ADD, layer.output(), parts.input(0), positions);
    return parts.operations();
  }
}
