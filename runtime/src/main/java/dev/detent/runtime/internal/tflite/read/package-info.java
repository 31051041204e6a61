/**
 * Reads the tables of {@code .tflite} files.
 *
 * <p>In: a file or its bytes, whoever wrote them. Out: {@link
 * dev.detent.runtime.tflite.TfliteModelInfo}, and the tables for those that want more. What is read
 * is bounded by the file's size.
 */
@NullMarked
package dev.detent.runtime.internal.tflite.read;

import org.jspecify.annotations.NullMarked;
