package dev.detent.runtime.verify;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.tflite.read.ModelTables;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteFinding;
import dev.detent.runtime.tflite.TfliteFinding.Rule;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.train.Inference;
import dev.detent.runtime.train.SomeExamples;
import dev.detent.runtime.train.UnlikeRanges;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares a deployed file with the graph that it comes from: the same examples go through the
 * graph's float and quantized passes and through the real TensorFlow Lite, on both sets of kernels.
 * A batch at a time is held, so memory does not grow with the number of examples.
 */
public final class Verifier {
  /** How many examples run one after the other through a file that keeps its state. */
  private static final int EXAMPLES_IN_A_ROW = 16;

  private final String model;
  private final ModelGraph graph;
  private final PassGraph pass;
  private final Map<String, Encoding> grids;

  /**
   * A verifier of one model as it is now.
   *
   * @param model its name
   * @param graph with the weights
   * @param grids the scale and zero point of each layer that is quantized, by the layer's name
   */
  public Verifier(String model, ModelGraph graph, Map<String, Encoding> grids) {
    this.model = model;
    this.graph = graph;
    this.pass = graph.pass(Pass.QUANTIZED);
    this.grids = Map.copyOf(grids);
  }

  /**
   * Verifies a file.
   *
   * @param examples that fit the model, at least one
   * @param floatFile the content of the float file of the same model
   * @param before the model before it was fine-tuned; null where its weights are those
   * @param unlike inputs that are unlike those of the training, in sentences
   * @throws TfliteException if the file is missing, damaged, a float model or of another model
   */
  public Verification verify(
      Path file,
      Examples examples,
      byte[] floatFile,
      @Nullable ModelGraph before,
      List<String> unlike,
      VerifyOptions options) {
    DeployedFile deployed;
    TfliteModelInfo info;
    List<OutputResult> outputs;
    Delegation delegation;
    List<LatencyResult> latencies;
    List<String> notes;
    List<String> ofOtherBatch;
    List<String> losses = new ArrayList<>(unlike);
    // TensorFlow Lite's own check comes first, so that what is matched then is sound.
    try (var builtIn = TfliteInterpreter.open(file, Kernels.BUILT_IN)) {
      info = builtIn.info();
      deployed = new DeployedFile(file.toString(), info, model, pass, grids);
      try (var xnnpack = TfliteInterpreter.open(file, Kernels.XNNPACK)) {
        delegation = Delegation.of(xnnpack);
        outputs = outputs(deployed, examples, before, losses, builtIn, xnnpack);
        latencies = latencies(deployed, examples, floatFile, options, builtIn, xnnpack);
        notes = new ArrayList<>(notes(deployed, examples, builtIn));
        ofOtherBatch = ofOtherBatch(file, deployed, examples, builtIn, xnnpack);
      }
    }
    int layerExamples = Math.min(options.layerExamples(), examples.size());
    if (layerExamples > 0) {
      losses.addAll(UnlikeRanges.of(graph, grids, examples));
    }
    List<LayerError> layers =
        layerExamples == 0
            ? List.of()
            : layers(file, deployed, SomeExamples.spread(examples, layerExamples), losses);
    AccuracyVerdict accuracy = AccuracyVerdict.of(examples.size(), outputs, layers);
    losses.addAll(accuracy.losses());
    notes.addAll(accuracy.notes());
    List<String> findings =
        new ArrayList<>(
            Findings.of(examples.size(), outputs, layerExamples, layers, deployed.otherScales()));
    findings.addAll(ofOtherBatch);
    findings.addAll(losses);
    return new Verification(
        model,
        file.toString(),
        examples.size(),
        info.bytes(),
        floatFile.length,
        outputs,
        delegation,
        latencies,
        layers,
        layerExamples,
        findings,
        losses,
        notes);
  }

