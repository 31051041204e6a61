/** Drawn shapes, and a network that says of each pixel what it shows. */
package dev.detent.examples.segmentation;
