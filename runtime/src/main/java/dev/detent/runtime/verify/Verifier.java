package dev.detent.runtime.verify;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.graph.ModelGraph;
import dev.detent.runtime.graph.Pass;
import dev.detent.runtime.graph.PassGraph;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.train.Inference;
import dev.detent.runtime.train.InputStatistics;
import dev.detent.runtime.train.SomeExamples;
import dev.detent.runtime.train.UnlikeRanges;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares a deployed file with the graph that it comes from: the same examples go through the
 * graph's float and quantized passes and through the real TensorFlow Lite, on both sets of kernels.
 * A batch at a time is held, so memory does not grow with the number of examples.
 */
public final class Verifier {
  /** How many examples run one behind the other through a file that keeps its state. */
  private static final int EXAMPLES_IN_A_ROW = 16;

  /** What chance can do, in standard errors: it loses more in 1 of 200 cases. */
  private static final double CHANCE_DEVIATIONS = 2.58;

  /** Where float gives one answer so often, all of a file may be that one. */
  private static final double NEARLY_ALL = 0.9;

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
      ModelGraph before,
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

  // ---------------------------------------------------------------- outputs

  /** What is summed up for one output. */
  private static final class OutputTally {
    final DeployedFile.Output output;
    final int target;
    final boolean isClasses;
    final AgreementTally builtIn;
    final AgreementTally xnnpack;
    final AgreementTally betweenKernels;
    final QualityTally floatModel;
    final QualityTally quantizedGraph;
    final QualityTally builtInQuality;
    final QualityTally xnnpackQuality;

    OutputTally(DeployedFile.Output output, int target, Targets targets) {
      int size = targets.size();
      this.output = output;
      this.target = target;
      this.isClasses = targets.isClasses();
      int bits = output.tensor().bits();
      int classes = isClasses ? output.tensor().elements() / targets.classesPerExample() : 0;
      builtIn = new AgreementTally(bits, classes);
      xnnpack = new AgreementTally(bits, classes);
      betweenKernels = new AgreementTally(bits, classes);
      floatModel = new QualityTally(target, size);
      quantizedGraph = new QualityTally(target, size);
      builtInQuality = new QualityTally(target, size);
      xnnpackQuality = new QualityTally(target, size);
    }

    void add(
        Batch batch,
        int position,
        int place,
        float[] floats,
        float[] quantized,
        TfliteInterpreter builtInRun,
        TfliteInterpreter xnnpackRun) {
      DeployedTensor tensor = output.tensor();
      int elements = tensor.elements();
      int from = position * elements;
      float[] expected = new float[elements];
      tensor.graphSteps(quantized, from, expected);
      if (floats != null) {
        floatModel.add(batch, position, floats, from, elements);
      }
      quantizedGraph.add(batch, position, quantized, from, elements);
      tensor.read(builtInRun, output.position(), place);
      float[] ofBuiltIn = tensor.steps.clone();
      builtIn.add(expected, ofBuiltIn);
      builtInQuality.add(batch, position, tensor.reals, 0, elements);
      tensor.read(xnnpackRun, output.position(), place);
      xnnpack.add(expected, tensor.steps);
      betweenKernels.add(ofBuiltIn, tensor.steps);
      xnnpackQuality.add(batch, position, tensor.reals, 0, elements);
    }

    OutputResult result() {
      return new OutputResult(
          output.name(),
          builtIn.agreement(),
          xnnpack.agreement(),
          betweenKernels.agreement(),
          new OutputResult.Quality(
              isClasses ? OutputResult.Quality.ACCURACY : OutputResult.Quality.MEAN_ABSOLUTE_ERROR,
              floatModel.mean(),
              quantizedGraph.mean(),
              builtInQuality.mean(),
              xnnpackQuality.mean()),
          loss());
    }

    /** In a sentence, where the file answers one class only; else empty. */
    Optional<String> oneAnswer() {
      int answer = builtInQuality.mostCommon();
      if (builtInQuality.perExample().length < InputStatistics.ENOUGH_EXAMPLES
          || builtInQuality.kinds() != 1
          || floatModel.share(answer) > NEARLY_ALL) {
        return Optional.empty();
      }
      return Optional.of(
          "every answer of output '"
              + output.name()
              + "' is class "
              + answer
              + ", which the float model gives to "
              + String.format(Locale.ROOT, "%.0f", 100 * floatModel.share(answer))
              + " % of the examples");
    }

