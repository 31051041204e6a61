package dev.detent.annotations.scheme;

import dev.detent.annotations.Dense;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.MultiHeadAttention;

/**
 * TFLite's int8 scheme, the default: weights of 8 bits in [-127, 127], activations of 8 bits with a
 * learned zero point (TensorFlow Lite 8-bit quantization specification).
 *
 * <p>Convolutions have one scale for each output channel. Dense layers have one for the tensor,
 * with which Arm NN and the NPUs of Ethos-U run them too, and which costs no accuracy that could be
 * measured; {@link dev.detent.annotations.QuantizeConfig} may ask for the other in both.
 */
@Scheme(
    name = "TFLite int8",
    tflite = true,
    operations =
        @OperationRule(
            of = {Dense.class, MultiHeadAttention.class},
            weights = @WeightRule(granularity = {Granularity.PER_TENSOR, Granularity.PER_CHANNEL})))
public interface TfliteInt8 {}
