package dev.detent.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code examples/run transfer}. */
@Command(
    name = TransferRun.NAME,
    description = {
      "A backbone that knows the digits 0 to 6 learns 7 to 9 from few examples.",
      "It draws its digits itself and takes no --data. --epochs are those of the backbone."
    })
final class TransferCommand implements Callable<Integer> {
  private final TransferRun.Counts counts;

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  /** On so many digits that it draws. */
  TransferCommand(TransferRun.Counts counts) {
    this.counts = counts;
  }

  /** On as many as the results are measured with. */
  TransferCommand() {
    this(new TransferRun.Counts(8_000, 4_000, 60, 30));
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
    return new TransferRun(
            counts,
            with.epochs().orElse(TransferRun.EPOCHS),
            with.qatEpochs().orElse(TransferRun.QAT_EPOCHS),
            with.seed(),
            folder,
            out)
        .run();
  }
}
