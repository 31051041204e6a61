/**
 * Runs {@code .tflite} files in the real TensorFlow Lite, with its built-in kernels or with
 * XNNPACK: in this process, or in one of their own.
 *
 * <p>In: the bytes of a file whose structure was checked. Out: the memory of its inputs and
 * outputs. Imports nothing of the export.
 */
@NullMarked
package dev.detent.runtime.internal.tflite.interpreter;

import org.jspecify.annotations.NullMarked;
