/** The {@code digits} example: handwritten digits, drawn by the program itself or read from IDX. */
package dev.detent.examples.digits;
