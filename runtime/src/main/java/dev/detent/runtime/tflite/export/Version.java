package dev.detent.runtime.tflite.export;

/**
 * A version of an operation.
 *
 * @param number the operator code's version
 * @param runtime the first TFLite release that has it
 */
record Version(int number, String runtime) {}