  /**
   * Checks that a file that is about to be handed out keeps TFLite's rules, and that both sets of
   * kernels take it: it is loaded as an application loads it, unless it has operations that only
   * the application knows.
   *
   * @param model its name, for messages
   * @throws TfliteException that says all that is wrong
   */
  public static void requireSound(String model, byte[] file) {
    List<String> findings =
        TfliteFile.check(file).stream()
            // An input that is an output as well is converted and converted back, at borders.
            .filter(finding -> finding.rule() != Rule.BORDERS)
            .map(TfliteFinding::toString)
            .toList();
    if (!findings.isEmpty()) {
      throw new TfliteException(
          ("%s cannot be exported, as TensorFlow Lite would compute something else, or refuse the"
                  + " file:\n  %s")
              .formatted(model, String.join("\n  ", findings)));
    }
    if (!ModelTables.read(file, model, ModelTables::hasCustomOperations)) {
      TfliteInterpreter.open(file, Kernels.XNNPACK).close(); // in the built-in kernels first
    }
  }

  // ---------------------------------------------------------------- outputs

  private List<OutputResult> outputs(
      DeployedFile deployed,
      Examples examples,
      @Nullable ModelGraph before,
      List<String> losses,
      TfliteInterpreter builtIn,
      TfliteInterpreter xnnpack) {
    List<OutputTally> tallies = new ArrayList<>();
    for (DeployedFile.Output output : deployed.outputs()) {
      int target = tallies.size();
      tallies.add(new OutputTally(output, target, examples.targets().get(target)));
    }
    List<String> names = pass.outputs().values().stream().map(LayerTensor::name).toList();
    if (before != null) { // what the model was worth before it was fine-tuned
      Inference.run(
          before,
          examples,
          List.of(new Inference.Query(Pass.FLOAT, names)),
          (batch, values) -> addFloat(tallies, batch, values.get(0)));
    }
    run(
        examples,
        names,
        (batch, values) -> {
          if (before == null) {
            addFloat(tallies, batch, values.get(0));
          }
          for (int i = 0; i < batch.count(); i++) {
            int place = deployed.runIfFirst(batch, i, builtIn, xnnpack);
            for (OutputTally tally : tallies) {
              float[] quantized = values.get(1).get(tally.target);
              tally.add(batch, i, place, quantized, builtIn, xnnpack);
            }
          }
        });
    tallies.forEach(tally -> tally.oneAnswer().ifPresent(losses::add));
    return tallies.stream().map(OutputTally::result).toList();
  }

  private static void addFloat(List<OutputTally> tallies, Batch batch, List<float[]> values) {
    for (OutputTally tally : tallies) {
      for (int i = 0; i < batch.count(); i++) {
        tally.addFloat(batch, i, values.get(tally.target));
      }
    }
  }

  /** Runs the float and the quantized pass. */
  private void run(Examples examples, List<String> names, Inference.BatchConsumer consumer) {
    Inference.run(
        graph,
        examples,
        List.of(new Inference.Query(Pass.FLOAT, names), new Inference.Query(Pass.QUANTIZED, names)),
        consumer);
  }

  /** What comes of examples one after the other, as an application would run them. */
  private static List<String> notes(
      DeployedFile deployed, Examples examples, TfliteInterpreter interpreter) {
    if (!interpreter.info().hasState()) {
      return List.of();
    }
    int count = Math.min(EXAMPLES_IN_A_ROW, examples.size());
    int different =
        onBatch(
            examples,
            count,
            batch -> {
              List<List<byte[]>> alone = new ArrayList<>();
              for (int i = 0; i < count; i++) {
                deployed.run(batch, i, interpreter);
                alone.add(allOutputs(interpreter));
              }
              interpreter.resetState();
              int others = 0;
              for (int i = 0; i < count; i++) {
                deployed.goOn(batch, i, interpreter);
                others += isEqual(allOutputs(interpreter), alone.get(i)) ? 0 : 1;
              }
              return others;
            });
    return List.of(
        ("The file keeps its state from run to run: of %s examples one after the other %s come out"
                + " otherwise than alone. It was verified with ResetVariableTensors (Python:"
                + " reset_all_variables) before each example, which an application must call before"
                + " each new sequence; a file that is exported without keepingState() needs none.")
            .formatted(count, different));
  }

