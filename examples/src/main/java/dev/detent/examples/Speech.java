package dev.detent.examples;

import dev.detent.examples.spoken.SpokenDigits;
import dev.detent.examples.spoken.SpokenDigits.Part;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.LogMelSpectrogram;
import dev.detent.runtime.data.Mfcc;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

/** Spoken digits as the examples train on them; the split is the data's own and needs no seed. */
final class Speech {
  /** Changed copies of each recording that is trained on. */
  private static final int COPIES = 2;

  /** 49 frames of 40 ms, each 20 ms after the one before. */
  private static final LogMelSpectrogram SPECTROGRAM =
      LogMelSpectrogram.builder(SpokenDigits.SAMPLE_RATE).build();

  /** 24 frames of 80 ms, each 40 ms after the one before: a memory costs by the frame. */
  private static final LogMelSpectrogram LONG_FRAMES =
      LogMelSpectrogram.builder(SpokenDigits.SAMPLE_RATE).window(640).hop(320).build();

  /** As many as MLPerf Tiny's keyword spotting has. */
  private static final int COEFFICIENTS = 10;

  private Speech() {}

  static Split spectrograms(Optional<Path> folder, long seed) {
    return spectrograms(folder, seed, SPECTROGRAM);
  }

  static Split longSpectrograms(Optional<Path> folder, long seed) {
    return spectrograms(folder, seed, LONG_FRAMES);
  }

  static Split coefficients(Optional<Path> folder, long seed) {
    SpokenDigits digits = SpokenDigits.load(folder.orElseThrow());
    Mfcc mfcc = new Mfcc(SPECTROGRAM, COEFFICIENTS);
    return split((part, copies) -> digits.coefficients(part, mfcc, copies, seed));
  }

  private static Split spectrograms(
      Optional<Path> folder, long seed, LogMelSpectrogram spectrogram) {
    SpokenDigits digits = SpokenDigits.load(folder.orElseThrow());
    return split((part, copies) -> digits.spectrograms(part, spectrogram, copies, seed));
  }

  private static Split split(BiFunction<Part, Integer, Dataset> examples) {
    return new Split(
        examples.apply(Part.TRAIN, COPIES),
        examples.apply(Part.VALIDATION, 0),
        examples.apply(Part.TEST, 0));
  }
}
