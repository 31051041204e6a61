/**
 * Writes {@code .tflite} files.
 *
 * <p>In: a {@link dev.detent.runtime.network.Network} and the {@link
 * dev.detent.runtime.internal.tflite.write.TrainedValues} of a model. Out: the bytes of a file, or
 * the file itself. What each operation is in the file is one method of {@code Rows}.
 *
 * <p>May import the official schema classes, {@code annotations}, {@code runtime.network}, {@code
 * runtime.quantizer}, {@code runtime.internal} and the package above; nothing of the interpreter.
 */
@NullMarked
package dev.detent.runtime.internal.tflite.write;

import org.jspecify.annotations.NullMarked;
