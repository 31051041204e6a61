package dev.detent.examples;

import dev.detent.examples.ExampleRun.Outcome;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.LatencyResult;
import dev.detent.runtime.verify.OutputResult;
import dev.detent.runtime.verify.Verification;

/**
 * A row of the results: one example on one data set. Accuracies are shares, on the test examples.
 *
 * @param name of the example
 * @param data the data set
 * @param tested examples
 * @param inFloat accuracy in float
 * @param minMax after post-training quantization
 * @param percentile the same, with ranges by percentile
 * @param qat after fine-tuning; null if there was none
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
 * @param trainingSeconds of all epochs
 */
record TrainedRow(
    String name,
    String data,
    int tested,
    double inFloat,
    double minMax,
    Double percentile,
    Double qat,
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

  static TrainedRow of(Training training, Split data, Outcome outcome) {
    Verification verification = outcome.verification();
    OutputResult output = verification.output();
    LatencyResult latency = verification.latency(Kernels.XNNPACK).orElseThrow();
    return new TrainedRow(
        training.name(),
        training.data().title(),
        data.test().size(),
        outcome.inFloat().accuracy(),
        outcome.postTraining().accuracy(),
        outcome.percentile() == null ? null : outcome.percentile().accuracy(),
        outcome.qat() == null ? null : outcome.qat().accuracy(),
        output.quality().file(Kernels.XNNPACK),
        output.quality().file(Kernels.BUILT_IN),
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
        outcome.trainingSeconds());
  }
}
