/**
 * The vocabulary of Detent: a neural network is an annotated class.
 *
 * <pre>{@code
 * @Model
 * @Quantize
 * class Digits {
 *   @Input(shape = {28, 28, 1}) Layer image;
 *   @Conv2D(filters = 12, kernelSize = 3) @BatchNorm @Relu Layer conv;
 *   @MaxPool2D(poolSize = 2) Layer pool;
 *   @Flatten Layer flat;
 *   @Dense(units = 10) Layer logits;
 * }
 * }</pre>
 *
 * <p>One field is one layer, and one tensor of the deployed model. Annotations stack on a field in
 * a fixed meaning, in whatever order they are written: the operation, then {@link
 * dev.detent.annotations.BatchNorm}, then the activation. A layer reads the field above it unless
 * {@code from} names another; layers that merge name all that they read. {@code javac} checks all
 * of it and generates {@code DigitsModel}, which trains, quantizes and exports.
 *
 * <p>Names and attributes follow Keras. Tensors are {@code [batch, height, width, channels]}; the
 * batch is implied, so shapes are written without it. Wherever an attribute takes a height and a
 * width, one number stands for both.
 *
 * <p>{@link dev.detent.annotations.Quantize} says what is quantized and for which target, {@link
 * dev.detent.annotations.QuantizeConfig} and annotations with {@link
 * dev.detent.annotations.QuantizeWith} how; targets are described in {@link
 * dev.detent.annotations.scheme}.
 *
 * <p>This package uses nothing but the JDK, and nothing of it is needed when a program runs.
 */
package dev.detent.annotations;
