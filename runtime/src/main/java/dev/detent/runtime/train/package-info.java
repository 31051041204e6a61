/**
 * Training and evaluation: optimizers, learning-rate schedules, losses, metrics, checkpoints.
 *
 * <p>In: a model's graph and examples. Out: better weights, and what was measured on the way.
 */
package dev.detent.runtime.train;