    private OutputResult.Loss loss() {
      double sign = isClasses ? 1 : -1;
      double[] reference = floatModel.perExample();
      double[] file = builtInQuality.perExample();
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < file.length; i++) {
        double lost = sign * (reference[i] - file[i]);
        sum += lost;
        squares += lost * lost;
      }
      double mean = sum / file.length;
      double variance = Math.max(0, squares / file.length - mean * mean);
      return new OutputResult.Loss(
          mean,
          sign * (floatModel.mean() - xnnpackQuality.mean()),
          CHANCE_DEVIATIONS * Math.sqrt(variance / file.length));
    }
  }

  private List<OutputResult> outputs(
      DeployedFile deployed,
      Examples examples,
      ModelGraph before,
      List<String> losses,
      TfliteInterpreter builtIn,
      TfliteInterpreter xnnpack) {
    List<OutputTally> tallies = new ArrayList<>();
    for (DeployedFile.Output output : deployed.outputs()) {
      int target = tallies.size();
      tallies.add(new OutputTally(output, target, examples.targets().get(target)));
    }
    List<String> names = pass.outputs().values().stream().map(LayerTensor::name).toList();
    if (before != null) {
      addFloat(before, examples, names, tallies);
    }
    run(
        examples,
        names,
        (batch, values) -> {
          for (int i = 0; i < batch.count(); i++) {
            int place = i % deployed.batch();
            if (place == 0) {
              deployed.run(batch, i, builtIn, xnnpack);
            }
            for (OutputTally tally : tallies) {
              tally.add(
                  batch,
                  i,
                  place,
                  before == null ? values.get(0).get(tally.target) : null,
                  values.get(1).get(tally.target),
                  builtIn,
                  xnnpack);
            }
          }
        });
    tallies.forEach(tally -> tally.oneAnswer().ifPresent(losses::add));
    return tallies.stream().map(OutputTally::result).toList();
  }

  /** What the model was worth before it was fine-tuned. */
  private static void addFloat(
      ModelGraph before, Examples examples, List<String> names, List<OutputTally> tallies) {
    Inference.run(
        before,
        examples,
        List.of(new Inference.Query(Pass.FLOAT, names)),
        (batch, values) -> {
          for (int i = 0; i < batch.count(); i++) {
            for (OutputTally tally : tallies) {
              float[] all = values.get(0).get(tally.target);
              int elements = tally.output.tensor().elements();
              tally.floatModel.add(batch, i, all, i * elements, elements);
            }
          }
        });
  }

  /** Runs the float and the quantized pass. */
  private void run(Examples examples, List<String> names, Inference.BatchConsumer consumer) {
    Inference.run(
        graph,
        examples,
        List.of(new Inference.Query(Pass.FLOAT, names), new Inference.Query(Pass.QUANTIZED, names)),
        consumer);
  }

  /** What comes of examples one behind the other, as an application would run them. */
  private static List<String> notes(
      DeployedFile deployed, Examples examples, TfliteInterpreter interpreter) {
    if (!interpreter.info().hasState()) {
      return List.of();
    }
    int count = Math.min(EXAMPLES_IN_A_ROW, examples.size());
    int different = 0;
    try (BatchIterator first =
        Batches.of(SomeExamples.spread(examples, count), count).prefetched(0).epoch(0)) {
      Batch batch = first.next();
      List<List<byte[]>> alone = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        deployed.run(batch, i, interpreter);
        alone.add(allOutputs(interpreter));
      }
      interpreter.resetState();
      for (int i = 0; i < count; i++) {
        deployed.goOn(batch, i, interpreter);
        different += isEqual(allOutputs(interpreter), alone.get(i)) ? 0 : 1;
      }
    }
    return List.of(
        "The file keeps its state from run to run: of "
            + count
            + " examples one behind the other "
            + different
            + " come out otherwise than alone. It was verified with ResetVariableTensors (Python:"
            + " reset_all_variables) before each example, which an application must call before"
            + " each new sequence; a file that is exported without keepingState() needs none.");
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
    try (BatchIterator first =
        Batches.of(SomeExamples.spread(examples, count), count).prefetched(0).epoch(0)) {
      return OtherBatch.findings(file, one, several, first.next(), interpreters);
    }
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
              int place = i % deployed.batch();
              if (place == 0) {
                deployed.run(batch, i, builtIn, xnnpack);
              }
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
    List<LatencyResult> results = new ArrayList<>();
    List<InputFeed> floatInputs = DeployedFile.floatInputs(TfliteFile.info(floatFile), pass);
    try (BatchIterator first =
        Batches.of(SomeExamples.spread(examples, 1), 1).prefetched(0).epoch(0)) {
      Batch batch = first.next();
      for (TfliteInterpreter int8 : List.of(builtIn, xnnpack)) {
        try (var real = TfliteInterpreter.open(floatFile, int8.kernels())) {
          for (InputFeed feed : deployed.inputs()) {
            feed.take(batch, 0);
            feed.set(int8);
          }
          for (InputFeed feed : floatInputs) {
            feed.take(batch, 0);
            feed.set(real);
          }
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
    }
    return results;
  }
}
