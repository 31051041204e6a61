package dev.detent.processor.lowering;

import dev.detent.annotations.Initializer;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;

/** Layers that read trained constants: normalization and embeddings. */
final class TableLowering {
  private TableLowering() {}

  /**
   * {@code x - mean} scaled to length 1 has a deviation of {@code 1 / sqrt(channels)}, which the
   * constant that holds gamma takes out again.
   */
  static void layerNorm(Parts parts) {
    String x = parts.input(0);
    Shape shape = parts.layer().output();
    Shape channels = Shape.of(shape.channels());
    String mean = parts.mean("mean", x);
    String centered = parts.add("centered", OpCode.SUB, shape, x, mean);
    String unit =
        parts.add(
            "unit",
            OpCode.L2_NORMALIZATION,
            shape,
            AttributeKey.EPSILON,
            parts.get(AttributeKey.EPSILON),
            centered);
    String gamma =
        parts.constant(
            "gamma",
            channels,
            Initializer.ONES,
            Math.sqrt(shape.channels()),
            parts.get(AttributeKey.SCALE));
    if (!parts.get(AttributeKey.CENTER)) {
      parts.add(Parts.RESULT, OpCode.MUL, shape, unit, gamma);
      return;
    }
    String scaled = parts.add("scaled", OpCode.MUL, shape, unit, gamma);
    String beta = parts.constant("beta", channels, Initializer.ZEROS);
    parts.add(Parts.RESULT, OpCode.ADD, shape, scaled, beta);
  }

  static void embedding(Parts parts) {
    Shape output = parts.layer().output();
    String table =
        parts.constant(
            "embeddings",
            Shape.of(parts.get(AttributeKey.INPUT_DIM), output.channels()),
            parts.get(AttributeKey.EMBEDDINGS_INITIALIZER));
    parts.add(Parts.RESULT, OpCode.GATHER, output, table, parts.input(0));
  }

  static void positionEmbedding(Parts parts) {
    Shape output = parts.layer().output();
    String positions =
        parts.constant("positions", output, parts.get(AttributeKey.POSITION_INITIALIZER));
    parts.add(Parts.RESULT, OpCode.ADD, output, parts.input(0), positions);
  }
}
