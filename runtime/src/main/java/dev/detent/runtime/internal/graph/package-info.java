/**
 * The TensorFlow graph of a model: its variables, and one sub-graph for each way to run it (float
 * or quantized, training or not), all reading the same variables.
 *
 * <p>In: a {@link dev.detent.runtime.network.Network}. Out: tensors to feed and fetch.
 */
@NullMarked
package dev.detent.runtime.internal.graph;

import org.jspecify.annotations.NullMarked;
