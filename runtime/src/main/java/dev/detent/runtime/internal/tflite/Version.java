package dev.detent.runtime.internal.tflite;

/**
 * A version of an operation.
 *
 * @param number the operator code's version
 * @param runtime the first TFLite release that has it
 */
public record Version(int number, String runtime) {}
