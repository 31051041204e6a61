package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Arrays;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** Axes that become one value: their mean, sum or largest value. */
public final class ReductionLayer {
  private static final int[] HEIGHT_AND_WIDTH = {1, 2};
  private static final int IMAGE_RANK = 3;

  private final PassBuilder graph;
  private final Kind kind;
  private final String name;
  private final LayerTensor x;
  private final Ops tf;
  private int[] axes = HEIGHT_AND_WIDTH;
  private boolean keepDims;

  /** What the values become. */
  enum Kind {
    MEAN,
    SUM,
    MAX
  }

  ReductionLayer(PassBuilder graph, Kind kind, String name, LayerTensor x) {
    this.graph = graph;
    this.kind = kind;
    this.name = name;
    this.x = x;
    this.tf = graph.scope(name);
  }

  /** The axes, counted with the batch; without the call height and width, 1 and 2. */
  public ReductionLayer axes(int... values) {
    axes = Arrays.stream(values).sorted().toArray();
    return this;
  }

  /** Whether the axes stay, with size 1; without the call they do not. */
  public ReductionLayer keepDims(boolean keep) {
    keepDims = keep;
    return this;
  }

  /** The output, quantized: the largest value in the range of the input. */
  public LayerTensor output(ActivationRange range) {
    if (kind == Kind.MAX) {
      return graph.put(name, reduced(), graph.quantized(range), null);
    }
    Function<RangeNodes, Operand<TFloat32>> deployed =
        x.range() == null ? null : to -> deployed(graph.range(x.range()), to);
    graph.limit(range, kind == Kind.SUM ? ScaleLimit.total(x) : ScaleLimit.mean(count(), x));
    return graph.finish(name, reduced(), deployed, Activation.NONE, range, null);
  }

  /** The output, float. */
  public LayerTensor output() {
    return graph.put(name, reduced(), null, null);
  }

  private Operand<TFloat32> reduced() {
    var over = tf.constant(axes);
    return switch (kind) {
      case MEAN -> tf.math.mean(x.operand(), over, Mean.keepDims(keepDims));
      case SUM -> tf.reduceSum(x.operand(), over, ReduceSum.keepDims(keepDims));
      case MAX -> tf.reduceMax(x.operand(), over, ReduceMax.keepDims(keepDims));
    };
  }

  /** How many values become one. */
  private int count() {
    int[] shape = x.shape();
    return Arrays.stream(axes).map(axis -> shape[axis - 1]).reduce(1, Math::multiplyExact);
  }

  private Operand<TFloat32> deployed(RangeNodes from, RangeNodes to) {
    int[] shape = x.shape();
    int count = count();
    if (kind == Kind.SUM) {
      return ReductionArithmetic.sum(tf, from, to, x.operand(), axes, count, keepDims);
    }
    boolean hasKernelOfItsOwn =
        keepDims && shape.length == IMAGE_RANK && Arrays.equals(axes, HEIGHT_AND_WIDTH);
    return hasKernelOfItsOwn
        ? IntegerArithmetic.meanOfGrid(tf, from, to, x.operand(), count, true)
        : ReductionArithmetic.mean(tf, from, to, x.operand(), axes, count, keepDims);
  }
}
