/** What is learned from many examples of some classes, used for others with few. */
package dev.detent.examples.transfer;
