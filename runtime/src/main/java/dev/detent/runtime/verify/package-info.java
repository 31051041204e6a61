/**
 * Looks at deployed files: what is in them, whether they keep TFLite's rules, what they compute in
 * the real TensorFlow Lite, and how far that is what was trained.
 *
 * <p>In: a {@code .tflite} file, whoever wrote it, and for a verification the graph that it comes
 * from, with examples. Out: a {@link dev.detent.runtime.verify.Verification}, findings, tensors'
 * values and latencies. Knows of the file only what is read out of it, and nothing of the export.
 */
@NullMarked
package dev.detent.runtime.verify;

import org.jspecify.annotations.NullMarked;
