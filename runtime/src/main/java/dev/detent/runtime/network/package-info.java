/**
 * The one description of a model: its operations as TFLite runs them, with their quantization,
 * weights, batch norms and names.
 *
 * <p>In: the calls of a generated {@code network} method, and of {@link
 * dev.detent.runtime.layer.ComposedLayer}s. Out: a {@link dev.detent.runtime.network.Network},
 * which the training graph, the export and all other readers read. Imports {@code quantizer} and
 * none of its readers.
 */
@NullMarked
package dev.detent.runtime.network;

import org.jspecify.annotations.NullMarked;
