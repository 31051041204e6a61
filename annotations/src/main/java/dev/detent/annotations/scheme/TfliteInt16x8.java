package dev.detent.annotations.scheme;

import dev.detent.annotations.Add;
import dev.detent.annotations.AveragePool2D;
import dev.detent.annotations.Concat;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.DepthwiseConv2D;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.MaxPool2D;
import dev.detent.annotations.Relu;
import dev.detent.annotations.Relu6;
import dev.detent.annotations.Reshape;
import dev.detent.annotations.Softmax;
import dev.detent.annotations.ZeroPad2D;

/**
 * TFLite's 16x8 scheme: activations of 16 bits with zero point 0, weights of 8 bits. For models
 * that lose too much with activations of 8 bits; single layers may have these.
 *
 * <p>It has the layers whose 16-bit kernels are proven against the interpreter; other layers can
 * stay in float there, with {@link dev.detent.annotations.KeepFloat}.
 */
@Scheme(
    name = "TFLite int16 activations",
    tflite = true,
    only = {
      Conv2D.class,
      DepthwiseConv2D.class,
      Dense.class,
      MaxPool2D.class,
      AveragePool2D.class,
      GlobalAveragePool2D.class,
      Flatten.class,
      Reshape.class,
      ZeroPad2D.class,
      Add.class,
      Concat.class,
      Relu.class,
      Relu6.class,
      Softmax.class
    },
    activations = {
      @ActivationRule(bits = 16, symmetric = true),
      @ActivationRule(bits = 8),
    })
public interface TfliteInt16x8 {}
