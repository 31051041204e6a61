/**
 * What the compiler tells the user, at the exact annotation attribute. {@link
 * dev.detent.processor.diagnostic.Message} has every text, under a stable code.
 *
 * <p>In: findings of the passes, through {@link dev.detent.processor.diagnostic.Reporter}. Out:
 * messages of {@code javac}. A {@link dev.detent.processor.diagnostic.SourceRef} is opaque to the
 * passes: only the parser makes them, and only this package looks inside.
 *
 * <p>Imports nothing of the other packages.
 */
@NullMarked
package dev.detent.processor.diagnostic;

import org.jspecify.annotations.NullMarked;
