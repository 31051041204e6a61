/**
 * ResNet-8 at several widths, with several quantization algorithms: one network, written once in
 * blocks, and for each combination the few lines that say how it is quantized.
 */
package dev.detent.examples.bits;
