package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/** The product of two activations over their last two axes, under construction. */
public final class MatrixProductLayer {
  private final PassBuilder graph;
  private final String name;
  private final LayerTensor a;
  private final LayerTensor b;
  private boolean transposeA;
  private boolean transposeB;

  MatrixProductLayer(PassBuilder graph, String name, LayerTensor a, LayerTensor b) {
    this.graph = graph;
    this.name = name;
    this.a = a;
    this.b = b;
  }

  /** Whether the left matrix is transposed first; without the call it is not. */
  public MatrixProductLayer transposeA(boolean value) {
    transposeA = value;
    return this;
  }

  /** Whether the right matrix is transposed first; without the call it is not. */
  public MatrixProductLayer transposeB(boolean value) {
    transposeB = value;
    return this;
  }

  /** The output, quantized. */
  public LayerTensor output(ActivationRange range) {
    Ops tf = graph.scope(name);
    var product =
        tf.train.batchMatMul(
            a.operand(),
            b.operand(),
            TFloat32.class,
            BatchMatMul.adjX(transposeA),
            BatchMatMul.adjY(transposeB));
    Function<RangeNodes, Operand<TFloat32>> deployed =
        a.range() == null || b.range() == null
            ? null
            : to ->
                IntegerArithmetic.matrixProductOfGrids(
                    tf, graph.range(a.range()), graph.range(b.range()), to, product);
    graph.limit(range, ScaleLimit.matrixProduct(a, b));
    return graph.finish(name, product, deployed, Activation.NONE, range, null);
  }

  /** The output, float. */
  public LayerTensor output() {
    return output(null);
  }
}
