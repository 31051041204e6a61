/**
 * TensorFlow Lite: verification, and what the writing and the reading side share, which is only
 * their errors.
 *
 * <p>{@code export} turns a plan and trained values into the bytes of a file; {@code interpreter}
 * runs any file in the real TensorFlow Lite. Neither imports the other, so that a round trip
 * through both is an independent check.
 *
 * <p>A {@link dev.detent.runtime.tflite.Verifier} takes a graph, a file and examples, and gives a
 * {@link dev.detent.runtime.tflite.Verification}. It knows of the file only what the interpreter
 * reads out of it, and nothing of the export.
 */
package dev.detent.runtime.tflite;
