package dev.detent.runtime.verify;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.LabelSequences;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.train.InputStatistics;
import dev.detent.runtime.verify.OutputResult.Loss;
import dev.detent.runtime.verify.OutputResult.Quality;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;

/** What is summed up for one output. */
final class OutputTally {
  /** What chance can do, in standard errors: it loses more in 1 of 200 cases. */
  private static final double CHANCE_DEVIATIONS = 2.58;

  /** Where float gives one answer so often, all of a file may be that one. */
  private static final double NEARLY_ALL = 0.9;

  final int target;
  private final DeployedFile.Output output;
  private final DeployedTensor tensor;
  private final Targets targets;
  private final boolean isClasses;
  private final ThreeWayTally agreement;
  private final QualityTally floatModel;
  private final QualityTally quantizedGraph;
  private final QualityTally builtIn;
  private final QualityTally xnnpack;

  OutputTally(DeployedFile.Output output, int target, Targets targets) {
    this.output = output;
    this.target = target;
    tensor = output.tensor();
    this.targets = targets;
    isClasses = targets.isClasses();
    int classes =
        output.layer().isIndices()
            ? 1
            : isClasses ? tensor.elements() / targets.classesPerExample() : 0;
    agreement = new ThreeWayTally(tensor, classes);
    floatModel = new QualityTally(target, targets.size());
    quantizedGraph = new QualityTally(target, targets.size());
    builtIn = new QualityTally(target, targets.size());
    xnnpack = new QualityTally(target, targets.size());
  }

  /** Adds an example's values of the float model, out of those of all. */
  void addFloat(Batch batch, int example, float[] all) {
    add(floatModel, batch, example, all, example * tensor.elements());
  }

  private void add(QualityTally tally, Batch batch, int example, float[] values, int from) {
    if (output.layer().isIndices() || targets.blank().isPresent()) {
      float[] own = Arrays.copyOfRange(values, from, from + tensor.elements());
      float[] answers = LabelSequences.comparable(targets, output.layer().answers(own));
      tally.add(batch, example, answers, 0, answers.length);
    } else {
      tally.add(batch, example, values, from, tensor.elements());
    }
  }

  /**
   * Adds an example, which the interpreters have just computed.
   *
   * @param example its place in the batch
   * @param place its place in the run of the interpreters
   * @param quantized the graph's values for all of the batch
   */
  void add(
      Batch batch,
      int example,
      int place,
      float[] quantized,
      TfliteInterpreter onBuiltIn,
      TfliteInterpreter onXnnpack) {
    int from = example * tensor.elements();
    add(quantizedGraph, batch, example, quantized, from);
    agreement.add(
        quantized,
        from,
        () -> {
          tensor.read(onBuiltIn, output.position(), place);
          add(builtIn, batch, example, tensor.reals, 0);
        },
        () -> {
          tensor.read(onXnnpack, output.position(), place);
          add(xnnpack, batch, example, tensor.reals, 0);
        });
  }

  OutputResult result() {
    return new OutputResult(
        output.name(),
        agreement.builtIn(),
        agreement.xnnpack(),
        agreement.betweenKernels(),
        new Quality(
            isClasses ? Quality.ACCURACY : Quality.MEAN_ABSOLUTE_ERROR,
            floatModel.mean(),
            quantizedGraph.mean(),
            builtIn.mean(),
            xnnpack.mean()),
        loss());
  }

  /** In a sentence, where the file answers one class only; else empty. */
  Optional<String> oneAnswer() {
    int answer = builtIn.mostCommon();
    double share = floatModel.share(answer);
    if (builtIn.perExample().length < InputStatistics.ENOUGH_EXAMPLES
        || builtIn.kinds() != 1
        || share > NEARLY_ALL) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "every answer of output '%s' is class %d, which the float model gives to %.0f %% of the"
                + " examples",
            output.name(),
            answer,
            100 * share));
  }

  private Loss loss() {
    double sign = isClasses ? 1 : -1;
    double[] reference = floatModel.perExample();
    double[] file = builtIn.perExample();
    double[] lost = new double[file.length];
    Arrays.setAll(lost, i -> sign * (reference[i] - file[i]));
    return new Loss(
        StatUtils.mean(lost),
        sign * (floatModel.mean() - xnnpack.mean()),
        CHANCE_DEVIATIONS * Math.sqrt(StatUtils.populationVariance(lost) / lost.length));
  }
}
