package dev.detent.examples;

import dev.detent.examples.cifar.ResNet8Model;
import dev.detent.runtime.train.Optimizers;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code examples/run resnet8}. */
@Command(
    name = "resnet8",
    description = {
      "MLPerf Tiny's ResNet-8 for photographs of 32 by 32 pixels in ten classes.",
      "--data has CIFAR-10 as 'train' and 'test', each a folder or a zip of class/image.jpg."
    })
final class ResNet8Command implements Callable<Integer> {
  private static final Recipe RECIPE =
      new Recipe(30, 15, 64, Optimizers.adam(2e-3), Photographs.AUGMENTATION);

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    Split data = Photographs.load(options);
    try (ResNet8Model model = ResNet8Model.create(options.seed())) {
      new ExampleRun(command, options, RECIPE).run(model, data);
    }
    return 0;
  }
}
