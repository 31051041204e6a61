/**
 * What a training step costs: the same networks once in Detent and once written by hand against
 * TensorFlow Java, measured in turns; and what of it is waiting for images.
 */
package dev.detent.examples.bench;
