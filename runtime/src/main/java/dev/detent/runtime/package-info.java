/**
 * What a user of a generated model calls: train, quantize, evaluate, export, verify, save.
 *
 * <p>In: examples and settings. Out: measures, files.
 */
package dev.detent.runtime;
