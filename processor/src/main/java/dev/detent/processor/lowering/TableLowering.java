package dev.detent.processor.lowering;

import dev.detent.annotations.Initializer;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import java.util.List;

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
    String mean = parts.mean("mean", x);
    String centered = parts.add("centered", OpCode.SUB, shape, x, mean);
    String unit = unit(parts, "unit", parts.get(AttributeKey.EPSILON), centered);
    scaleAndShift(parts, unit, Math.sqrt(shape.channels()));
  }

  /** {@code x / |x|} along the last axis. */
  static String unit(Parts parts, String part, double epsilon, String x) {
    return parts.add(
        part, OpCode.L2_NORMALIZATION, parts.shape(x), AttributeKey.EPSILON, epsilon, x);
  }

  /** The end of a normalization: {@code factor * gamma * unit + beta}, as the attributes say. */
  static void scaleAndShift(Parts parts, String unit, double factor) {
    Shape shape = parts.layer().output();
    Shape channels = Shape.of(shape.channels());
    String gamma =
        parts.constant("gamma", channels, Initializer.ONES, factor, parts.get(AttributeKey.SCALE));
    if (!parts.get(AttributeKey.CENTER)) {
      parts.add(Parts.RESULT, OpCode.MUL, shape, unit, gamma);
      return;
    }
    String scaled = parts.add("scaled", OpCode.MUL, shape, unit, gamma);
    String beta = parts.constant("beta", channels, Initializer.ZEROS);
    parts.add(Parts.RESULT, OpCode.ADD, shape, scaled, beta);
  }

  /** As a layer normalization, of values that are not centered. */
  static void rmsNormalization(Parts parts) {
    Shape shape = parts.layer().output();
    String unit = unit(parts, "unit", parts.get(AttributeKey.EPSILON), parts.input(0));
    String gamma =
        parts.constant(
            "gamma",
            Shape.of(shape.channels()),
            Initializer.ONES,
            Math.sqrt(shape.channels()),
            true);
    parts.add(Parts.RESULT, OpCode.MUL, shape, unit, gamma);
  }

  static void layerScale(Parts parts) {
    Shape shape = parts.layer().output();
    String gamma =
        parts.constant(
            "gamma",
            Shape.of(shape.channels()),
            List.of(parts.get(AttributeKey.INIT_VALUES)),
            true);
    parts.add(Parts.RESULT, OpCode.MUL, shape, parts.input(0), gamma);
  }

  /** One number is the second operand by itself; there is none for 0. */
  static void normalization(Parts parts) {
    Shape shape = parts.layer().output();
    Shape channels = Shape.of(shape.channels());
    List<Double> means = parts.get(AttributeKey.MEANS);
    List<Double> inverse =
        parts.get(AttributeKey.VARIANCES).stream()
            .map(variance -> 1 / Math.sqrt(variance))
            .toList();
    String x = parts.input(0);
    if (means.stream().anyMatch(mean -> mean.floatValue() != 0)) {
      x =
          means.size() == 1
              ? parts.add("centered", OpCode.ADD_NUMBER, shape, PartKeys.NUMBER, -means.get(0), x)
              : parts.add(
                  "centered", OpCode.SUB, shape, x, parts.constant("mean", channels, means, false));
    }
    if (inverse.size() == 1) {
      parts.add(Parts.RESULT, OpCode.MUL_NUMBER, shape, PartKeys.NUMBER, inverse.get(0), x);
    } else {
      parts.add(
          Parts.RESULT,
          OpCode.MUL,
          shape,
          x,
          parts.constant("inverseDeviation", channels, inverse, false));
    }
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
