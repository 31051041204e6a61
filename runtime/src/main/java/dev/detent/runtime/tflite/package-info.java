/**
 * TensorFlow Lite: what the writing and the reading side share, which is only their errors.
 *
 * <p>{@code export} turns a plan and trained values into the bytes of a file; {@code interpreter}
 * runs any file in the real TensorFlow Lite. Neither imports the other, so that a round trip
 * through both is an independent check.
 */
package dev.detent.runtime.tflite;
