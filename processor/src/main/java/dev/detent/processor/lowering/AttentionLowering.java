package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import java.util.List;

/** Attention as matrix products and a softmax between them. */
final class AttentionLowering {
  /** {@code [batch, steps, heads, size]} to {@code [batch, heads, steps, size]}, and back. */
  private static final List<Integer> SWAP_STEPS_AND_HEADS = List.of(2, 1, 3);

  private AttentionLowering() {}

  static List<Operation> scaledDotProductAttention(ShapedLayer layer) {
    Parts parts = new Parts(layer);
    attend(parts, parts.input(0), parts.input(1), parts.input(2), 0, Parts.RESULT);
    return parts.operations();
  }

  /**
   * {@code softmax(query key^T / sqrt(d)) value}. The factor is the softmax's {@code beta}: its
   * kernel multiplies with it anyway, in the table of exponentials.
   */
  private static String attend(
      Parts parts, String query, String key, String value, double dropout, String result) {
    Shape queries = parts.shape(query);
    Shape keys = parts.shape(key);
    int last = queries.rank() - 1;
    Shape scores = queries.with(last, keys.size(last - 1));
    String raw =
        parts.add("scores", OpCode.BATCH_MATMUL, scores, transposed(parts, true), query, key);
    String weights =
        parts.add(
            "weights",
            OpCode.SOFTMAX,
            scores,
            PartKeys.BETA,
            1 / Math.sqrt(queries.channels()),
            raw);
    if (dropout > 0) {
      weights = parts.add("dropped", OpCode.DROPOUT, scores, AttributeKey.RATE, dropout, weights);
    }
    return parts.add(
        result,
        OpCode.BATCH_MATMUL,
        scores.with(last, parts.shape(value).channels()),
        transposed(parts, false),
        weights,
        value);
  }

  private static Attributes transposed(Parts parts, boolean right) {
    return parts
        .with(AttributeKey.TRANSPOSE_A, false)
        .put(AttributeKey.TRANSPOSE_B, right, parts.at())
        .build();
  }

  static List<Operation> multiHeadAttention(ShapedLayer layer) {
    Attributes attributes = layer.declaration().attributes();
    int heads = attributes.get(AttributeKey.NUM_HEADS);
    int keyDim = attributes.get(AttributeKey.KEY_DIM);
    int written = attributes.get(AttributeKey.VALUE_DIM);
    int valueDim = written == 0 ? keyDim : written;
    int steps = layer.output().size(0);
    Parts parts = new Parts(layer);
    String x = parts.input(0);
    String query = split(parts, "query", parts.dense("query", x, heads * keyDim), heads);
    String key = split(parts, "key", parts.dense("key", x, heads * keyDim), heads);
    String value = split(parts, "value", parts.dense("value", x, heads * valueDim), heads);
    String context =
        attend(parts, query, key, value, attributes.get(AttributeKey.ATTENTION_DROPOUT), "context");
    if (heads > 1) {
      String perStep =
          parts.add(
              "context/steps",
              OpCode.TRANSPOSE,
              Shape.of(steps, heads, valueDim),
              AttributeKey.DIMS,
              SWAP_STEPS_AND_HEADS,
              context);
      context = parts.reshape("context/joined", perStep, Shape.of(steps, heads * valueDim));
    }
    parts.dense(Parts.RESULT, context, layer.output().channels());
    return parts.operations();
  }

  /** {@code [steps, heads * size]} to {@code [heads, steps, size]}; one head stays as it is. */
  private static String split(Parts parts, String part, String projected, int heads) {
    if (heads == 1) {
      return projected;
    }
    Shape shape = parts.shape(projected);
    int steps = shape.size(0);
    int size = shape.channels() / heads;
    String split = parts.reshape(part + "/split", projected, Shape.of(steps, heads, size));
    return parts.add(
        part + "/heads",
        OpCode.TRANSPOSE,
        Shape.of(heads, steps, size),
        AttributeKey.DIMS,
        SWAP_STEPS_AND_HEADS,
        split);
  }
}
