package dev.detent.runtime.train;

import dev.detent.runtime.detection.Anchors;
import dev.detent.runtime.detection.Box;
import dev.detent.runtime.detection.BoxCoder;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The losses of object detection, for targets as {@link
 * dev.detent.runtime.detection.DetectionTargets} has them: of {@code scores}, {@code [batch,
 * anchors, classes]} with the background in front, and of {@code boxes}, {@code [batch, anchors,
 * 4]}. Each is a sum over anchors divided by the number of those that have an object, or by 1 in a
 * picture without one (Liu et al., 2016, equation 1). Anchors whose target is missing do not count.
 *
 * <pre>{@code
 * Fit.epochs(20)
 *     .loss("scores", DetectionLosses.crossEntropy(3))
 *     .loss("boxes", DetectionLosses.smoothL1())
 *     .lossWeight("boxes", 1);
 * }</pre>
 */
public final class DetectionLosses {
  /** Keeps quotients of areas finite. */
  private static final float EPSILON = 1e-7f;

  /** Of the logarithm of a size over the anchor's, which an untrained model may have anywhere. */
  private static final float MOST_LOG = 4;

  private DetectionLosses() {}

  /**
   * Softmax cross-entropy with hard negative mining (Liu et al., 2016, section 2.2): of the anchors
   * of the background only those count whose loss is largest, so many times as many as have an
   * object. Of a picture without one as many count as if there were one.
   *
   * @param negatives for each anchor with an object, at least 0; the paper has 3
   */
  public static Loss crossEntropy(double negatives) {
    if (!(negatives >= 0 && Double.isFinite(negatives))) {
      throw new IllegalArgumentException(
          negatives + " negatives for each positive; it must be at least 0");
    }
    return new Named(
        "minedCrossEntropy(" + negatives + ")",
        true,
        (tf, prediction, target) -> {
          Labels labels = Labels.of(tf, target);
          var each = tf.math.neg(sum(tf, tf.math.mul(labels.oneHot, log(tf, prediction)), 2));
          var wanted =
              tf.math.mul(
                  tf.math.maximum(labels.objects(tf), tf.constant(1f)),
                  tf.constant((float) negatives));
          var mined = mined(tf, each, labels, wanted, Math.toIntExact(shape(target)[1]));
          var counts = tf.stopGradient(tf.math.add(labels.isObject, mined));
          return perObject(tf, tf.math.mul(each, counts), labels);
        });
  }

  /** 1 for the anchors of the background whose loss is among the largest of their picture. */
  private static Operand<TFloat32> mined(
      Ops tf, Operand<TFloat32> each, Labels labels, Operand<TFloat32> wanted, int anchors) {
    // Losses are at least 0, so -1 comes after all of them.
    var candidates =
        tf.math.sub(
            tf.math.mul(tf.stopGradient(each), labels.isBackground),
            tf.math.sub(tf.constant(1f), labels.isBackground));
    var all = tf.constant(anchors);
    var order = tf.nn.topK(candidates, all, TInt32.class).indices();
    // The place of each anchor in that order: equal losses have different ones.
    var rank =
        tf.nn.topK(tf.math.neg(tf.dtypes.cast(order, TFloat32.class)), all, TInt32.class).indices();
    var isFirst =
        tf.math.less(tf.dtypes.cast(rank, TFloat32.class), tf.expandDims(wanted, tf.constant(1)));
    return tf.math.mul(tf.dtypes.cast(isFirst, TFloat32.class), labels.isBackground);
  }

  /**
   * Focal loss (Lin et al.: "Focal Loss for Dense Object Detection", 2017, equation 5, of a softmax
   * instead of sigmoids): {@code -a * (1 - p)^gamma * log(p)} for the probability p of the anchor's
   * class, where a is alpha for an object and {@code 1 - alpha} for the background.
   *
   * @param gamma at least 0; the paper has 2
   * @param alpha between 0 and 1; the paper has 0.25
   */
  public static Loss focal(double gamma, double alpha) {
    if (!(gamma >= 0 && alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          "gamma "
              + gamma
              + " and alpha "
              + alpha
              + "; gamma must be at least 0, alpha between 0 and 1");
    }
    return new Named(
        "detectionFocal(" + gamma + ", " + alpha + ")",
        true,
        (tf, prediction, target) -> {
          Labels labels = Labels.of(tf, target);
          var log = log(tf, prediction);
          var easy = tf.math.sub(tf.constant(1f), tf.math.exp(log));
          // pow has no gradient at 0, where exp(log) is 1 by rounding
          var factor =
              tf.math.pow(
                  tf.math.maximum(easy, tf.constant(Float.MIN_NORMAL)), tf.constant((float) gamma));
          var each = sum(tf, tf.math.mul(tf.math.mul(factor, log), labels.oneHot), 2);
          var weights =
              tf.math.add(
                  tf.math.mul(labels.isObject, tf.constant((float) -alpha)),
                  tf.math.mul(labels.isBackground, tf.constant((float) (alpha - 1))));
          return perObject(tf, tf.math.mul(each, weights), labels);
        });
  }

