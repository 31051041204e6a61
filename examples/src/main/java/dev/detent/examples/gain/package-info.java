/**
 * A layer of one's own with a quantizer of its own: a trained factor for each channel, deployed as
 * an operation that TFLite has, in a network for handwritten digits.
 */
package dev.detent.examples.gain;
