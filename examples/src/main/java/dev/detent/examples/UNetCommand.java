package dev.detent.examples;

import dev.detent.examples.segmentation.DrawnShapes;
import dev.detent.examples.segmentation.UNetModel;
import dev.detent.runtime.data.TrainTest;
import dev.detent.runtime.train.Optimizers;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code examples/run unet}. */
@Command(
    name = "unet",
    description = {
      "A small U-Net that says of each pixel whether it shows a circle, a rectangle, a triangle or"
          + " the background.",
      "It learns from images that it draws itself and takes no --data."
    })
final class UNetCommand implements Callable<Integer> {
  private static final Recipe RECIPE = new Recipe(15, 4, 32, Optimizers.adam(4e-3), null);
  private static final int DRAWN_TRAIN = 4_000;
  private static final int DRAWN_TEST = 1_000;

  private final int drawnTrain;
  private final int drawnTest;

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  UNetCommand() {
    this(DRAWN_TRAIN, DRAWN_TEST);
  }

  /** Draws so many images to train on, and to test with. */
  UNetCommand(int drawnTrain, int drawnTest) {
    this.drawnTrain = drawnTrain;
    this.drawnTest = drawnTest;
  }

  @Override
  public Integer call() throws IOException {
    if (options.data().isPresent()) {
      throw new ParameterException(
          command.commandLine(), "--data is of no use: unet draws its images itself");
    }
    TrainTest data = DrawnShapes.draw(drawnTrain, drawnTest, options.seed());
    try (UNetModel model = UNetModel.create(options.seed())) {
      new ExampleRun(command, options, RECIPE)
          .with(new MeanIou())
          .run(model, Split.of(data, options.seed()));
    }
    return 0;
  }
}
