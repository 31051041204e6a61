package dev.detent.runtime.graph;

import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Bounds;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.quantization.FakeQuantWithMinMaxArgs;
import org.tensorflow.op.quantization.FakeQuantWithMinMaxArgsGradient;
import org.tensorflow.op.quantization.FakeQuantWithMinMaxVars;
import org.tensorflow.op.quantization.FakeQuantWithMinMaxVarsGradient;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** One {@link ActivationRange} in one pass: its bounds, its grid, and what it has seen. */
public final class RangeNodes {

  /**
   * A learned range that is narrower holds a tensor that is always 0, as behind a ReLU that never
   * opens. It is given the width 1: any scale serves such a tensor, but a tiny one would make the
   * kernels' multiplier, input scale times weight scale over output scale, larger than XNNPACK
   * takes (256).
   */
  static final float NARROWEST = 1e-6f;

  private final ActivationRange range;
  private final Ops tf;
  private final RangeVariables variables;
  private final Bounds bounds;
  private final List<Bounds> observed = new ArrayList<>();
  private Operand<TFloat32> scale;

  /** The variables of a learned range, shared by all passes. */
  record RangeVariables(Variables.Variable min, Variables.Variable max, Variables.Variable seen) {

    static RangeVariables declare(Variables variables, ActivationRange range) {
      String prefix = range.name() + "/range/";
      int[] scalar = {};
      return new RangeVariables(
          variables.declare(
              prefix + "min",
              scalar,
              Variables.Role.RANGE,
              Variables.InitialValues.constant(range.isNonNegative() ? 0 : -1)),
          variables.declare(
              prefix + "max", scalar, Variables.Role.RANGE, Variables.InitialValues.constant(1)),
          variables.declare(
              prefix + "seen", scalar, Variables.Role.RANGE, Variables.InitialValues.constant(0)));
    }
  }

  RangeNodes(Ops tf, ActivationRange range, RangeVariables variables) {
    this.range = range;
    this.variables = variables;
    this.tf = tf.withSubScope("range_" + Tensors.scopeName(range.name()));
    if (range.kind() == ActivationRange.Kind.FIXED) {
      bounds =
          new Bounds(
              this.tf.constant(fixedBound(range, range.lowest())),
              this.tf.constant(fixedBound(range, range.highest())));
    } else {
      var min = this.tf.readVariableOp(variables.min().handle(), TFloat32.class);
      var max = this.tf.readVariableOp(variables.max().handle(), TFloat32.class);
      bounds = new Bounds(min, max);
    }
  }

  private static float fixedBound(ActivationRange range, int q) {
    return (float) ((q - range.fixedZeroPoint()) * range.fixedScale());
  }

  /** The range. */
  public ActivationRange range() {
    return range;
  }

  /** Where it begins and ends: what is read at the start of a step. */
  public Bounds bounds() {
    return bounds;
  }

  /** The size of one step, in the arithmetic of {@code Encoding.nudged}. */
  Operand<TFloat32> scale() {
    if (range.kind() == ActivationRange.Kind.FIXED) {
      return tf.constant((float) range.fixedScale());
    }
    if (scale == null) {
      // TensorFlow's optimizer makes a product with 1 / 255 of a division by 255, which in float is
      // off by the last bit for most ranges. In double it is not, once rounded to float: a quotient
      // of a float and 255 is at least 2^-32 of itself away from the middle of two floats.
      var width = tf.dtypes.cast(tf.math.sub(bounds.max(), bounds.min()), TFloat64.class);
      var steps = tf.constant((double) ((1 << range.bits()) - 1));
      scale = tf.dtypes.cast(tf.math.div(width, steps), TFloat32.class);
    }
    return scale;
  }

  /** The signed integer that stands for 0, as a float. */
  Operand<TFloat32> zeroPoint() {
    if (range.kind() == ActivationRange.Kind.FIXED) {
      return tf.constant((float) range.fixedZeroPoint());
    }
    float highest = (1 << range.bits()) - 1;
    var fromMin = tf.math.div(tf.math.neg(bounds.min()), scale());
    var rounded =
        tf.math.minimum(
            tf.math.maximum(
                tf.math.floor(tf.math.add(fromMin, tf.constant(0.5f))), tf.constant(0f)),
            tf.constant(highest));
    return tf.math.add(rounded, tf.constant((float) range.lowest()));
  }

