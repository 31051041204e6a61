/** What the writing and the reading of {@code .tflite} files share besides the user's words. */
@NullMarked
package dev.detent.runtime.internal.tflite;

import org.jspecify.annotations.NullMarked;
