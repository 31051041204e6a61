package dev.detent.examples.spoken;

import dev.detent.runtime.data.DataException;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.LogMelSpectrogram;
import dev.detent.runtime.data.Mfcc;
import dev.detent.runtime.data.Recording;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.data.Wav;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Free Spoken Digit Dataset (Jackson and others, 2018): files {@code DIGIT_SPEAKER_INDEX.wav}
 * at 8 kHz. Each becomes one second, cut or filled up with silence at both ends.
 *
 * <p>The split is by index, the same for each digit and speaker: below {@link #TEST_BELOW} is for
 * the test, from there to below {@link #VALIDATION_BELOW} for validation, the rest to train on. So
 * every speaker is in all three, and no recording in two. The data set's own test part, indices 0
 * to 4, stays in the test.
 */
public final class SpokenDigits {
  /** The index from which on recordings are not for the test. */
  public static final int TEST_BELOW = 15;

  /** The index from which on recordings are to train on. */
  public static final int VALIDATION_BELOW = 20;

  /** Samples a second, and samples of an example. */
  public static final int SAMPLE_RATE = 8000;

  private static final int CLASSES = 10;
  private static final Pattern FILE = Pattern.compile("(?:^|.*[/ ])(\\d)_(\\w+)_(\\d{1,9})\\.wav");

  /** A part of the data. */
  public enum Part {
    /** What is trained on. */
    TRAIN,
    /** What is looked at while training. */
    VALIDATION,
    /** What the result is measured on. */
    TEST;

    static Part of(int index) {
      return index < TEST_BELOW ? TEST : index < VALIDATION_BELOW ? VALIDATION : TRAIN;
    }
  }

  /** One second of a digit. */
  private record Sound(float[] samples, int digit) {}

  private final Map<Part, List<Sound>> parts;

  private SpokenDigits(Map<Part, List<Sound>> parts) {
    this.parts = parts;
  }

  /**
   * Reads all recordings.
   *
   * @param folder holds {@code recordings.zip}, or the recordings themselves
   * @return the digits in three parts
   * @throws DataException if a recording cannot be read, is not called {@code
   *     DIGIT_SPEAKER_INDEX.wav} or has another rate, or one of the parts would be empty
   */
  public static SpokenDigits load(Path folder) {
    Path zip = folder.resolve("recordings.zip");
    Map<Part, List<Sound>> parts = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      parts.put(part, new ArrayList<>());
    }
    Path source = zip.toFile().isFile() ? zip : folder;
    for (Recording recording : Wav.readAll(source)) {
      String where = source + ": " + recording.name();
      Matcher name = FILE.matcher(recording.name());
      if (!name.matches()) {
        throw new DataException(
            where + " is not called DIGIT_SPEAKER_INDEX.wav, as 7_theo_12.wav is");
      }
      if (recording.sampleRate() != SAMPLE_RATE) {
        throw new DataException(
            String.format(
                "%s has %d samples a second; it has to be resampled to %d",
                where, recording.sampleRate(), SAMPLE_RATE));
      }
      float[] samples = Loudspeaker.centred(recording.samples(), SAMPLE_RATE);
      parts
          .get(Part.of(Integer.parseInt(name.group(3))))
          .add(new Sound(samples, Integer.parseInt(name.group(1))));
    }
    parts.forEach(
        (part, sounds) -> {
          if (sounds.isEmpty()) {
            throw new DataException(
                String.format(
                    "%s has no recording for %s; indices below %d are for the test, below %d for"
                        + " validation, the others for training",
                    folder, part, TEST_BELOW, VALIDATION_BELOW));
          }
        });
    return new SpokenDigits(parts);
  }

  /**
   * Returns how many recordings a part has.
   *
   * @param part the part
   * @return at least 1
   */
  public int size(Part part) {
    return parts.get(part).size();
  }

  /**
   * Makes log-mel spectrograms, scaled from 0 for silence to 1 for the loudest of the recording.
   *
   * @param part the part
   * @param spectrogram how
   * @param copies further copies of every recording, at least 0, each moved in time and with noise
   *     as {@link Loudspeaker} does it
   * @param seed of the copies
   * @return examples of {@code [frames, bands]}
   */
  public Dataset spectrograms(Part part, LogMelSpectrogram spectrogram, int copies, long seed) {
    int[] shape = {spectrogram.frames(SAMPLE_RATE), spectrogram.bands()};
    return examples(part, spectrogram::of, shape, copies, seed)
        .scaled((float) (1 / spectrogram.range()), 1);
  }

  /**
   * Makes cepstral coefficients, as images of one channel.
   *
   * @param part the part
   * @param mfcc how
   * @param copies further copies of every recording, as for {@link #spectrograms}
   * @param seed of the copies
   * @return examples of {@code [frames, coefficients, 1]}
   */
  public Dataset coefficients(Part part, Mfcc mfcc, int copies, long seed) {
    int[] shape = {mfcc.frames(SAMPLE_RATE), mfcc.coefficients(), 1};
    return examples(part, mfcc::of, shape, copies, seed);
  }

  private Dataset examples(
      Part part, UnaryOperator<float[]> features, int[] shape, int copies, long seed) {
    if (copies < 0) {
      throw new IllegalArgumentException("the number of copies is " + copies + "; at least 0");
    }
    List<Sound> sounds = parts.get(part);
    float[][] values = new float[sounds.size() * (1 + copies)][];
    int[] digits = new int[values.length];
    Loudspeaker loudspeaker = new Loudspeaker(seed);
    for (int i = 0; i < values.length; i++) {
      Sound sound = sounds.get(i % sounds.size());
      float[] samples = i < sounds.size() ? sound.samples() : loudspeaker.play(sound.samples());
      values[i] = features.apply(samples);
      digits[i] = sound.digit();
    }
    return new Dataset(Features.of(values, shape), Targets.classes(digits, CLASSES));
  }
}
