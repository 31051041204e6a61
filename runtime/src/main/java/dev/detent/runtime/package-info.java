/**
 * What a user of a generated model calls: train, quantize, evaluate, export, verify, save.
 *
 * <p>In: examples and settings. Out: measures, files.
 */
@NullMarked
package dev.detent.runtime;

import org.jspecify.annotations.NullMarked;
