package dev.detent.runtime.internal.graph;

import dev.detent.runtime.quantizer.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * One pass of a model, built.
 *
 * @param pass which
 * @param inputs how to feed each input, in order of declaration
 * @param outputs each output, in order of declaration
 * @param tensors every layer's output, in order of data flow
 * @param trainable the variables that gradients train and this pass reads, and what it read
 * @param ranges the ranges of quantized tensors
 * @param exports what the export fetches of each layer with weights; inference passes only
 * @param constants what the export fetches of each constant operand; inference passes only
 * @param statisticUpdates bring the batch-norm statistics up to date
 * @param rangeUpdates bring the ranges and what else quantizers keep up to date
 * @param probes by range, what puts its tensors on a grid; probed passes only
 * @param hostSites what a calibration may work out on the JVM; observing passes only
 * @param penalty the sum of all weight penalties, if there are any
 * @param step the number of the training step, if there are random layers
 */
public record PassGraph(
    Pass pass,
    Map<String, Feed> inputs,
    Map<String, LayerTensor> outputs,
    Map<String, LayerTensor> tensors,
    Map<Variables.Variable, Operand<TFloat32>> trainable,
    Map<String, RangeNodes> ranges,
    Map<String, ExportNodes> exports,
    Map<String, ConstantNodes> constants,
    List<Update> statisticUpdates,
    List<Update> rangeUpdates,
    Map<String, Probe> probes,
    List<HostSite> hostSites,
    Optional<Operand<TFloat32>> penalty,
    Optional<Operand<TInt64>> step) {

  /** The bits of a constant that an operation reads beside its input. */
  public static final int CONSTANT_BITS = Byte.SIZE;

  /** How an input is fed. */
  public Feed input(String name) {
    return Objects.requireNonNull(inputs.get(name), name);
  }

  /** A layer's output. */
  public LayerTensor tensor(String layer) {
    return Objects.requireNonNull(tensors.get(layer), layer);
  }

  /**
   * How an input is fed: as bytes, from which {@code value = byte * scale + offset} is computed in
   * the graph, or by feeding {@code value} itself.
   *
   * @param bytes takes {@code [batch, ...]} of uint8
   * @param scale takes a scalar, 1 by default
   * @param offset takes a scalar, 0 by default
   * @param value may be fed in place of all three
   * @param indexLimit the rows of the smallest table that the values are indices of; 0 of real
   *     numbers
   */
  public record Feed(
      Operand<TUint8> bytes,
      Operand<TFloat32> scale,
      Operand<TFloat32> offset,
      Operand<TFloat32> value,
      int indexLimit) {

    /** Has the values be indices of a table of so many rows. */
    Feed indicesBelow(int rows) {
      int limit = indexLimit == 0 ? rows : Math.min(indexLimit, rows);
      return new Feed(bytes, scale, offset, value, limit);
    }
  }

  /**
   * What the export fetches of a layer with weights, and where they come from.
   *
   * @param variable holds the kernel before batch norm is folded in; empty of a constant that is
   *     not trained
   * @param channels the variable's axes that are the output channels
   * @param kernel the folded kernel in TensorFlow's layout: integers if there are {@code steps}
   * @param kernelShape its sizes
   * @param bias the folded bias, if there is one: integers if there are {@code steps}
   * @param steps of the integers; empty in float
   */
  public record ExportNodes(
      Optional<Variables.Variable> variable,
      ChannelAxes channels,
      Operand<TFloat32> kernel,
      int[] kernelShape,
      Optional<Operand<TFloat32>> bias,
      Optional<Steps> steps) {

    /** How many output channels there are. */
    public int outputs() {
      return channels.channels(kernelShape);
    }
  }

  /**
   * What the integers of a kernel stand for.
   *
   * @param scales one for each output channel, or one
   * @param bits width of one integer
   * @param offGrid how far a quantizer's values were off their grid at most, in steps; empty where
   *     the layer rounds to its grid itself
   */
  public record Steps(Operand<TFloat32> scales, int bits, Optional<Operand<TFloat32>> offGrid) {

    /** Of what the layer rounds itself. */
    Steps(Operand<TFloat32> scales, int bits) {
      this(scales, bits, Optional.empty());
    }
  }

  /**
   * What the export fetches of a constant that an operation reads beside its input.
   *
   * @param values on the grid of {@code bounds}, if there are any
   * @param bounds what the grid of {@link #CONSTANT_BITS} spans; empty in float
   */
  public record ConstantNodes(Operand<TFloat32> values, Optional<Bounds> bounds) {}

  /**
   * Puts the tensors of one range on a grid where it is fed, and else nothing.
   *
   * @param lowest takes a scalar, the smallest value of the grid
   * @param step takes a scalar, the distance of its values
   * @param steps takes a scalar, how many of them are above the smallest; 0 by default, for no grid
   * @param extremes the smallest and the largest value of each tensor in the batch
   * @param elements of the largest of the tensors, of one example
   */
  public record Probe(
      Operand<TFloat32> lowest,
      Operand<TFloat32> step,
      Operand<TFloat32> steps,
      List<Operand<TFloat32>> extremes,
      long elements) {

    /** Has it take in one tensor more. */
    Probe with(Operand<TFloat32> smallest, Operand<TFloat32> largest, long more) {
      List<Operand<TFloat32>> all = new ArrayList<>(extremes);
      all.add(smallest);
      all.add(largest);
      return new Probe(lowest, step, steps, List.copyOf(all), Math.max(elements, more));
    }
  }
}
