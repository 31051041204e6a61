package dev.detent.examples.chip;

import dev.detent.annotations.AveragePool2D;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.Relu;
import dev.detent.annotations.Softmax;
import dev.detent.annotations.scheme.ActivationRule;
import dev.detent.annotations.scheme.Scales;
import dev.detent.annotations.scheme.Scheme;
import dev.detent.annotations.scheme.WeightRule;

/**
 * A fixed-point chip: every number is an integer of 8 bits, or weights of 4, times a power of two,
 * so that its datapath rescales by shifts and adds no zero points; what it adds as a bias has 16.
 * It has no divider, and with it no mean and no softmax; after a multiplication it clips below 0
 * and nowhere else.
 *
 * <p>It reads like the chip's data sheet: what is not written here is as in TFLite's kernels.
 */
@Scheme(
    name = "power-of-two fixed point",
    scales = Scales.POWER_OF_TWO,
    weights =
        @WeightRule(
            bits = {8, 4},
            granularity = Granularity.PER_TENSOR,
            narrowRange = false),
    activations = @ActivationRule(bits = 8, symmetric = true),
    biasBits = 16,
    without = {AveragePool2D.class, GlobalAveragePool2D.class, Softmax.class},
    fuses = {BatchNorm.class, Relu.class})
public interface PowerOfTwoChip {}
