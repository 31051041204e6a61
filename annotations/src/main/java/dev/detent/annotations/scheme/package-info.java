/**
 * What targets can do: the words that describe one, {@link dev.detent.annotations.scheme.Scheme},
 * and the schemes of TFLite, which are written in the same words as a user's own.
 *
 * <p>Uses nothing but the JDK and the annotations of layers.
 */
package dev.detent.annotations.scheme;
