package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an annotation of the user's own a layer, which a class of the user's own computes.
 *
 * <pre>{@code
 * @CustomLayer(
 *     implementation = ChannelGain.class,
 *     weights = @LayerWeight(name = "kernel", shape = "{1, 1, channels, 1}", initializer = Initializer.ONES))
 * @Target(ElementType.FIELD)
 * @interface Gain {}
 *
 * @Conv2D(filters = 16, kernelSize = 3) Layer conv;
 * @Gain                                 Layer gained;
 * }</pre>
 *
 * <p>The class implements {@code dev.detent.runtime.layer.ComposedLayer}, and deploys as TFLite's
 * built-in operations, or {@code CustomOperation}, whose kernel the application brings. It is
 * public, or in the model's package.
 *
 * <p><b>Inputs.</b> The layer reads the field above, or the one that the attribute {@code String
 * from() default ""} of its annotation names. With an attribute {@code String[] value()} it reads
 * the layers that are named there, as {@link Add} does.
 *
 * <p><b>Parameters.</b> The other attributes, in their order of declaration, are the arguments of
 * the class's constructor; where the names of its parameters are known, as those of a record are,
 * they must be the same. {@link Bind} may give them values.
 *
 * <p><b>Shapes</b> are expressions in the language of {@link Bind}. Their names are the attributes
 * that are numbers or booleans, and of the input {@code height}, {@code width} and {@code channels}
 * as far as it has them, and {@code rank}, how many sizes it has; of a second input {@code height2}
 * and so on. Attributes hide sizes of the same name.
 *
 * <p><b>Quantization.</b> All that stands on the field counts, as for any layer. A {@link
 * QuantizeConfig}, or an annotation that stands for one, on the layer's own annotation is what
 * counts where the field itself says nothing: so a layer brings its own quantizer.
 */
@Documented
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface CustomLayer {
  /** The class that computes it. */
  Class<?> implementation();

  /**
   * The sizes of the output, without the batch: {@code {height / 2, width / 2, 4 * channels}}. By
   * default those of the first input.
   */
  String outputShape() default "";

  /** How many layers it reads, where it names them; 0 for any number from 1. */
  int inputs() default 0;

  /** The weights that it trains, in the order in which a custom operation's kernel gets them. */
  LayerWeight[] weights() default {};

  /** Multiplications with weights for one example, as an expression, for the reports. */
  String multiplyAccumulates() default "0";

  /** Whether an activation may stand after it on the field: the class then fuses it. */
  boolean activation() default false;

  /** Whether a batch norm may stand after it on the field: the class then folds it. */
  boolean batchNorm() default false;

  /**
   * Which range its output has: one of its own; that of its inputs, for a layer that only moves or
   * chooses values; or a fixed one.
   */
  OutputRange range() default OutputRange.OWN;

  /** The scale of a fixed range with 8 bits. */
  double scale() default 0;

  /** The zero point of a fixed range with 8 bits, -128 to 127. */
  int zeroPoint() default 0;
}
