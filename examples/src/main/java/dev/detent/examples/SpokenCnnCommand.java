package dev.detent.examples;

import dev.detent.examples.spoken.SpokenCnnModel;
import dev.detent.runtime.data.LogMelSpectrogram;
import dev.detent.runtime.train.Optimizers;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code examples/run spoken-cnn}. */
@Command(
    name = "spoken-cnn",
    description = {
      "Convolutions over the log-mel spectrograms of spoken digits.",
      "--data has DIGIT_SPEAKER_INDEX.wav at 8 kHz, below it or in recordings.zip; indices below 15"
          + " are for the test, 15 to 19 for validation."
    })
final class SpokenCnnCommand implements Callable<Integer> {
  private static final Recipe RECIPE = new Recipe(16, 4, 32, Optimizers.adam(2e-3), null);

  /** 49 frames of 40 ms, each 20 ms after the one before. */
  private static final LogMelSpectrogram SPECTROGRAM =
      LogMelSpectrogram.builder(Speech.SAMPLE_RATE).build();

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    Split data = Speech.load(options, SPECTROGRAM);
    try (SpokenCnnModel model = SpokenCnnModel.create(options.seed())) {
      new ExampleRun(command, options, RECIPE).run(model, data);
    }
    return 0;
  }
}
