/**
 * Checks {@code .tflite} files without running them: that they have the structure that TensorFlow
 * Lite takes for granted, and keep its quantization specification. Reads nothing but a file's
 * tables.
 */
@NullMarked
package dev.detent.runtime.internal.tflite.check;

import org.jspecify.annotations.NullMarked;