  /** Does something with some of the examples, in one batch. */
  private static <T> T onBatch(Examples examples, int count, Function<Batch, T> work) {
    try (BatchIterator some =
        Batches.of(SomeExamples.spread(examples, count), count).prefetched(0).epoch(0)) {
      return work.apply(some.next());
    }
  }

  private static boolean isEqual(List<byte[]> some, List<byte[]> others) {
    return IntStream.range(0, some.size()).allMatch(i -> Arrays.equals(some.get(i), others.get(i)));
  }

  private static List<byte[]> allOutputs(TfliteInterpreter interpreter) {
    return IntStream.range(0, interpreter.outputs().size())
        .mapToObj(interpreter::outputBytes)
        .toList();
  }

  private List<String> ofOtherBatch(
      Path file, DeployedFile one, Examples examples, TfliteInterpreter... interpreters) {
    TfliteModelInfo info = interpreters[0].info();
    boolean hasAnyBatch =
        one.batch() == 1
            && info.inputs().stream().allMatch(input -> info.tensors().get(input).hasAnyBatch());
    if (!hasAnyBatch) {
      return List.of();
    }
    var several =
        new DeployedFile(file.toString(), info.withBatch(OtherBatch.EXAMPLES), model, pass, grids);
    int count = Math.min(OtherBatch.EXAMPLES, examples.size());
    return onBatch(
        examples, count, batch -> OtherBatch.findings(file, one, several, batch, interpreters));
  }

  // ---------------------------------------------------------------- layers

  private List<LayerError> layers(
      Path file, DeployedFile deployed, Examples examples, List<String> losses) {
    LayerTallies tallies = new LayerTallies(deployed);
    try (var builtIn = TfliteInterpreter.openWithAllTensors(file, Kernels.BUILT_IN);
        var xnnpack = TfliteInterpreter.openWithAllTensors(file, Kernels.XNNPACK)) {
      run(
          examples,
          tallies.names(),
          (batch, values) -> {
            for (int i = 0; i < batch.count(); i++) {
              int place = deployed.runIfFirst(batch, i, builtIn, xnnpack);
              tallies.add(i, place, values.get(0), values.get(1), builtIn, xnnpack);
            }
          });
    }
    losses.addAll(tallies.losses());
    return tallies.errors();
  }

  // ---------------------------------------------------------------- latency

  private List<LatencyResult> latencies(
      DeployedFile deployed,
      Examples examples,
      byte[] floatFile,
      VerifyOptions options,
      TfliteInterpreter builtIn,
      TfliteInterpreter xnnpack) {
    if (options.latencyRuns() == 0) {
      return List.of();
    }
    List<InputFeed> floatInputs = DeployedFile.floatInputs(TfliteFile.info(floatFile), pass);
    return onBatch(
        examples,
        1,
        batch -> {
          List<LatencyResult> results = new ArrayList<>();
          for (TfliteInterpreter int8 : List.of(builtIn, xnnpack)) {
            try (var real = TfliteInterpreter.open(floatFile, int8.kernels())) {
              deployed.inputs().forEach(feed -> feed.set(batch, 0, int8));
              floatInputs.forEach(feed -> feed.set(batch, 0, real));
              Latency.Pair pair = Latency.paired(int8, real, options.latencyRuns());
              results.add(
                  new LatencyResult(
                      int8.kernels(),
                      pair.first().millis() / deployed.batch(),
                      pair.second().millis(),
                      pair.ratio() / deployed.batch(),
                      options.latencyRuns()));
            }
          }
          return results;
        });
  }
}
