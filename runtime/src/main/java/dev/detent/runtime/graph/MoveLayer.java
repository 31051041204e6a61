package dev.detent.runtime.graph;

import dev.detent.annotations.PadMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A layer that puts the values of one tensor in other places: its output has the range of the
 * input. Axes count the batch, lists of sizes and places leave it out.
 */
public final class MoveLayer {
  private final PassBuilder graph;
  private final String name;
  private final LayerTensor x;
  private final Ops tf;

  MoveLayer(PassBuilder graph, String name, LayerTensor x) {
    this.graph = graph;
    this.name = name;
    this.x = x;
    this.tf = graph.scope(name);
  }

  /** The axes in another order: for each of the output the one of the input that it is. */
  public LayerTensor transpose(int... axes) {
    int[] all = new int[axes.length + 1];
    System.arraycopy(axes, 0, all, 1, axes.length);
    return moved(tf.linalg.transpose(x.operand(), tf.constant(all)));
  }

  /** Zeros before and behind {@code [steps, channels]}. */
  public LayerTensor zeroPad1d(int before, int behind) {
    var paddings = tf.constant(new int[][] {{0, 0}, {before, behind}, {0, 0}});
    return moved(tf.pad(x.operand(), paddings, tf.constant(0f)));
  }

  /** The mirror image around {@code [height, width, channels]}. */
  public LayerTensor mirrorPad(PadMode mode, int top, int bottom, int left, int right) {
    var paddings = tf.constant(new int[][] {{0, 0}, {top, bottom}, {left, right}, {0, 0}});
    return moved(tf.mirrorPad(x.operand(), paddings, mode.name()));
  }

  /**
   * The values from the places {@code begin} to below {@code end}.
   *
   * @param begin one number an axis
   * @param end one number an axis
   * @param strides steps from one to the next, one number an axis
   */
  public LayerTensor slice(List<Integer> begin, List<Integer> end, List<Integer> strides) {
    return moved(
        tf.stridedSlice(
            x.operand(),
            withBatch(0, begin),
            withBatch(0, end),
            withBatch(1, strides),
            StridedSlice.beginMask(1L), // the whole batch
            StridedSlice.endMask(1L)));
  }

  private Operand<TInt32> withBatch(int first, List<Integer> rest) {
    List<Integer> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return tf.constant(all.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Blocks of {@code size} by {@code size} pixels as channels. */
  public LayerTensor spaceToDepth(int size) {
    return moved(tf.nn.spaceToDepth(x.operand(), (long) size));
  }

  /** Channels as blocks of {@code size} by {@code size} pixels. */
  public LayerTensor depthToSpace(int size) {
    return moved(tf.nn.depthToSpace(x.operand(), (long) size));
  }

  /** The whole, {@code times} times along the first axis behind the batch. */
  public LayerTensor repeat(int times) {
    return moved(
        times == 1
            ? x.operand()
            : tf.concat(Collections.nCopies(times, x.operand()), tf.constant(1)));
  }

  private LayerTensor moved(Operand<TFloat32> y) {
    return graph.put(name, y, x.range(), null);
  }
}
