package dev.detent.runtime.verify;

import dev.detent.runtime.report.Comparison;
import dev.detent.runtime.tflite.Kernels;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What came out when a deployed file was compared with the model that it was exported from, over
 * the same examples, in the real TensorFlow Lite.
 *
 * <p>{@link #toString} is a report for the console; {@link
 * dev.detent.runtime.report.JsonReport#put} takes a verification as it is.
 *
 * @param model the model's name
 * @param file the file's name
 * @param examples how many went through graph and file
 * @param int8Bytes the size of the file
 * @param floatBytes the size of the float file of the same model
 * @param outputs in the model's order
 * @param delegation which operations XNNPACK runs
 * @param latencies on each set of kernels; empty if they were not measured
 * @param layers every tensor of the file, in its order; empty if they were not compared
 * @param layerExamples over how many examples the layers were compared
 * @param findings what is wrong, in sentences: first where the file departs from the quantized
 *     graph, then the losses; empty if the file computes what was trained
 * @param losses those of the findings that tell what quantization itself has lost
 * @param notes what is right, and has to be known by whoever runs the file, in sentences
 */
public record Verification(
    String model,
    String file,
    int examples,
    long int8Bytes,
    long floatBytes,
    List<OutputResult> outputs,
    Delegation delegation,
    List<LatencyResult> latencies,
    List<LayerError> layers,
    int layerExamples,
    List<String> findings,
    List<String> losses,
    List<String> notes) {

  private static final String POST_TRAINING = "post-training quantization";

  /** Copies the lists. */
  public Verification {
    outputs = List.copyOf(outputs);
    latencies = List.copyOf(latencies);
    layers = List.copyOf(layers);
    findings = List.copyOf(findings);
    losses = losses == null ? List.of() : List.copyOf(losses);
    notes = notes == null ? List.of() : List.copyOf(notes); // reports of before have neither
  }

  /**
   * Whether the file computes what was trained. It computes what the quantized graph does: the
   * scales are the graph's, layers and outputs agree with the graph about as well as the two sets
   * of kernels do with each other, or in 99% of the values and 99.5% of the answers, and accuracies
   * differ by 0.3 points at most. With few examples as much more may differ as chance can do. And
   * there are no {@linkplain #losses() losses}.
   */
  public boolean isFaithful() {
    return findings.isEmpty();
  }

  /** Those of the findings that tell where the file departs from the quantized graph. */
  public List<String> departures() {
    return findings.stream().filter(finding -> !losses.contains(finding)).toList();
  }

  /**
   * The output of a model that has one.
   *
   * @throws IllegalStateException if it has several
   */
  public OutputResult output() {
    if (outputs.size() != 1) {
      throw new IllegalStateException(
          model + " has " + outputs.size() + " outputs; name one of " + names());
    }
    return outputs.get(0);
  }

  /**
   * An output.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public OutputResult output(String name) {
    return outputs.stream()
        .filter(output -> output.output().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    model + " has no output '" + name + "'; there are " + names()));
  }

  private List<String> names() {
    return outputs.stream().map(OutputResult::output).toList();
  }

  /**
   * A layer.
   *
   * @throws IllegalArgumentException if there is none of that name, or layers were not compared
   */
  public LayerError layer(String name) {
    return layers.stream()
        .filter(layer -> layer.layer().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("layer '" + name + "' was not compared"));
  }

  /** The times on a set of kernels, if they were measured. */
  public Optional<LatencyResult> latency(Kernels kernels) {
    return latencies.stream().filter(latency -> latency.kernels() == kernels).findFirst();
  }

  /** The layer with the most quantization noise, if there is noise and layers were compared. */
  public Optional<LayerError> noisiest() {
    return layers.stream()
        .filter(layer -> Double.isFinite(layer.sqnrDb()))
        .min(Comparator.comparingDouble(LayerError::sqnrDb));
  }

  /** The layer that adds most to the quantization noise of its inputs. */
  public Optional<LayerError> addingMostNoise() {
    return layers.stream()
        .filter(layer -> Double.isFinite(layer.sqnrLossDb()) && layer.sqnrLossDb() > 0)
        .max(Comparator.comparingDouble(LayerError::sqnrLossDb));
  }

  /** The layer where most values begin to differ from the graph's, if any do. */
  public Optional<LayerError> addingMostDifferences() {
    return layers.stream()
        .filter(layer -> layer.equalLoss() > 0)
        .max(Comparator.comparingDouble(LayerError::equalLoss));
  }

  /**
   * The table of a README: the model in float, after post-training quantization, after
   * quantization-aware training, and deployed on each set of kernels. Latencies are XNNPACK's for
   * the float file.
   *
   * @param floatAccuracy measured before quantization, 0 to 1
   * @param postTrainingAccuracy measured after {@code quantize}, before fine-tuning
   * @throws IllegalStateException if the model has several outputs, or its targets are no classes
   */
  public Comparison comparison(double floatAccuracy, double postTrainingAccuracy) {
    return withFile(
        inFloat(floatAccuracy)
            .with(Comparison.Row.of(POST_TRAINING, postTrainingAccuracy))
            .with(Comparison.Row.of("quantization-aware training", graphAccuracy())));
  }

  /**
   * The same table of a model that was not fine-tuned.
   *
   * @param floatAccuracy measured before quantization, 0 to 1
   * @throws IllegalStateException if the model has several outputs, or its targets are no classes
   */
  public Comparison comparison(double floatAccuracy) {
    return withFile(inFloat(floatAccuracy).with(Comparison.Row.of(POST_TRAINING, graphAccuracy())));
  }

  private Comparison inFloat(double accuracy) {
    Double millis = latency(Kernels.XNNPACK).map(LatencyResult::floatMillis).orElse(null);
    return Comparison.empty().with(new Comparison.Row("float", accuracy, floatBytes, millis));
  }

  private Comparison withFile(Comparison comparison) {
    Comparison more = comparison;
    for (Kernels kernels : List.of(Kernels.XNNPACK, Kernels.BUILT_IN)) {
      more =
          more.with(
              new Comparison.Row(
                  "int8 in TFLite, " + VerificationText.name(kernels),
                  output().quality().file(kernels),
                  int8Bytes,
                  latency(kernels).map(LatencyResult::int8Millis).orElse(null)));
    }
    return more;
  }

  private double graphAccuracy() {
    OutputResult.Quality quality = output().quality();
    if (!quality.isAccuracy()) {
      throw new IllegalStateException(
          "there is no accuracy: the targets of '" + output().output() + "' are no classes");
    }
    return quality.quantizedGraph();
  }

  /** The agreement of the outputs, what XNNPACK leaves out, and the verdict: a few lines. */
  public String summary() {
    return VerificationText.summary(this);
  }

  /** A report for the console, several lines. */
  @Override
  public String toString() {
    return VerificationText.of(this);
  }
}
