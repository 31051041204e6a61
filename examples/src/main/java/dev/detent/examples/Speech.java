package dev.detent.examples;

import dev.detent.examples.spoken.SpokenDigits;
import dev.detent.examples.spoken.SpokenDigits.Part;
import dev.detent.runtime.data.LogMelSpectrogram;

/** Spoken digits as the examples train on them. */
final class Speech {
  static final int SAMPLE_RATE = SpokenDigits.SAMPLE_RATE;

  /** Changed copies of each recording that is trained on. */
  private static final int COPIES = 2;

  private Speech() {}

  /** Loads the recordings of {@code --data}; the split is the data's own and needs no seed. */
  static Split load(CommonOptions options, LogMelSpectrogram spectrogram) {
    SpokenDigits digits = SpokenDigits.load(options.requireData());
    return new Split(
        digits.spectrograms(Part.TRAIN, spectrogram, COPIES, options.seed()),
        digits.spectrograms(Part.VALIDATION, spectrogram, 0, options.seed()),
        digits.spectrograms(Part.TEST, spectrogram, 0, options.seed()));
  }
}
