/**
 * What a training step costs: the same networks once in Detent and once written by hand against
 * TensorFlow Java, measured in turns.
 */
package dev.detent.examples.bench;
