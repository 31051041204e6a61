package dev.detent.examples.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * Layers and their variables as one writes them against TensorFlow Java alone. A convolution that
 * batch norm follows has no bias, which would have no effect; Detent does not compute it in
 * training either.
 */
final class HandWrittenLayers {
  private static final float L2 = 1e-4f;
  private static final float BATCH_NORM_GAIN = 0.01f;
  private static final float BATCH_NORM_EPSILON = 1e-3f;

  private final Ops tf;
  private final Random random = new Random(1);
  private final List<Weight> weights = new ArrayList<>();
  private final List<Operand<TFloat32>> penalties = new ArrayList<>();
  private final List<Op> initializers = new ArrayList<>();
  private final List<Op> statisticUpdates = new ArrayList<>();

  /** A trained variable and what a step reads of it. */
  record Weight(VarHandleOp handle, Operand<TFloat32> value, Shape shape) {}

  HandWrittenLayers(Ops tf) {
    this.tf = tf;
  }

  // ---------------------------------------------------------------- layers

  Operand<TFloat32> convolution(Operand<TFloat32> x, int filters, int size, int stride) {
    int in = channels(x);
    var kernel = penalized(heNormal(size * size * in, size, size, in, filters));
    return tf.nn.conv2d(x, kernel, strides(stride), "SAME");
  }

  Operand<TFloat32> depthwise(Operand<TFloat32> x, int size, int stride) {
    var kernel = penalized(heNormal(size * size, size, size, channels(x), 1));
    return tf.nn.depthwiseConv2dNative(x, kernel, strides(stride), "SAME");
  }

  Operand<TFloat32> bias(Operand<TFloat32> x) {
    return tf.nn.biasAdd(x, trained(Shape.of(channels(x)), 0));
  }

  Operand<TFloat32> batchNorm(Operand<TFloat32> x) {
    Shape shape = Shape.of(channels(x));
    var normalized =
        FusedBatchNorm.create(
            tf.scope(),
            x,
            trained(shape, 1),
            trained(shape, 0),
            tf.constant(new float[0]),
            tf.constant(new float[0]),
            FusedBatchNorm.epsilon(BATCH_NORM_EPSILON),
            FusedBatchNorm.isTraining(true));
    follow(shape, 0, normalized.batchMean());
    follow(shape, 1, normalized.batchVariance());
    return normalized.y();
  }

  Operand<TFloat32> relu(Operand<TFloat32> x) {
    return tf.nn.relu(x);
  }

  Operand<TFloat32> add(Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.math.add(a, b);
  }

  /** The mean of the whole image, {@code [batch, channels]}. */
  Operand<TFloat32> averagePool(Operand<TFloat32> x) {
    Shape shape = x.asOutput().shape();
    List<Long> window = List.of(1L, shape.get(1), shape.get(2), 1L);
    return tf.reshape(
        tf.nn.avgPool(x, window, window, "VALID"), tf.constant(new int[] {-1, channels(x)}));
  }

  Operand<TFloat32> dense(Operand<TFloat32> x, int units) {
    int in = channels(x);
    return bias(tf.linalg.matMul(x, heNormal(in, in, units)));
  }

  private static List<Long> strides(int stride) {
    return List.of(1L, (long) stride, (long) stride, 1L);
  }

  private static int channels(Operand<TFloat32> x) {
    return Math.toIntExact(x.asOutput().shape().get(-1));
  }

  // ---------------------------------------------------------------- variables

  private Operand<TFloat32> heNormal(int fanIn, long... sizes) {
    Shape shape = Shape.of(sizes);
    float[] values = new float[Math.toIntExact(shape.size())];
    double deviation = Math.sqrt(2.0 / fanIn);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return trained(shape, values);
  }

  private Operand<TFloat32> trained(Shape shape, float initial) {
    return trained(shape, filled(shape, initial));
  }

  private Operand<TFloat32> trained(Shape shape, float[] initial) {
    VarHandleOp handle = variable(shape, initial);
    Operand<TFloat32> value = tf.readVariableOp(handle, TFloat32.class);
    weights.add(new Weight(handle, value, shape));
    return value;
  }

  private Operand<TFloat32> penalized(Operand<TFloat32> kernel) {
    penalties.add(tf.math.mul(tf.nn.l2Loss(kernel), tf.constant(2 * L2)));
    return kernel;
  }

  /** A moving average. */
  private void follow(Shape shape, float initial, Operand<TFloat32> batch) {
    VarHandleOp moving = variable(shape, filled(shape, initial));
    Operand<TFloat32> old = tf.readVariableOp(moving, TFloat32.class);
    statisticUpdates.add(
        tf.assignSubVariableOp(
            moving, tf.math.mul(tf.math.sub(old, batch), tf.constant(BATCH_NORM_GAIN))));
  }

  /** A variable that starts at 0 and belongs to an optimizer. */
  VarHandleOp slot(Shape shape) {
    return variable(shape, filled(shape, 0));
  }

  private VarHandleOp variable(Shape shape, float[] initial) {
    VarHandleOp handle =
        tf.varHandleOp(
            TFloat32.class, shape, VarHandleOp.sharedName("variable" + initializers.size()));
    initializers.add(
        tf.assignVariableOp(handle, tf.constant(shape, DataBuffers.of(initial, true, false))));
    return handle;
  }

  private static float[] filled(Shape shape, float value) {
    float[] values = new float[Math.toIntExact(shape.size())];
    Arrays.fill(values, value);
    return values;
  }

  /** All trained variables. */
  List<Weight> weights() {
    return weights;
  }

  /** The terms that are added to the loss. */
  List<Operand<TFloat32>> penalties() {
    return penalties;
  }

  /** Gives every variable its first value. */
  List<Op> initializers() {
    return initializers;
  }

  /** Brings the moving statistics up to date. */
  List<Op> statisticUpdates() {
    return statisticUpdates;
  }
}
