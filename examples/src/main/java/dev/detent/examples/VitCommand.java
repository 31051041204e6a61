package dev.detent.examples;

import dev.detent.examples.cifar.VisionTransformerModel;
import dev.detent.runtime.train.Optimizers;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code examples/run vit}. */
@Command(
    name = "vit",
    description = {
      "A small vision transformer for photographs of 32 by 32 pixels in ten classes.",
      "--data has CIFAR-10 as 'train' and 'test', each a folder or a zip of class/image.jpg."
    })
final class VitCommand implements Callable<Integer> {
  private static final Recipe RECIPE =
      new Recipe(12, 3, 64, Optimizers.adam(1e-3), Photographs.AUGMENTATION);

  /** From -1 to 1: there is no batch norm that would take pixels as they are. */
  private static final float PIXEL_SCALE = 1 / 127.5f;

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    Split data = Photographs.load(options).scaled(PIXEL_SCALE, -1);
    try (VisionTransformerModel model = VisionTransformerModel.create(options.seed())) {
      new ExampleRun(command, options, RECIPE).run(model, data);
    }
    return 0;
  }
}
