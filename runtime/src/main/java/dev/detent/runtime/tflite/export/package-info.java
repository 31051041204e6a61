/**
 * Writes {@code .tflite} files.
 *
 * <p>In: a {@link dev.detent.runtime.tflite.export.Plan}, recorded by generated code through {@link
 * dev.detent.runtime.tflite.export.PlanBuilder}, and the {@link
 * dev.detent.runtime.tflite.export.TrainedValues} of a model. Out: the bytes of a file, or the file
 * itself. What each operation needs in the file is one entry of {@code OperationTable}.
 *
 * <p>May import the official schema classes, {@code annotations}, {@code runtime.quantizer}, {@code
 * runtime.internal} and the package above; nothing of the interpreter.
 */
package dev.detent.runtime.tflite.export;
