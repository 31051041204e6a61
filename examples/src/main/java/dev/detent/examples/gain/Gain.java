package dev.detent.examples.gain;

import dev.detent.annotations.CustomLayer;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.LayerWeight;
import dev.detent.annotations.QuantizeConfig;
import dev.detent.annotations.Weights;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Multiplies each channel by a trained factor. */
@CustomLayer(
    implementation = ChannelGain.class,
    weights =
        @LayerWeight(
            name = "kernel",
            shape = "{1, 1, channels, 1}",
            initializer = Initializer.ONES),
    multiplyAccumulates = "height * width * channels",
    activation = true)
@QuantizeConfig(weights = @Weights(quantizer = Headroom.class))
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Gain {}
