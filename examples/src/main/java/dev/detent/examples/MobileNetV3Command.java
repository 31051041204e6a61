package dev.detent.examples;

import dev.detent.examples.cifar.MobileNetV3Model;
import dev.detent.runtime.train.Optimizers;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code examples/run mobilenet-v3}. */
@Command(
    name = "mobilenet-v3",
    description = {
      "A small MobileNetV3 (squeeze-and-excitation, hard-swish) for photographs of 32 by 32 pixels in"
          + " ten classes.",
      "--data has CIFAR-10 as 'train' and 'test', each a folder or a zip of class/image.jpg."
    })
final class MobileNetV3Command implements Callable<Integer> {
  private static final Recipe RECIPE =
      new Recipe(10, 4, 64, Optimizers.adam(2e-3), Photographs.AUGMENTATION);

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    Split data = Photographs.load(options);
    try (MobileNetV3Model model = MobileNetV3Model.create(options.seed())) {
      new ExampleRun(command, options, RECIPE).run(model, data);
    }
    return 0;
  }
}
