package dev.detent.examples;

import dev.detent.runtime.data.Augmentation;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizer;
import java.util.OptionalInt;

/**
 * How an example trains where the command line does not say otherwise. Everything else is as {@link
 * Fit} has it.
 *
 * @param epochs in float
 * @param qatEpochs quantization-aware
 * @param batchSize examples a step
 * @param optimizer of the float training; the fine-tuning has the same at a tenth of its rate
 * @param augmentation of the images, or null
 */
record Recipe(
    int epochs, int qatEpochs, int batchSize, Optimizer optimizer, Augmentation augmentation) {
  /** Training examples that the ranges for post-training quantization are taken from. */
  static final int CALIBRATION_EXAMPLES = 500;

  /** Softens the answers of a teacher and its pupil (Hinton et al., 2015). */
  static final double TEACHER_TEMPERATURE = 4;

  /** Of a teacher's answers in the loss; that of the targets is the rest. */
  static final double TEACHER_WEIGHT = 0.5;

  /** Those examples, or all where there are fewer. */
  static Dataset calibration(Dataset train, long seed) {
    return train.sample(Math.min(CALIBRATION_EXAMPLES, train.size()), seed);
  }

  /** The same for other numbers of epochs, where they are given. */
  Recipe with(OptionalInt otherEpochs, OptionalInt otherQatEpochs) {
    return new Recipe(
        otherEpochs.orElse(epochs),
        otherQatEpochs.orElse(qatEpochs),
        batchSize,
        optimizer,
        augmentation);
  }

  Fit<Examples> floatFit(int count) {
    return fit(count).optimizer(optimizer);
  }

  Fit<Examples> qatFit(int count) {
    return fit(count);
  }

  /**
   * For weights that were trained elsewhere: the same as where fine-tuning follows the training.
   */
  Optimizer optimizerOfQat() {
    return optimizer.learningRate(optimizer.learningRate() * Fit.QAT_LEARNING_RATE_FACTOR);
  }

  private Fit<Examples> fit(int count) {
    return Fit.epochs(count).batchSize(batchSize).augment(augmentation);
  }
}
