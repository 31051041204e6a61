/** What the writing and the reading of {@code .tflite} files share besides the user's words. */
package dev.detent.runtime.internal.tflite;
