package dev.detent.examples;

import dev.detent.examples.spoken.SpokenLstmModel;
import dev.detent.runtime.data.LogMelSpectrogram;
import dev.detent.runtime.train.Optimizers;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code examples/run spoken-lstm}. */
@Command(
    name = "spoken-lstm",
    description = {
      "A long short-term memory over the log-mel spectrograms of spoken digits.",
      "--data has DIGIT_SPEAKER_INDEX.wav at 8 kHz, below it or in recordings.zip; indices below 15"
          + " are for the test, 15 to 19 for validation."
    })
final class SpokenLstmCommand implements Callable<Integer> {
  private static final Recipe RECIPE = new Recipe(16, 2, 32, Optimizers.adam(3e-3), null);

  /** 24 frames of 80 ms, each 40 ms after the one before: a memory costs by the frame. */
  private static final LogMelSpectrogram SPECTROGRAM =
      LogMelSpectrogram.builder(Speech.SAMPLE_RATE).window(640).hop(320).build();

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    Split data = Speech.load(options, SPECTROGRAM);
    try (SpokenLstmModel model = SpokenLstmModel.create(options.seed())) {
      new ExampleRun(command, options, RECIPE).run(model, data);
    }
    return 0;
  }
}
