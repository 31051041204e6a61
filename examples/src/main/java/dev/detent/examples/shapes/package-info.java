/** Circles, rectangles and triangles that the program draws itself. */
package dev.detent.examples.shapes;
