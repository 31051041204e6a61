package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogMelSpectrogramTest {
  private static final int RATE = 8000;

  private static float[] sine(double hertz, double amplitude, int samples) {
    float[] sine = new float[samples];
    for (int i = 0; i < samples; i++) {
      sine[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / RATE));
    }
    return sine;
  }

  /**
   * A sine of amplitude A in the middle of a bin has |X| = A / 2 sum(w) = A L / 4 there, half of it
   * in the bins beside (the Hann window's own transform), nothing elsewhere.
   */
  @Test
  void aSineIsOnePeak() {
    double[] power = new PowerSpectrum(256).of(sine(1000, 0.5, 300), 0);

    assertThat(power).hasSize(129);
    // Bin 1000 / (8000 / 256) = 32; (0.5 * 256 / 4)^2 = 1024. Samples are floats: 1e-7 of each.
    double rounding = 1e-3;
    for (int k = 0; k < power.length; k++) {
      double expected = k == 32 ? 1024 : k == 31 || k == 33 ? 256 : 0;
      assertThat(power[k]).as("bin %d", k).isCloseTo(expected, within(rounding));
    }
  }

  /** Parseval: the power of all N bins is N times that of the windowed samples. */
  @Test
  void noPowerIsLostOrAdded() {
    Random random = new Random(1);
    float[] noise = new float[500];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    PowerSpectrum spectrum = new PowerSpectrum(320);
    assertThat(spectrum.size()).isEqualTo(512);
    double[] power = spectrum.of(noise, 100);
    double all = power[0] + power[256];
    for (int k = 1; k < 256; k++) {
      all += 2 * power[k];
    }
    double windowed = 0;
    for (int n = 0; n < 320; n++) {
      double w = Math.pow(Math.sin(Math.PI * n / 320), 2);
      windowed += Math.pow(w * noise[100 + n], 2);
    }
    // Doubles through nine stages of the transform: a few units of 1e-16 each.
    assertThat(all / 512).isCloseTo(windowed, within(1e-12 * windowed));
  }

  @Test
  void melsAreTheFormulas() {
    // 2595 log10(2) and 2595 log10(1 + 10 / 7), worked out by hand.
    assertThat(MelFilters.mel(700)).isCloseTo(781.1728, within(1e-4));
    assertThat(MelFilters.mel(1000)).isCloseTo(999.9856, within(1e-4));
    assertThat(MelFilters.hertz(MelFilters.mel(3210))).isCloseTo(3210, within(1e-9));
  }

  /** Neighbours cross so that together they are 1 between the first centre and the last. */
  @Test
  void filtersAddUpToOne() {
    MelFilters filters = new MelFilters(20, 0, 4000, 15.625, 257);
    double step = MelFilters.mel(4000) / 21;
    int firstCentre = (int) Math.ceil(MelFilters.hertz(step) / 15.625);
    int lastCentre = (int) Math.floor(MelFilters.hertz(20 * step) / 15.625);
    for (int k = 0; k < 257; k++) {
      double[] power = new double[257];
      power[k] = 1;
      double sum = 0;
      for (int b = 0; b < 20; b++) {
        sum += filters.apply(b, power);
      }
      if (k >= firstCentre && k <= lastCentre) {
        assertThat(sum).as("bin %d", k).isCloseTo(1, within(1e-12));
      } else {
        assertThat(sum).as("bin %d", k).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void theLoudestBandIsTheSines() {
    var spectrogram = LogMelSpectrogram.builder(RATE).range(60).build();
    float[] values = spectrogram.of(sine(1000, 0.3, RATE));

    assertThat(spectrogram.frames(RATE)).isEqualTo(49);
    assertThat(values).hasSize(49 * 40);
    // Band b has its centre at point b + 1 of 42.
    double step = (MelFilters.mel(4000) - MelFilters.mel(20)) / 41;
    int nearest = (int) Math.round((MelFilters.mel(1000) - MelFilters.mel(20)) / step) - 1;
    for (int t = 0; t < 49; t++) {
      for (int b = 0; b < 40; b++) {
        float value = values[t * 40 + b];
        if (b == nearest) {
          // The frames differ in phase alone, which only leakage of the sine's image can tell.
          assertThat(value).isBetween(-0.01f, 0f);
        } else {
          assertThat(value).isBetween(-60f, -1f);
        }
      }
    }
  }

  @Test
  void loudnessDoesNotMatterAndSilenceIsTheRange() {
    var spectrogram = LogMelSpectrogram.builder(RATE).build();
    float[] sound = new float[2000];
    Random random = new Random(2);
    for (int i = 1000; i < sound.length; i++) {
      sound[i] = random.nextFloat() - 0.5f;
    }
    float[] soft = sound.clone();
    for (int i = 0; i < soft.length; i++) {
      soft[i] /= 4;
    }
    // Powers of two scale floats exactly, and the quotient of powers with them.
    assertThat(spectrogram.of(soft)).containsExactly(spectrogram.of(sound));
    assertThat(spectrogram.of(sound)).startsWith(-80f).contains(0f);
    assertThat(spectrogram.of(new float[400])).containsOnly(-80f);
  }

  /** The cosine transform of a constant, and of one of its own cosines. */
  @Test
  void coefficientsAreTheOrthonormalTransform() {
    var mfcc = new Mfcc(LogMelSpectrogram.builder(RATE).bands(16).build(), 5);
    float[] levels = new float[32];
    for (int b = 0; b < 16; b++) {
      levels[b] = 3;
      levels[16 + b] = (float) Math.cos(Math.PI * 2 * (b + 0.5) / 16);
    }
    float[] coefficients = mfcc.transform(levels);

    // 3 sqrt(16), then sqrt(16 / 2) for the second cosine; floats of about 1 are good to 1e-7.
    float[] expected = {12, 0, 0, 0, 0, 0, 0, (float) Math.sqrt(8), 0, 0};
    assertThat(coefficients).containsExactly(expected, within(1e-5f));
    assertThat(mfcc.of(new float[RATE])).hasSize(49 * 5);
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    var builder = LogMelSpectrogram.builder(RATE);
    assertThatThrownBy(() -> builder.bands(200).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lies between two bins")
        .hasMessageContaining("15.6 hertz apart");
    assertThatThrownBy(() -> builder.lowest(4000)).hasMessageContaining("0 to below 4000");
    assertThatThrownBy(() -> builder.range(0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> builder.hop(0)).hasMessageContaining("at least 1");
    var spectrogram = LogMelSpectrogram.builder(RATE).build();
    assertThatThrownBy(() -> spectrogram.of(new float[319]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of samples is 319; at least 320");
    assertThatThrownBy(() -> new Mfcc(spectrogram, 41)).hasMessageContaining("1 to 40");
  }
}
