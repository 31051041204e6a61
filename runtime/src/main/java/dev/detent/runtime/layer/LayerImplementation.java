package dev.detent.runtime.layer;

/**
 * What the class that {@code @CustomLayer} names is: a {@link ComposedLayer}, which deploys as
 * TFLite's built-in operations, or a {@link CustomOperation}, whose kernel the application brings.
 *
 * <p>One instance serves all passes and all models of a class: it keeps nothing of one call for the
 * next, beyond the parameters of its constructor.
 */
public sealed interface LayerImplementation permits ComposedLayer, CustomOperation {}