  /**
   * {@code x} clipped to the range and rounded to its grid by TensorFlow's {@code
   * FakeQuantWithMinMaxVars}; the gradient passes inside the range and stops outside.
   */
  Operand<TFloat32> fakeQuantize(Operand<TFloat32> x) {
    long bits = range.bits();
    if (range.kind() == ActivationRange.Kind.FIXED) {
      float min = fixedBound(range, range.lowest());
      float max = fixedBound(range, range.highest());
      var forward =
          tf.quantization.fakeQuantWithMinMaxArgs(
              tf.stopGradient(x),
              FakeQuantWithMinMaxArgs.min(min),
              FakeQuantWithMinMaxArgs.max(max),
              FakeQuantWithMinMaxArgs.numBits(bits));
      return CustomGradients.apply(
          tf,
          forward,
          List.of(x),
          (ops, dy) ->
              List.of(
                  ops.quantization.fakeQuantWithMinMaxArgsGradient(
                      dy,
                      x,
                      FakeQuantWithMinMaxArgsGradient.min(min),
                      FakeQuantWithMinMaxArgsGradient.max(max),
                      FakeQuantWithMinMaxArgsGradient.numBits(bits))));
    }
    var forward =
        tf.quantization.fakeQuantWithMinMaxVars(
            x, bounds.min(), bounds.max(), FakeQuantWithMinMaxVars.numBits(bits));
    return CustomGradients.apply(
        tf,
        forward,
        List.of(x),
        (ops, dy) ->
            List.of(
                ops.quantization
                    .fakeQuantWithMinMaxVarsGradient(
                        dy,
                        x,
                        bounds.min(),
                        bounds.max(),
                        FakeQuantWithMinMaxVarsGradient.numBits(bits))
                    .backpropsWrtInput()));
  }

  /** Remembers a tensor whose values the range must hold. */
  void observe(Operand<TFloat32> x) {
    Operand<TFloat32> min = range.isNonNegative() ? tf.constant(0f) : tf.reduceMin(x, allAxes(x));
    observed.add(new Bounds(min, tf.reduceMax(x, allAxes(x))));
  }

  private Operand<org.tensorflow.types.TInt32> allAxes(Operand<TFloat32> x) {
    int[] axes = new int[x.shape().numDimensions()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return tf.constant(axes);
  }

  /** What brings the range up to date; empty where nothing was observed. */
  List<Update> updates(boolean calibrating) {
    if (range.kind() == ActivationRange.Kind.FIXED || observed.isEmpty()) {
      return List.of();
    }
    Bounds batch = observed.get(0);
    for (Bounds more : observed.subList(1, observed.size())) {
      batch =
          new Bounds(
              tf.math.minimum(batch.min(), more.min()), tf.math.maximum(batch.max(), more.max()));
    }
    if (Double.isFinite(range.upperBound())) {
      var bound = tf.constant((float) range.upperBound());
      batch = new Bounds(batch.min(), tf.math.minimum(batch.max(), bound));
    }
    var seen = tf.readVariableOp(variables.seen().handle(), TFloat32.class);
    var quantizer =
        calibrating ? new dev.detent.runtime.quantizer.AllValues() : range.quantizerFactory().get();
    Bounds next = around0(quantizer.observe(tf, bounds, batch, seen));
    return List.of(
        new Update(variables.min(), next.min()),
        new Update(variables.max(), next.max()),
        new Update(variables.seen(), tf.math.add(seen, tf.constant(1f))));
  }

  /** Widened so that it holds 0 and is not empty, and symmetric if that is asked for. */
  private Bounds around0(Bounds raw) {
    var zero = tf.constant(0f);
    Operand<TFloat32> min = tf.math.minimum(raw.min(), zero);
    Operand<TFloat32> max = tf.math.maximum(raw.max(), zero);
    if (range.isSymmetric()) {
      var lowest = tf.constant((float) -range.lowest());
      var highest = tf.constant((float) range.highest());
      var step = tf.math.maximum(tf.math.div(tf.math.neg(min), lowest), tf.math.div(max, highest));
      min = tf.math.neg(tf.math.mul(step, lowest));
      max = tf.math.mul(step, highest);
    }
    var empty = tf.math.less(tf.math.sub(max, min), tf.constant(NARROWEST));
    return new Bounds(min, tf.select(empty, tf.math.add(min, tf.constant(1f)), max));
  }
}
