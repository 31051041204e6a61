/**
 * Weights from and for other tools: Keras, TensorFlow, NumPy.
 *
 * <p>In: a file of trained weights and a model's variables. Out: the variables filled, with a
 * report of what came from where; or a TensorFlow checkpoint or SavedModel of the model.
 */
@NullMarked
package dev.detent.runtime.weights;

import org.jspecify.annotations.NullMarked;
