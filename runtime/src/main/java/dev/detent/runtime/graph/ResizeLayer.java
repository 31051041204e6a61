package dev.detent.runtime.graph;

import dev.detent.runtime.quantizer.ActivationRange;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.types.TFloat32;

/** An image of another size: its output has the range of its input, as the kernels demand. */
public final class ResizeLayer {
  private final PassBuilder graph;
  private final String name;
  private final LayerTensor x;
  private final int height;
  private final int width;
  private final boolean isBilinear;
  private final Ops tf;
  private boolean alignCorners;
  private boolean halfPixelCenters;

  ResizeLayer(
      PassBuilder graph, String name, LayerTensor x, int height, int width, boolean isBilinear) {
    this.graph = graph;
    this.name = name;
    this.x = x;
    this.height = height;
    this.width = width;
    this.isBilinear = isBilinear;
    this.tf = graph.scope(name);
  }

  /** The outermost pixels of input and output lie on one another. */
  public ResizeLayer alignCorners() {
    alignCorners = true;
    return this;
  }

  /** A pixel lies in its middle. */
  public ResizeLayer halfPixelCenters() {
    halfPixelCenters = true;
    return this;
  }

  /** The output, quantized. */
  public LayerTensor output(ActivationRange wanted) {
    ActivationRange range = graph.quantized(wanted);
    Operand<TFloat32> y = resized();
    if (isBilinear && range != null && graph.pass().quantized()) {
      int[] shape = x.shape();
      var rows = BilinearAxis.of(shape[0], height, alignCorners, halfPixelCenters);
      var columns = BilinearAxis.of(shape[1], width, alignCorners, halfPixelCenters);
      y =
          CustomGradients.straightThrough(
              tf, BilinearAxis.resize(tf, graph.range(range), x.operand(), rows, columns), y);
    }
    return graph.put(name, y, range, null);
  }

  /** The output, float. */
  public LayerTensor output() {
    return graph.put(name, resized(), null, null);
  }

  private Operand<TFloat32> resized() {
    var size = tf.constant(new int[] {height, width});
    return isBilinear
        ? tf.image.resizeBilinear(
            x.operand(),
            size,
            ResizeBilinear.alignCorners(alignCorners),
            ResizeBilinear.halfPixelCenters(halfPixelCenters))
        : tf.image.resizeNearestNeighbor(
            x.operand(),
            size,
            ResizeNearestNeighbor.alignCorners(alignCorners),
            ResizeNearestNeighbor.halfPixelCenters(halfPixelCenters));
  }
}
