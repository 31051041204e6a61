/**
 * What a layer of the user's own implements, and what it is told.
 *
 * <p>In: a class that an annotation with {@code @CustomLayer} names. Out: its tensors in a pass of
 * the graph and in the plan of the deployed model. Imports {@code graph}, {@code quantizer} and
 * {@code tflite.export}.
 */
package dev.detent.runtime.layer;
