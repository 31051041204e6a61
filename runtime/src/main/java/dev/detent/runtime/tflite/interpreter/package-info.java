/**
 * Runs {@code .tflite} files in the real TensorFlow Lite, with its built-in kernels or with
 * XNNPACK, and reads what is in them.
 *
 * <p>In: a file or its bytes, whoever wrote them. Out: inputs, outputs and intermediate tensors,
 * latency, and a description. Imports nothing of the export.
 */
package dev.detent.runtime.tflite.interpreter;
