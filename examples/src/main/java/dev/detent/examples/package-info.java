/**
 * Real models on real data, written as a user of Detent writes them, and the command line that
 * starts them ({@code examples/run}).
 */
package dev.detent.examples;
