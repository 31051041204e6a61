/** Networks of every kind of layer, as a user writes them, against the interpreter. */
package dev.detent.examples.layers;
