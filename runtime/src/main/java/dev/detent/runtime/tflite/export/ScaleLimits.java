package dev.detent.runtime.tflite.export;

import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.export.OperationAttributes.WithNumber;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Scales that TFLite's kernels cannot compute with: they overflow without a word, refuse the file,
 * or end the process. The graph keeps the ranges that it finds within these limits; what is left
 * are ranges that are fixed, or bounded, and numbers near the ends of float.
 */
final class ScaleLimits {
  /** ADD and SUB multiply the output's scale by this, in float. */
  private static final float ADDITION_UNIT = 0x1p20f;

  private static final double LARGEST_OF_SUM = 0x1p19;
  private static final double LARGEST_OF_WIDE_SUM = 0x1p14;
  private static final double LARGEST_OF_WEIGHTS = 0x1p8;
  private static final double LARGEST_OF_PRODUCT = 0x1p14;
  private static final double LARGEST_OF_HARD_SWISH = 0x1p7;
  private static final double LARGEST_OF_RESCALING = 0x1p22;

  private final TrainedValues values;
  private final Function<PlanTensor, Encoding> encodings;
  private final Set<String> findings;

  /**
   * Limits of a quantized model.
   *
   * @param encodings of tensors; null for float ones
   * @param findings takes what is wrong
   */
  ScaleLimits(
      TrainedValues values, Function<PlanTensor, Encoding> encodings, Set<String> findings) {
    this.values = values;
    this.encodings = encodings;
    this.findings = findings;
  }

  /** A tensor's own scale, whatever it is used for. */
  void check(PlanTensor tensor) {
    Encoding encoding = encodings.apply(tensor);
    if (encoding != null && encoding.scale() < Float.MIN_NORMAL) {
      findings.add(
          "'"
              + tensor.name()
              + "' has the scale "
              + encoding.scale()
              + "; the smallest that the kernels take is "
              + Float.MIN_NORMAL);
    }
  }

  /** The scales that an operation brings together. */
  void check(PlanOperation operation) {
    Encoding to = encodings.apply(operation.output());
    List<Encoding> from =
        operation.inputs().stream().map(encodings).filter(encoding -> encoding != null).toList();
    if (to == null || from.isEmpty()) {
      return;
    }
    double largest = from.stream().mapToDouble(Encoding::scale).max().orElseThrow();
    boolean isWide = to.bits() > Byte.SIZE;
    switch (operation.kind()) {
      case ADD, SUB -> {
        ratio(operation, to, largest, isWide ? LARGEST_OF_WIDE_SUM : LARGEST_OF_SUM);
        if (!Float.isFinite(to.scale() * ADDITION_UNIT)) {
          tooLarge(operation, to.scale(), "output scale");
        }
      }
      case ADD_CONSTANT ->
          ratio(operation, to, Math.max(largest, constant(operation)), LARGEST_OF_SUM);
      case MUL_CONSTANT ->
          product(operation, to, (float) largest * constant(operation), LARGEST_OF_PRODUCT);
      case MUL -> product(operation, to, factors(operation, from), LARGEST_OF_PRODUCT);
      case BATCH_MATMUL -> product(operation, to, factors(operation, from), LARGEST_OF_WEIGHTS);
      case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, TRANSPOSE_CONV ->
          weights(operation, from.get(0), to);
      case HARD_SWISH -> ratio(operation, to, largest, LARGEST_OF_HARD_SWISH);
      case MEAN, SUM, QUANTIZE, RELU, RELU6, RELU_N1_TO_1, LEAKY_RELU, PRELU, ELU, GELU ->
          ratio(operation, to, largest, LARGEST_OF_RESCALING);
      default -> {
        // the others keep a scale, or have one of their own that fits all
      }
    }
  }

  private float constant(PlanOperation operation) {
    return values.constant(operation.layer()).encoding().scale();
  }

  /** What MUL and BATCH_MATMUL multiply: the scales that they read, in float. */
  private static float factors(PlanOperation operation, List<Encoding> from) {
    float product =
        operation.attributes() instanceof WithNumber with ? (float) Math.abs(with.number()) : 1;
    for (Encoding encoding : from) {
      product *= encoding.scale();
    }
    return product;
  }

  private void weights(PlanOperation operation, Encoding from, Encoding to) {
    LayerWeights weights = values.weights(operation.layer());
    if (weights == null || !weights.isQuantized()) {
      return; // which is told elsewhere
    }
    float largest = 0;
    float smallest = Float.MAX_VALUE;
    for (float scale : weights.scales()) {
      if (!(scale > 0)) {
        return; // which is told elsewhere, too
      }
      largest = Math.max(largest, from.scale() * scale);
      smallest = Math.min(smallest, from.scale() * scale);
    }
    product(operation, to, largest, LARGEST_OF_WEIGHTS);
    if (smallest < Float.MIN_NORMAL) {
      findings.add(
          named(operation)
              + " has a bias of the scale "
              + smallest
              + ", input scale times kernel scale; the smallest that the kernels take is "
              + Float.MIN_NORMAL);
    }
  }

  private void product(PlanOperation operation, Encoding to, float product, double limit) {
    if (Float.isFinite(product)) {
      ratio(operation, to, product, limit);
    } else {
      tooLarge(operation, product, "product of input scales");
    }
  }

  private void ratio(PlanOperation operation, Encoding to, double from, double limit) {
    double ratio = from / to.scale();
    if (!(ratio < limit)) {
      findings.add(
          named(operation)
              + " reads values whose steps are "
              + (float) ratio
              + " times as wide as those of its output ("
              + (float) from
              + " and "
              + to.scale()
              + "); TensorFlow Lite computes with less than "
              + (long) limit
              + ". Let smaller values flow into it, as behind a normalization");
    }
  }

  private void tooLarge(PlanOperation operation, float scale, String what) {
    findings.add(
        named(operation)
            + " has the "
            + what
            + " "
            + scale
            + ", which float arithmetic cannot hold. Let smaller values flow into it, as behind a"
            + " normalization");
  }

  private static String named(PlanOperation operation) {
    return operation.kind() + " '" + operation.layer() + "'";
  }
}
