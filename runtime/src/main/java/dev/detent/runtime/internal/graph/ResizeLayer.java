package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.Operation.Resize;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.types.TFloat32;

/** An image of another size in one pass: in the range of its input, as the kernels demand. */
record ResizeLayer(PassBuilder graph, Ops tf, Resize resize, LayerTensor x) {

  LayerTensor build() {
    Operand<TFloat32> real = resized();
    return graph.tied(
        resize,
        graph
            .grid(resize)
            .filter(nodes -> resize.isBilinear())
            .map(nodes -> new Kernel(tf, nodes, nodes, x.operand()))
            .map(kernel -> BilinearAxis.resize(kernel, axis(0), axis(1)))
            .map(deployed -> CustomGradients.straightThrough(tf, deployed, real))
            .orElse(real));
  }

  private BilinearAxis axis(int index) {
    return BilinearAxis.of(
        x.shape()[index],
        resize.output().shape()[index],
        resize.alignCorners(),
        resize.halfPixelCenters());
  }

  private Operand<TFloat32> resized() {
    int[] shape = resize.output().shape();
    var size = tf.constant(new int[] {shape[0], shape[1]});
    return resize.isBilinear()
        ? tf.image.resizeBilinear(
            x.operand(),
            size,
            ResizeBilinear.alignCorners(resize.alignCorners()),
            ResizeBilinear.halfPixelCenters(resize.halfPixelCenters()))
        : tf.image.resizeNearestNeighbor(
            x.operand(),
            size,
            ResizeNearestNeighbor.alignCorners(resize.alignCorners()),
            ResizeNearestNeighbor.halfPixelCenters(resize.halfPixelCenters()));
  }
}
