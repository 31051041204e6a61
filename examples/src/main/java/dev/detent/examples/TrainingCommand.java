package dev.detent.examples;

import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code examples/run NAME} of a {@link Training}. */
@Command
final class TrainingCommand implements Callable<Integer> {
  private final Training training;

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  private TrainingCommand(Training training) {
    this.training = training;
  }

  /** The command, to be added to the others. */
  static CommandLine of(Training training) {
    CommandLine command = new CommandLine(new TrainingCommand(training));
    command.setCommandName(training.name());
    command.getCommandSpec().usageMessage().description(training.what(), training.data().how());
    return command;
  }

  @Override
  public Integer call() throws IOException {
    training.checkData(options);
    RunLog.keep(command, options.out(), this::run);
    return 0;
  }

  private void run() throws IOException {
    ExampleRun run = ExampleRun.of(command, options, training.recipe()).with(training.second());
    Split data = training.data().source().load(options.data(), options.seed());
    try (DetentModel<Dataset> model = training.create().apply(options.seed())) {
      run.run(model, data);
    }
  }
}
