/**
 * Training and evaluation: optimizers, learning-rate schedules, losses, metrics, checkpoints.
 *
 * <p>In: a model's graph and examples. Out: better weights, and what was measured on the way.
 */
@NullMarked
package dev.detent.runtime.train;

import org.jspecify.annotations.NullMarked;
