package dev.detent.examples;

import dev.detent.examples.digits.DigitsModel;
import dev.detent.examples.digits.DrawnDigits;
import dev.detent.runtime.data.Idx;
import dev.detent.runtime.data.TrainTest;
import dev.detent.runtime.train.Optimizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code examples/run digits}. */
@Command(
    name = "digits",
    description = {
      "A small convolutional network for handwritten digits.",
      "Without --data it learns from digits that it draws itself; with --data from MNIST's four IDX"
          + " files (train-images-idx3-ubyte and so on, gzipped or not)."
    })
final class DigitsCommand implements Callable<Integer> {
  private static final Recipe RECIPE = new Recipe(5, 2, 32, Optimizers.adam(4e-3), null);
  private static final int DRAWN_TRAIN = 10_000;
  private static final int DRAWN_TEST = 2_000;

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    TrainTest data =
        options
            .data()
            .map(DigitsCommand::read)
            .orElseGet(() -> DrawnDigits.draw(DRAWN_TRAIN, DRAWN_TEST, options.seed()));
    try (DigitsModel model = DigitsModel.create(options.seed())) {
      new ExampleRun(command, options, RECIPE).run(model, Split.of(data, options.seed()));
    }
    return 0;
  }

  private static TrainTest read(Path folder) {
    return Idx.read(folder).scaled(1f / 255);
  }
}
