package dev.detent.examples.bench;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * A training step as one writes it against TensorFlow Java alone: its {@code tf.nn} operations, its
 * gradients, and Adam on {@code ResourceApplyAdam}. It does the work of Detent's float step: bytes
 * in, cross-entropy with L2 penalties, moving statistics of batch norm, loss and accuracy out.
 */
final class HandWrittenTraining implements AutoCloseable {
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final float EPSILON = 1e-7f;

  private final Graph graph = new Graph();
  private final Session session = new Session(graph);
  private final Ops tf = Ops.create(graph);
  private final HandWrittenNetwork network;
  private final HandWrittenLayers layers;
  private final Placeholder<TUint8> images;
  private final Placeholder<TInt32> labels;
  private final Placeholder<TFloat32> learningRate;
  private final Placeholder<TFloat32> step;
  private final Operand<TFloat32> loss;
  private final Operand<TFloat32> accuracy;
  private final List<Op> updates;
  private long steps;

  HandWrittenTraining(HandWrittenNetwork network) {
    this.network = network;
    layers = new HandWrittenLayers(tf);
    images =
        tf.placeholder(
            TUint8.class, Placeholder.shape(Shape.of(-1, network.size(), network.size(), 3)));
    labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    step = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    var logits = network.logits(layers, tf.dtypes.cast(images, TFloat32.class));
    loss = loss(logits);
    accuracy = accuracy(logits);
    updates = new ArrayList<>(layers.statisticUpdates());
    updates.addAll(adam());
    Session.Runner runner = session.runner();
    layers.initializers().forEach(runner::addTarget);
    runner.run().close();
  }

  private Operand<TFloat32> loss(Operand<TFloat32> logits) {
    var targets =
        tf.oneHot(labels, tf.constant(network.classes()), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> sum =
        tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, targets).loss(), tf.constant(0));
    for (Operand<TFloat32> penalty : layers.penalties()) {
      sum = tf.math.add(sum, penalty);
    }
    return sum;
  }

  private Operand<TFloat32> accuracy(Operand<TFloat32> logits) {
    Operand<TInt64> said = tf.math.argMax(logits, tf.constant(-1));
    var right = tf.math.equal(said, tf.dtypes.cast(labels, TInt64.class));
    return tf.math.mean(tf.dtypes.cast(right, TFloat32.class), tf.constant(0));
  }

  private List<Op> adam() {
    var weights = layers.weights();
    var gradients =
        tf.gradients(loss, weights.stream().map(HandWrittenLayers.Weight::value).toList());
    var beta1 = tf.constant(BETA_1);
    var beta2 = tf.constant(BETA_2);
    var power1 = tf.math.pow(beta1, step);
    var power2 = tf.math.pow(beta2, step);
    List<Op> applied = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      var weight = weights.get(i);
      Operand<TFloat32> gradient = gradients.dy(i);
      applied.add(
          tf.train.resourceApplyAdam(
              weight.handle(),
              layers.slot(weight.shape()),
              layers.slot(weight.shape()),
              power1,
              power2,
              learningRate,
              beta1,
              beta2,
              tf.constant(EPSILON),
              gradient));
    }
    return applied;
  }

  /** How many numbers are trained. */
  long parameters() {
    return layers.weights().stream().mapToLong(weight -> weight.shape().size()).sum();
  }

  /**
   * Trains on one epoch of full batches.
   *
   * @param rate Adam's learning rate
   * @return the mean loss
   */
  double train(Batches batches, double rate) {
    double sum = 0;
    int count = batches.batchSize();
    try (TUint8 imageTensor = TUint8.tensorOf(Shape.of(count, network.size(), network.size(), 3));
        TInt32 labelTensor = TInt32.tensorOf(Shape.of(count));
        TFloat32 rateTensor = TFloat32.scalarOf((float) rate);
        BatchIterator iterator = batches.epoch(0)) {
      while (iterator.hasNext()) {
        Batch batch = iterator.next();
        imageTensor.asRawTensor().data().write(batch.bytes(0));
        labelTensor.asRawTensor().data().asInts().write(batch.classes(0));
        steps++;
        try (TFloat32 stepTensor = TFloat32.scalarOf(steps)) {
          Session.Runner runner =
              session
                  .runner()
                  .feed(images, imageTensor)
                  .feed(labels, labelTensor)
                  .feed(learningRate, rateTensor)
                  .feed(step, stepTensor);
          updates.forEach(runner::addTarget);
          try (Result result = runner.fetch(loss).fetch(accuracy).run()) {
            sum += ((TFloat32) result.get(0)).getFloat();
          }
        }
      }
    }
    return sum / batches.count();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
