package dev.detent.examples;

import dev.detent.examples.ExampleRun.Outcome;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.LatencyResult;
import dev.detent.runtime.verify.OutputResult;
import dev.detent.runtime.verify.Verification;

/**
 * A row of the results: one example on one data set. How good the model is in a form is a share, on
 * the test examples: the accuracy, or what the example measures in its place.
 *
 * @param name of the example
 * @param data the data set
 * @param tested examples
 * @param inFloat how good it is in float
 * @param minMax after post-training quantization
 * @param percentile the same, with ranges by percentile; null if that was not measured
 * @param qat after fine-tuning; null if there was none
 * @param taught after fine-tuning with the float model as teacher; null if that was not measured
 * @param xnnpack of the int8 file in TFLite on XNNPACK
 * @param builtIn of the int8 file on the built-in kernels
 * @param sameTop1 how often graph and built-in kernels give the same answer
 * @param kernelsSameTop1 how often XNNPACK and built-in kernels do
 * @param faithful whether the file computes what was trained
 * @param floatBytes of the float file
 * @param int8Bytes of the int8 file
 * @param floatMillis of one example on XNNPACK, one thread
 * @param int8Millis the same of the int8 file, measured in turns with it
 * @param speedUp the median over pairs
 * @param operations of the int8 file
 * @param left those that XNNPACK leaves to the built-in kernels; empty if it runs all
 * @param trainingSeconds of all epochs but those with a teacher
 */
record TrainedRow(
    String name,
    String data,
    int tested,
    double inFloat,
    double minMax,
    Double percentile,
    Double qat,
    Double taught,
    double xnnpack,
    double builtIn,
    double sameTop1,
    double kernelsSameTop1,
    boolean faithful,
    long floatBytes,
    long int8Bytes,
    double floatMillis,
    double int8Millis,
    double speedUp,
    int operations,
    String left,
    double trainingSeconds) {

  /**
   * How good the forms of a model are; see the row.
   *
   * @param inFloat in float
   * @param minMax after post-training quantization
   * @param percentile with ranges by percentile; or null
   * @param qat after fine-tuning; or null
   * @param taught after fine-tuning with a teacher; or null
   * @param xnnpack of the file on XNNPACK
   * @param builtIn of the file on the built-in kernels
   */
  record Quality(
      double inFloat,
      double minMax,
      Double percentile,
      Double qat,
      Double taught,
      double xnnpack,
      double builtIn) {}

  /**
   * The row of an example.
   *
   * @param output the one that tells how often answers are the same
   */
  static TrainedRow of(
      String name,
      String data,
      int tested,
      Quality quality,
      Verification verification,
      OutputResult output,
      double trainingSeconds) {
    LatencyResult latency = verification.latency(Kernels.XNNPACK).orElseThrow();
    return new TrainedRow(
        name,
        data,
        tested,
        quality.inFloat,
        quality.minMax,
        quality.percentile,
        quality.qat,
        quality.taught,
        quality.xnnpack,
        quality.builtIn,
        output.builtIn().sameTop1Share(),
        output.betweenKernels().sameTop1Share(),
        verification.isFaithful(),
        verification.floatBytes(),
        verification.int8Bytes(),
        latency.floatMillis(),
        latency.int8Millis(),
        1 / latency.ratio(),
        verification.delegation().operations(),
        verification.delegation().leftAsText(),
        trainingSeconds);
  }

  static TrainedRow of(Training training, Split data, Outcome outcome) {
    OutputResult output = outcome.verification().output();
    return of(
        training.name(),
        training.data().title(),
        data.test().size(),
        new Quality(
            outcome.inFloat().accuracy(),
            outcome.postTraining().accuracy(),
            outcome.percentile() == null ? null : outcome.percentile().accuracy(),
            outcome.qat() == null ? null : outcome.qat().accuracy(),
            outcome.taught() == null ? null : outcome.taught().accuracy(),
            output.quality().file(Kernels.XNNPACK),
            output.quality().file(Kernels.BUILT_IN)),
        outcome.verification(),
        output,
        outcome.trainingSeconds());
  }
}
