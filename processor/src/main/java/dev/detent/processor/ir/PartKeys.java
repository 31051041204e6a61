package dev.detent.processor.ir;

import dev.detent.annotations.Initializer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.AttributeKey.Form;
import dev.detent.processor.model.Bound;
import java.util.List;

/**
 * What operations are told that no annotation has an attribute for: lowering sets it where a layer
 * becomes several operations, and emission reads it.
 */
public final class PartKeys {
  /** What the values are multiplied with before a SOFTMAX. */
  public static final AttributeKey<Double> BETA =
      new AttributeKey<>("beta", Form.DECIMAL, Bound.POSITIVE);

  /** The number of the one step that a STRIDED_SLICE takes of a sequence, from 0. */
  public static final AttributeKey<Integer> STEP =
      new AttributeKey<>("step", Form.INTEGER, Bound.atLeast(0));

  /** Of a STRIDED_SLICE that takes all steps of a sequence, the last one first. */
  public static final AttributeKey<Boolean> REVERSED =
      new AttributeKey<>("reversed", Form.FLAG, Bound.ANY);

  /** How a constant starts. */
  public static final AttributeKey<Initializer> CONSTANT_INITIALIZER =
      new AttributeKey<>("initializer", Form.INITIALIZER, Bound.ANY);

  /** What a constant is multiplied with. */
  public static final AttributeKey<Double> FACTOR =
      new AttributeKey<>("factor", Form.DECIMAL, Bound.POSITIVE);

  /** Whether a constant is trained. */
  public static final AttributeKey<Boolean> TRAINED =
      new AttributeKey<>("trained", Form.FLAG, Bound.ANY);

  /** What a constant starts with: one number, or one for each; in place of an initializer. */
  public static final AttributeKey<List<Double>> VALUES =
      new AttributeKey<>("values", Form.DECIMALS, Bound.ANY);

  /** The number that a MUL or an ADD has for its second operand. */
  public static final AttributeKey<Double> NUMBER =
      new AttributeKey<>("number", Form.DECIMAL, Bound.ANY);

  private PartKeys() {}
}
