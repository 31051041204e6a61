/** Spoken digits: the recordings as what a model reads, and networks over sequences. */
package dev.detent.examples.spoken;