  /**
   * Smooth L1 (Girshick: "Fast R-CNN", 2015, equation 3), which is {@link Losses#huber} with a
   * delta of 1: {@code d^2 / 2} for {@code d = |y - t| < 1}, {@code d - 1/2} beyond, summed over
   * the four numbers of each anchor that has an object.
   */
  public static Loss smoothL1() {
    return new Named(
        "smoothL1",
        true,
        (tf, prediction, target) -> {
          requireBoxes(target);
          var counts = Losses.present(tf, target);
          var known = Losses.withoutMissing(tf, target);
          var each = tf.math.mul(Losses.huberOf(tf, prediction.values(), known, 1), counts);
          return perAnchor(tf, sum(tf, each, 2), ofAnchors(tf, counts));
        });
  }

  /**
   * {@code 1 - GIoU} of the decoded boxes (Rezatofighi et al.: "Generalized Intersection over
   * Union", 2019): {@code GIoU = IoU - (C - U) / C}, where U is the area that both cover and C that
   * of the smallest box around both. From 0 for equal boxes to 2. Sizes are limited to e^4 times
   * the anchor's.
   *
   * @param anchors those of the targets
   */
  public static Loss giou(Anchors anchors) {
    return new GeneralizedIou(anchors);
  }

  private record GeneralizedIou(Anchors anchors) implements Loss {
    @Override
    public String name() {
      return "giou";
    }

    @Override
    public boolean leavesMissingOut() {
      return true;
    }

    @Override
    public Operand<TFloat32> perExample(Ops tf, Prediction prediction, Operand<TFloat32> target) {
      requireBoxes(target);
      if (shape(target)[1] != anchors.size()) {
        throw new TrainingException(
            "the loss giou has %s anchors, the output %s rows"
                .formatted(anchors.size(), shape(target)[1]));
      }
      var counts = ofAnchors(tf, Losses.present(tf, target));
      Corners said = corners(tf, prediction.values());
      Corners is = corners(tf, Losses.withoutMissing(tf, target));
      var both =
          area(
              tf,
              tf.math.sub(
                  tf.math.minimum(said.bottom, is.bottom), tf.math.maximum(said.top, is.top)),
              tf.math.sub(
                  tf.math.minimum(said.right, is.right), tf.math.maximum(said.left, is.left)));
      var either = tf.math.sub(tf.math.add(said.area(tf), is.area(tf)), both);
      var around =
          area(
              tf,
              tf.math.sub(
                  tf.math.maximum(said.bottom, is.bottom), tf.math.minimum(said.top, is.top)),
              tf.math.sub(
                  tf.math.maximum(said.right, is.right), tf.math.minimum(said.left, is.left)));
      var least = tf.constant(EPSILON);
      var iou = tf.math.div(both, tf.math.add(either, least));
      var empty = tf.math.div(tf.math.sub(around, either), tf.math.add(around, least));
      var each = tf.math.add(tf.math.sub(tf.constant(1f), iou), empty);
      return perAnchor(tf, tf.math.mul(each, counts), counts);
    }

    private record Corners(
        Operand<TFloat32> top,
        Operand<TFloat32> left,
        Operand<TFloat32> bottom,
        Operand<TFloat32> right) {
      Operand<TFloat32> area(Ops tf) {
        return DetectionLosses.area(tf, tf.math.sub(bottom, top), tf.math.sub(right, left));
      }
    }

