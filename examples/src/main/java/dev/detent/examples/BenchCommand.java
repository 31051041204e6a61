package dev.detent.examples;

import dev.detent.examples.bench.DataBenchmark;
import dev.detent.examples.bench.ReferenceLatency;
import dev.detent.examples.bench.StepBenchmark;
import dev.detent.runtime.Versions;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.report.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code examples/run bench}. */
@Command(
    name = "bench",
    description = {
      "What a training step costs: the network by hand against TensorFlow Java, Detent in float, and"
          + " Detent in quantization-aware training, measured in turns on random images.",
      "With --images also how fast images are read, and how long a step waits for them. With"
          + " --reference also how long the exported ResNet-8 takes in TensorFlow Lite, against"
          + " MLPerf Tiny's file."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int BATCH = 32;
  private static final int LATENCY_RUNS = 3000;

  @Spec private CommandSpec command;

  private int steps;
  private int rounds;
  private Integer images;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps in one turn, 1 or more (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  void setSteps(int steps) {
    this.steps = atLeastOne("--steps", steps);
  }

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "Turns of each, 1 or more; medians over them are shown (default: ${DEFAULT-VALUE}).",
      defaultValue = "15")
  void setRounds(int rounds) {
    this.rounds = atLeastOne("--rounds", rounds);
  }

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "JPEGs of 224 by 224 pixels to draw, write and read, 2 or more (default: none).")
  void setImages(int images) {
    if (images < 2) {
      throw new ParameterException(
          command.commandLine(), "--images " + images + ": must be 2 or more");
    }
    this.images = images;
  }

  @Option(
      names = "--reference",
      paramLabel = "DIR",
      description = "Folder with MLPerf Tiny's " + ReferenceLatency.REFERENCE + ".")
  private Path reference;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for report.json, made where it is missing (default: none is written).")
  private Path folder;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show these options.")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    Path referenceFile = reference == null ? null : ReferenceLatency.find(reference);
    PrintWriter out = command.commandLine().getOut();
    StepBenchmark benchmark = new StepBenchmark(BATCH, steps, rounds);
    Provenance provenance = Provenance.current(Versions.libraries());
    out.printf(
        Locale.ROOT,
        "Training steps of %d images on %d cores, %s.%nMedians over %d rounds of %d steps each, in"
            + " turns: by hand, Detent in float, Detent in QAT.%n",
        BATCH,
        provenance.cores(),
        provenance.cpu(),
        rounds,
        steps);
    out.flush();
    List<StepBenchmark.Result> results = List.of(benchmark.resNet8(), benchmark.mobileNetV1());
    out.println();
    out.print(table(results));
    out.println(
        "QAT is the mean of both halves of the default recipe: ranges and batch statistics move in"
            + " the first and stand in the second.");
    JsonReport report =
        new JsonReport()
            .put("example", command.name())
            .put("provenance", provenance)
            .put("settings", benchmark)
            .put("steps", results);
    if (images != null) {
      DataBenchmark.Result read = new DataBenchmark(images, rounds).measure();
      report.put("images", images).put("reading", read);
      out.printf(
          Locale.ROOT,
          "%nJPEGs of 224 by 224 pixels, read and resized to 96 by 96; medians over %d rounds of %,d"
              + " images.%n%n%s",
          rounds,
          images,
          readingTable(read));
    }
    if (referenceFile != null) {
      List<ReferenceLatency> latencies = ReferenceLatency.measure(referenceFile, LATENCY_RUNS);
      report.put("latency", latencies);
      out.printf(
          Locale.ROOT,
          "%nOne image through ResNet-8 in int8, on one thread; medians over %,d runs in turns.%n%n",
          LATENCY_RUNS);
      out.print(latencyTable(latencies));
    }
    if (folder != null) {
      out.printf("%nwritten: %s%n", report.write(folder.resolve("report.json")));
    }
    out.flush();
    return 0;
  }

  private static TextTable table(List<StepBenchmark.Result> results) {
    TextTable table =
        TextTable.of(
            "network",
            "by hand",
            "Detent float",
            "Detent QAT",
            "QAT moving",
            "QAT standing",
            "float / by hand",
            "QAT / float");
    for (StepBenchmark.Result result : results) {
      table.row(
          result.network(),
          millis(result.byHandMillis()),
          millis(result.floatMillis()),
          millis(result.qatMillis()),
          millis(result.qatMovingMillis()),
          millis(result.qatFrozenMillis()),
          ratio(result.floatOverByHand()),
          ratio(result.qatOverFloat()));
    }
    return table;
  }

  private static TextTable readingTable(DataBenchmark.Result read) {
    return TextTable.of("what", "measured")
        .row("read by 1 thread", perSecond(read.perSecond()))
        .row("read by 2 threads", perSecond(read.perSecondOfTwo()))
        .row("training step, images in memory", millis(read.memoryMillis()))
        .row("training step, images from the folder", millis(read.folderMillis()))
        .row(
            "of the latter waiting for images",
            String.format(Locale.ROOT, "%.1f %%", 100 * read.waiting()));
  }

  private static String perSecond(double images) {
    return String.format(Locale.ROOT, "%.0f / s", images);
  }

  private static TextTable latencyTable(List<ReferenceLatency> latencies) {
    TextTable table = TextTable.of("kernels", "Detent", "reference", "Detent / reference");
    for (ReferenceLatency latency : latencies) {
      table.row(
          latency.kernels(),
          String.format(Locale.ROOT, "%.4f ms", latency.detentMillis()),
          String.format(Locale.ROOT, "%.4f ms", latency.referenceMillis()),
          ratio(latency.ratio()));
    }
    return table;
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.1f ms", value);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          command.commandLine(), option + " " + value + ": must be 1 or more");
    }
    return value;
  }
}
