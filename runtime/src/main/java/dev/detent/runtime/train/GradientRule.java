package dev.detent.runtime.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What becomes of gradients before an optimizer has them, and of weights after.
 *
 * @param most of the clipping
 * @param accumulation how many batches one change is the mean of
 * @param average the decay of a moving average of the weights; 0 for none
 * @param rates factors on the learning rate, by pattern of layers
 */
record GradientRule(
    Clipping clipping, double most, int accumulation, double average, Map<String, Double> rates) {

  /** Gradients as they are. */
  static final GradientRule PLAIN = new GradientRule(Clipping.NONE, 0, 1, 0, Map.of());

  /** What of gradients is limited. */
  enum Clipping {
    NONE,
    VALUE,
    NORM,
    GLOBAL_NORM
  }

  GradientRule clipped(Clipping how, double limit) {
    if (!(limit > 0 && Double.isFinite(limit))) {
      throw new IllegalArgumentException(
          "gradients are clipped to " + limit + "; it must be positive");
    }
    return new GradientRule(how, limit, accumulation, average, rates);
  }

  GradientRule accumulating(int batches) {
    return new GradientRule(clipping, most, batches, average, rates);
  }

  GradientRule averaging(double decay) {
    return new GradientRule(clipping, most, accumulation, decay, rates);
  }

  GradientRule rated(String layers, double factor) {
    Map<String, Double> more = new LinkedHashMap<>(rates);
    more.remove(layers); // the last one counts
    more.put(layers, factor);
    return new GradientRule(clipping, most, accumulation, average, more);
  }

  /** The factor on the learning rate of one variable. */
  double rate(String variable) {
    double factor = 1;
    for (Map.Entry<String, Double> rate : rates.entrySet()) {
      Predicate<String> fits = LayerPattern.of(rate.getKey());
      if (fits.test(LayerPattern.layerOf(variable))) {
        factor = rate.getValue();
      }
    }
    return factor;
  }

  /** The gradients, clipped. */
  List<Operand<TFloat32>> clip(Ops tf, List<Operand<TFloat32>> gradients) {
    var limit = tf.constant((float) most);
    return switch (clipping) {
      case NONE -> gradients;
      case VALUE ->
          gradients.stream()
              .<Operand<TFloat32>>map(g -> tf.clipByValue(g, tf.math.neg(limit), limit))
              .toList();
      case NORM ->
          gradients.stream()
              .<Operand<TFloat32>>map(g -> tf.math.mul(g, factor(tf, limit, squares(tf, g))))
              .toList();
      case GLOBAL_NORM -> {
        if (gradients.isEmpty()) {
          yield gradients;
        }
        var sum =
            gradients.stream()
                .<Operand<TFloat32>>map(g -> squares(tf, g))
                .reduce(tf.math::add)
                .orElseThrow();
        var factor = factor(tf, limit, sum);
        yield gradients.stream().<Operand<TFloat32>>map(g -> tf.math.mul(g, factor)).toList();
      }
    };
  }

  private static Operand<TFloat32> factor(
      Ops tf, Operand<TFloat32> limit, Operand<TFloat32> squares) {
    return tf.math.div(limit, tf.math.maximum(limit, tf.math.sqrt(squares)));
  }

  private static Operand<TFloat32> squares(Ops tf, Operand<TFloat32> gradient) {
    return tf.sum(
        tf.math.square(tf.reshape(gradient, tf.constant(new int[] {-1}))), tf.constant(0));
  }
}
