/**
 * A chip that TFLite cannot deploy to, described as a scheme, and a network that is trained for it:
 * what a hardware designer does to see how a chip will round before there is one.
 */
package dev.detent.examples.chip;
