package dev.detent.annotations.scheme;

import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.DepthwiseConv2D;
import dev.detent.annotations.Granularity;

/**
 * TFLite's int8 scheme with weights of 4 bits, two in a byte, where its kernels take them: in
 * convolutions with one scale for each output channel, in dense layers with one for the tensor.
 * Other layers have weights of 8 bits, and single ones of these may.
 */
@Scheme(
    name = "TFLite int4 weights",
    tflite = true,
    operations = {
      @OperationRule(
          of = {Conv2D.class, DepthwiseConv2D.class},
          weights = {
            @WeightRule(bits = 4, granularity = Granularity.PER_CHANNEL),
            @WeightRule(bits = 8)
          }),
      @OperationRule(
          of = Dense.class,
          weights = {
            @WeightRule(bits = 4, granularity = Granularity.PER_TENSOR),
            @WeightRule(bits = 8)
          })
    })
public interface TfliteInt4Weights {}
