package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an annotation of the user's own stand for several layers: a block with typed parameters.
 *
 * <pre>{@code
 * @Block
 * @interface InvertedResidual {
 *   int expansion() default 6;
 *   int filters();
 *   int strides() default 1;
 *   int repeat() default 1;
 *
 *   class Layers {
 *     @Conv2D(kernelSize = 1) @Bind("filters = expansion * channels") @BatchNorm @Relu6
 *     @When("expansion > 1")
 *     Layer expand;
 *
 *     @DepthwiseConv2D(kernelSize = 3, padding = Padding.SAME) @Bind("strides = strides") @BatchNorm @Relu6
 *     Layer depthwise;
 *
 *     @Conv2D(kernelSize = 1) @Bind("filters = filters") @BatchNorm
 *     Layer project;
 *
 *     @Add({"input", "project"}) @When("strides == 1 && channels == filters")
 *     Layer sum;
 *   }
 * }
 *
 * @Model
 * class Small {
 *   @Input(shape = {96, 96, 3}) Layer image;
 *   @InvertedResidual(filters = 24, strides = 2, repeat = 2) Layer stage1;
 *   ...
 * }
 * }</pre>
 *
 * <p>The annotation's member class {@code Layers} is written like a model: one field is one layer, in the order of data
 * flow. Its first layer reads the block's input, which has the name {@code input}; its last layer
 * is what the field with the block stands for. {@link Bind} and {@link When} let attributes, and
 * whether a layer exists, depend on the parameters and on the input's shape. Blocks nest. In the
 * graph the layers are called {@code stage1/expand}, and {@code stage1/2/expand} in the second
 * repetition; the last one has the field's own name.
 *
 * <p>The parameters are the annotation's attributes: numbers and booleans. Three have a meaning of
 * their own: {@code from}, a string, is the layer that the block reads instead of the field above;
 * {@code repeat} sets the block so many times, one after the other; and where it repeats, {@code
 * strides} counts for the first only and is 1 for the rest. A parameter that is not written has the
 * value of that name around the block, such as a model's {@code alpha}, else its default.
 *
 * <p>What {@link Quantize}, {@link KeepFloat} and {@link QuantizeConfig} say on the field counts for
 * all layers of the block that do not say otherwise themselves.
 */
@Documented
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Block {}
