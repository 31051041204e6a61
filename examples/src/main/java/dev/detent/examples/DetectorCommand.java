package dev.detent.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code examples/run ssd}. */
@Command(
    name = DetectorRun.NAME,
    description = {
      "A small single-shot detector that finds circles, rectangles and triangles.",
      "It learns from images that it draws itself and takes no --data."
    })
final class DetectorCommand implements Callable<Integer> {
  private final int trainCount;
  private final int testCount;

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  /** On so many images that it draws. */
  DetectorCommand(int trainCount, int testCount) {
    this.trainCount = trainCount;
    this.testCount = testCount;
  }

  /** On as many as the results are measured with. */
  DetectorCommand() {
    this(12_000, 1_000);
  }

  @Override
  public Integer call() throws IOException {
    options.refuseData(command.name());
    Path folder = options.out();
    RunLog.keep(command, folder, () -> run(options, folder, command.commandLine().getOut()));
    return 0;
  }

  /** The run of a command with these options. */
  TrainedRow run(CommonOptions with, Path folder, PrintWriter out) throws IOException {
    Recipe recipe = DetectorRun.RECIPE.with(with.epochs(), with.qatEpochs());
    return new DetectorRun(trainCount, testCount, recipe, with.seed(), folder, out).run();
  }
}
