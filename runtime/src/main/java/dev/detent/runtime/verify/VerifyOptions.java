package dev.detent.runtime.verify;

/**
 * How much a verification looks at. All examples always go through the deployed file; what is
 * limited here is what costs more.
 *
 * @param layerExamples over how many examples every layer is compared, evenly spread over those
 *     given; 0 for no comparison of layers
 * @param latencyRuns how many runs of each file are timed; 0 for no timing
 */
public record VerifyOptions(int layerExamples, int latencyRuns) {

  /** Examples over which layers are compared if nothing else is said: {@value}. */
  public static final int DEFAULT_LAYER_EXAMPLES = 64;

  /** Timed runs if nothing else is said: {@value}. */
  public static final int DEFAULT_LATENCY_RUNS = 100;

  /** Checks the numbers. */
  public VerifyOptions {
    atLeast0(layerExamples, "examples for the layers");
    atLeast0(latencyRuns, "timed runs");
  }

  /** {@link #DEFAULT_LAYER_EXAMPLES} and {@link #DEFAULT_LATENCY_RUNS}. */
  public static VerifyOptions defaults() {
    return new VerifyOptions(DEFAULT_LAYER_EXAMPLES, DEFAULT_LATENCY_RUNS);
  }

  /** The same with another number of examples for the layers; 0 for no comparison of layers. */
  public VerifyOptions layerExamples(int examples) {
    return new VerifyOptions(examples, latencyRuns);
  }

  /** The same with another number of timed runs; 0 for no timing. */
  public VerifyOptions latencyRuns(int runs) {
    return new VerifyOptions(layerExamples, runs);
  }

  private static void atLeast0(int number, String what) {
    if (number < 0) {
      throw new IllegalArgumentException(number + " " + what + "; at least 0 is needed");
    }
  }
}
