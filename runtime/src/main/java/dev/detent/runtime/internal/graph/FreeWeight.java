package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.DeclaredWeight;
import dev.detent.runtime.quantizer.Grid;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.quantizer.WeightQuantizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A weight that a layer of the user's own multiplies with as it likes, in one pass. */
final class FreeWeight {
  private final PassBuilder graph;
  private final String name;
  private final DeclaredWeight weight;
  private final int[] shape;

  /**
   * A weight.
   *
   * @param layer that has it; the export knows it as {@code layer/weight}
   */
  FreeWeight(PassBuilder graph, String layer, DeclaredWeight weight) {
    this.graph = graph;
    this.name = layer + "/" + weight.name();
    this.weight = weight;
    this.shape = weight.shape();
  }

  /** Its values: in a quantized pass those that the deployed integers stand for. */
  Operand<TFloat32> values() {
    Ops tf = graph.scope(name);
    Variables.Variable variable = variable();
    Operand<TFloat32> read = graph.read(variable);
    WeightQuantization how = weight.quantization();
    boolean isWanted = graph.pass().quantized() || graph.pass().observing();
    WeightQuantizer quantizer = how == null || !isWanted ? null : how.quantizerFactory().get();
    if (quantizer == null || quantizer.leavesFloat()) {
      export(
          new PassGraph.ExportNodes(
              variable, channels(), read, shape, null, none(tf), Float.SIZE, null));
      return read;
    }
    var kernel = new QuantizedKernel(graph, tf, name, how, quantizer, read, shape, channels());
    kernel.observe();
    if (!graph.pass().quantized()) {
      return read;
    }
    var deployed = kernel.deployed(null, tf.constant(Grid.SMALLEST_SCALE));
    export(
        new PassGraph.ExportNodes(
            variable,
            channels(),
            deployed.integers(),
            shape,
            deployed.scale(),
            none(tf),
            how.bits(),
            deployed.offGrid()));
    return deployed.values();
  }

  private ChannelAxes channels() {
    return ChannelAxes.last(shape.length);
  }

  private void export(PassGraph.ExportNodes nodes) {
    if (!graph.pass().training()) {
      graph.export(name, nodes);
    }
  }

  private Variables.Variable variable() {
    double area = 1;
    for (int i = 0; i < shape.length - 2; i++) {
      area *= shape[i];
    }
    int rank = shape.length;
    double fanIn = rank == 0 ? 1 : rank == 1 ? shape[0] : area * shape[rank - 2];
    double fanOut = rank == 0 ? 1 : area * shape[rank - 1];
    return graph.declare(
        name,
        shape,
        Variables.Role.TRAINABLE,
        Initializers.of(weight.initializer(), graph.seed(), name, fanIn, fanOut));
  }

  private static Operand<TFloat32> none(Ops tf) {
    return tf.constant(new float[0]);
  }
}
