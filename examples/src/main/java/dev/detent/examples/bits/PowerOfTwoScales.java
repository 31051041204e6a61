package dev.detent.examples.bits;

import dev.detent.annotations.Granularity;
import dev.detent.annotations.Softmax;
import dev.detent.annotations.scheme.ActivationRule;
import dev.detent.annotations.scheme.Scales;
import dev.detent.annotations.scheme.Scheme;
import dev.detent.annotations.scheme.WeightRule;

/** A fixed-point chip of 8 bits that rescales by shifts, adds no zero points and has no softmax. */
@Scheme(
    name = "power-of-two scales",
    scales = Scales.POWER_OF_TWO,
    weights = @WeightRule(granularity = Granularity.PER_TENSOR),
    activations = @ActivationRule(symmetric = true),
    without = Softmax.class)
interface PowerOfTwoScales {}