    /** What {@link BoxCoder#decode} does. */
    private Corners corners(Ops tf, Operand<TFloat32> numbers) {
      BoxCoder coder = anchors.coder();
      var height = constant(tf, Box::height);
      var width = constant(tf, Box::width);
      var centerY = center(tf, numbers, 0, coder.yScale(), constant(tf, Box::centerY), height);
      var centerX = center(tf, numbers, 1, coder.xScale(), constant(tf, Box::centerX), width);
      var halfHeight = halfSize(tf, numbers, 2, coder.heightScale(), height);
      var halfWidth = halfSize(tf, numbers, 3, coder.widthScale(), width);
      return new Corners(
          tf.math.sub(centerY, halfHeight),
          tf.math.sub(centerX, halfWidth),
          tf.math.add(centerY, halfHeight),
          tf.math.add(centerX, halfWidth));
    }

    private Operand<TFloat32> constant(Ops tf, ToDoubleFunction<Box> what) {
      float[] values = new float[anchors.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) what.applyAsDouble(anchors.boxes().get(i));
      }
      return tf.constant(values);
    }

    private static Operand<TFloat32> center(
        Ops tf,
        Operand<TFloat32> numbers,
        int which,
        double scale,
        Operand<TFloat32> anchor,
        Operand<TFloat32> size) {
      var shift = tf.math.mul(number(tf, numbers, which), tf.constant((float) (1 / scale)));
      return tf.math.add(tf.math.mul(shift, size), anchor);
    }

    private static Operand<TFloat32> halfSize(
        Ops tf, Operand<TFloat32> numbers, int which, double scale, Operand<TFloat32> size) {
      var log = tf.math.mul(number(tf, numbers, which), tf.constant((float) (1 / scale)));
      var limited = tf.math.minimum(log, tf.constant(MOST_LOG));
      return tf.math.mul(tf.math.mul(tf.math.exp(limited), size), tf.constant(0.5f));
    }

    private static Operand<TFloat32> number(Ops tf, Operand<TFloat32> numbers, int which) {
      return tf.gather(numbers, tf.constant(which), tf.constant(2));
    }
  }

  private static Operand<TFloat32> area(Ops tf, Operand<TFloat32> height, Operand<TFloat32> width) {
    return tf.math.mul(tf.nn.relu(height), tf.nn.relu(width));
  }

  /** The classes of anchors, {@code [batch, anchors, classes]} and {@code [batch, anchors]}. */
  private record Labels(
      Operand<TFloat32> oneHot, Operand<TFloat32> isObject, Operand<TFloat32> isBackground) {

    static Labels of(Ops tf, Operand<TFloat32> target) {
      if (shape(target).length != 3 || shape(target)[2] < 2) {
        throw new TrainingException(
            "detection has scores of [anchors, classes], with a class for the background; this"
                + " output has "
                + ofExample(target));
      }
      var oneHot = Losses.withoutMissing(tf, target);
      var isBackground = tf.gather(oneHot, tf.constant(0), tf.constant(2));
      var isObject = tf.math.sub(sum(tf, oneHot, 2), isBackground);
      return new Labels(oneHot, isObject, isBackground);
    }

    /** How many anchors of each picture have an object. */
    Operand<TFloat32> objects(Ops tf) {
      return sum(tf, isObject, 1);
    }
  }

  private static Operand<TFloat32> log(Ops tf, Prediction prediction) {
    return Losses.logProbability(tf, prediction);
  }

  private static Operand<TFloat32> perObject(Ops tf, Operand<TFloat32> each, Labels labels) {
    return perAnchor(tf, each, labels.isObject);
  }

  private static Operand<TFloat32> perAnchor(
      Ops tf, Operand<TFloat32> each, Operand<TFloat32> counts) {
    return tf.math.div(sum(tf, each, 1), tf.math.maximum(sum(tf, counts, 1), tf.constant(1f)));
  }

  /** Of all numbers of an anchor's box either each is missing or none. */
  private static Operand<TFloat32> ofAnchors(Ops tf, Operand<TFloat32> counts) {
    return tf.gather(counts, tf.constant(0), tf.constant(2));
  }

  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x, int axis) {
    return tf.sum(x, tf.constant(axis));
  }

  private static void requireBoxes(Operand<TFloat32> target) {
    long[] shape = shape(target);
    if (shape.length != 3 || shape[2] != BoxCoder.VALUES) {
      throw new TrainingException(
          "detection has boxes of [anchors, 4]; this output has " + ofExample(target));
    }
  }

  private static long[] shape(Operand<TFloat32> target) {
    return target.asOutput().shape().asArray();
  }

  /** The shape of one example, in words. */
  private static String ofExample(Operand<TFloat32> target) {
    long[] shape = shape(target);
    return Arrays.toString(Arrays.copyOfRange(shape, 1, shape.length));
  }
}
