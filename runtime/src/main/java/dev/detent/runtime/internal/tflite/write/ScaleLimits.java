package dev.detent.runtime.internal.tflite.write;

import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.Encoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Scales that TFLite's kernels cannot compute with: they overflow without a word, refuse the file,
 * or end the process. The graph keeps the ranges that it finds within these limits; what is left
 * are ranges that are fixed, or bounded, and numbers near the ends of float.
 *
 * @param encodings of tensors; null for float ones
 * @param findings takes what is wrong
 */
record ScaleLimits(
    TrainedValues values, Function<Tensor, Encoding> encodings, Set<String> findings) {
  /** ADD and SUB multiply the output's scale by this, in float. */
  private static final float ADDITION_UNIT = 0x1p20f;

  private static final double LARGEST_OF_SUM = 0x1p19;
  private static final double LARGEST_OF_WIDE_SUM = 0x1p14;
  private static final double LARGEST_OF_WEIGHTS = 0x1p8;
  private static final double LARGEST_OF_PRODUCT = 0x1p14;
  private static final double LARGEST_OF_HARD_SWISH = 0x1p7;
  private static final double LARGEST_OF_RESCALING = 0x1p22;

  /** A tensor's own scale, whatever it is used for. */
  void check(Tensor tensor) {
    Encoding encoding = encodings.apply(tensor);
    if (encoding != null && encoding.scale() < Float.MIN_NORMAL) {
      findings.add(
          "'%s' has the scale %s; the smallest that the kernels take is %s"
              .formatted(tensor.name(), encoding.scale(), Float.MIN_NORMAL));
    }
  }

  /** The scales that an operation brings together. */
  void check(Row row) {
    Operation operation = row.operation();
    Encoding to = encodings.apply(operation.output());
    List<Float> from = new ArrayList<>();
    for (Tensor input : operation.inputs()) {
      Encoding encoding = encodings.apply(input);
      if (encoding != null) {
        from.add(encoding.scale());
      }
    }
    if (to == null || from.isEmpty()) {
      return;
    }
    if (operation instanceof Operation.BatchNorm norm) {
      from.add(Objects.requireNonNull(values.constant(norm.name()).encoding()).scale());
    }
    float largest = Collections.max(from);
    switch (operation.scaling()) {
      case SUM -> {
        boolean isWide = to.bits() > Byte.SIZE;
        ratio(row, to, largest, isWide ? LARGEST_OF_WIDE_SUM : LARGEST_OF_SUM);
        if (!Float.isFinite(to.scale() * ADDITION_UNIT)) {
          tooLarge(row, to.scale(), "output scale");
        }
      }
      case PRODUCT -> product(row, to, product(operation, from), LARGEST_OF_PRODUCT);
      case MATRIX_PRODUCT -> product(row, to, product(operation, from), LARGEST_OF_WEIGHTS);
      case WEIGHTS -> weights(row, from.get(0), to);
      case HARD_SWISH -> ratio(row, to, largest, LARGEST_OF_HARD_SWISH);
      case MEAN, TOTAL, RESCALING -> ratio(row, to, largest, LARGEST_OF_RESCALING);
      case KEPT, LOOKED_UP -> {
        // one scale, or one that fits all
      }
    }
  }

  /** What MUL and BATCH_MATMUL multiply: the scales that they read, in float. */
  private static float product(Operation operation, List<Float> from) {
    float product =
        operation instanceof Operation.WithNumber with ? (float) Math.abs(with.number()) : 1;
    for (float scale : from) {
      product *= scale;
    }
    return product;
  }

  private void weights(Row row, float from, Encoding to) {
    LayerWeights weights = values.weights(row.operation().name());
    if (weights == null || !weights.isQuantized()) {
      return; // which is told elsewhere
    }
    float largest = 0;
    float smallest = Float.MAX_VALUE;
    for (float scale : weights.scales()) {
      if (!(scale > 0)) {
        return; // which is told elsewhere, too
      }
      largest = Math.max(largest, from * scale);
      smallest = Math.min(smallest, from * scale);
    }
    product(row, to, largest, LARGEST_OF_WEIGHTS);
    if (smallest < Float.MIN_NORMAL) {
      findings.add(
          ("%s has a bias of the scale %s, input scale times kernel scale; the smallest that the"
                  + " kernels take is %s")
              .formatted(row, smallest, Float.MIN_NORMAL));
    }
  }

  private void product(Row row, Encoding to, float product, double limit) {
    if (Float.isFinite(product)) {
      ratio(row, to, product, limit);
    } else {
      tooLarge(row, product, "product of input scales");
    }
  }

  private void ratio(Row row, Encoding to, double from, double limit) {
    double ratio = from / to.scale();
    if (!(ratio < limit)) {
      findings.add(
          ("%s reads values whose steps are %s times as wide as those of its output (%s and %s);"
                  + " TensorFlow Lite computes with less than %s. Let smaller values flow into it,"
                  + " as after a normalization")
              .formatted(row, (float) ratio, (float) from, to.scale(), (long) limit));
    }
  }

  private void tooLarge(Row row, float scale, String what) {
    findings.add(
        ("%s has the %s %s, which float arithmetic cannot hold. Let smaller values flow into it, as"
                + " after a normalization")
            .formatted(row, what, scale));
  }
}
