/**
 * Exported models in plain Java: a file becomes a {@link dev.detent.inference.TfliteModel}, which
 * any number of threads share, and each runs it with an {@link dev.detent.inference.Interpreter} of
 * its own. Imports nothing but the JDK.
 */
@NullMarked
package dev.detent.inference;

import org.jspecify.annotations.NullMarked;
