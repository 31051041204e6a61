package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import java.util.List;

/** Attention as matrix products and a softmax between them. */
final class AttentionLowering {
  /** {@code [batch, steps, heads, size]} to {@code [batch, heads, steps, size]}, and back. */
  private static final List<Integer> SWAP_STEPS_AND_HEADS = List.of(2, 1, 3);

  private AttentionLowering() {}

  static void scaledDotProductAttention(Parts parts) {
    attend(parts, parts.input(0), parts.input(1), parts.input(2), 0, Parts.RESULT);
  }

  /**
   * {@code softmax(query key^T / sqrt(d)) value}. The factor is the softmax's {@code beta}: its
   * kernel multiplies with it anyway, in the table of exponentials.
   */
  private static String attend(
      Parts parts, String query, String key, String value, double dropout, String result) {
    int channels = parts.shape(query).channels();
    Shape scores =
        parts.shape(query).withChannels(parts.shape(key).size(parts.shape(key).rank() - 2));
    String raw = parts.product("scores", scores, true, query, key);
    String weights =
        parts.add("weights", OpCode.SOFTMAX, scores, PartKeys.BETA, 1 / Math.sqrt(channels), raw);
    if (dropout > 0) {
      weights = parts.add("dropped", OpCode.DROPOUT, scores, AttributeKey.RATE, dropout, weights);
    }
    return parts.product(
        result, scores.withChannels(parts.shape(value).channels()), false, weights, value);
  }

  static void multiHeadAttention(Parts parts) {
    int heads = parts.get(AttributeKey.NUM_HEADS);
    int keyDim = parts.get(AttributeKey.KEY_DIM);
    int written = parts.get(AttributeKey.VALUE_DIM);
    int valueDim = written == 0 ? keyDim : written;
    Shape output = parts.layer().output();
    int steps = output.size(0);
    int last = parts.layer().inputs().size() - 1;
    String q = parts.input(0);
    String v = parts.input(Math.min(1, last));
    String k = parts.input(last);
    String query = split(parts, "query", parts.dense("query", q, heads * keyDim), heads);
    String key = split(parts, "key", parts.dense("key", k, heads * keyDim), heads);
    String value = split(parts, "value", parts.dense("value", v, heads * valueDim), heads);
    String context =
        attend(parts, query, key, value, parts.get(AttributeKey.ATTENTION_DROPOUT), "context");
    if (heads > 1) {
      String perStep = swapped(parts, "context/steps", context);
      context = parts.reshape("context/joined", perStep, Shape.of(steps, heads * valueDim));
    }
    parts.dense(Parts.RESULT, context, output.channels());
  }

  /** {@code [steps, heads * size]} to {@code [heads, steps, size]}; one head stays as it is. */
  private static String split(Parts parts, String part, String projected, int heads) {
    if (heads == 1) {
      return projected;
    }
    Shape shape = parts.shape(projected);
    Shape perHead = Shape.of(shape.size(0), heads, shape.channels() / heads);
    return swapped(parts, part + "/heads", parts.reshape(part + "/split", projected, perHead));
  }

  private static String swapped(Parts parts, String part, String tensor) {
    Shape in = parts.shape(tensor);
    return parts.add(
        part,
        OpCode.TRANSPOSE,
        Shape.of(in.size(1), in.size(0), in.size(2)),
        AttributeKey.DIMS,
        SWAP_STEPS_AND_HEADS,
        tensor);
  }
}
