/** Networks of the layers that merge, move, resize and reduce tensors, from fields to file. */
package dev.detent.examples.layers;
