/** Drawn shapes with a box around each, and a network that finds them. */
package dev.detent.examples.detection;
