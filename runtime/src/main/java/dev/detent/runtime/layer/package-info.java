/**
 * What a layer of the user's own implements, and what it is told.
 *
 * <p>In: a class that an annotation with {@code @CustomLayer} names. Out: its operations in the
 * description of a model. Imports {@code network} and {@code quantizer}.
 */
@NullMarked
package dev.detent.runtime.layer;

import org.jspecify.annotations.NullMarked;
