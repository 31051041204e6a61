import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Directions.Unrolled} declares: 358 parameters, 612 multiply-accumulates an example.
 *
 * <pre>
 * signal     Input  [2, 3]
 * backwards  Gru    [2, 4]
 * both       Gru    [2, 6]
 * product    Gru    [2]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Directions_UnrolledModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Directions.Unrolled")
      .input("signal", 2, 3)
      .layer("backwards", "Gru", 100, 168, 2, 4)
      .layer("both", "Gru", 150, 252, 2, 6)
      .layer("product", "Gru", 108, 192, 2)
      .output("product", 2)
      .build();

  private Directions_UnrolledModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Directions_UnrolledModel create(long seed) {
    return new Directions_UnrolledModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param signal 6 values, [2, 3]
   * @return product: 2 values, [2]
   */
  float[] predict(float[] signal) {
    return run(signal)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // signal: Input, [2, 3], int8
    Tensor signal = n.input("signal").output(ActivationRange.learned("signal", 8), 2, 3);

    // backwards/update: FULLY_CONNECTED of Gru, [2, 3] -> [2, 4], int8 in one range with
    //     backwards/step0/update/input and backwards/step1/update/input
    Tensor backwardsUpdate = n.fullyConnected("backwards/update", signal)
        .kernel(3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("backwards/update", 8), 2, 4);

    // backwards/update/recurrent_kernel: constant of Gru, [4, 4], int8 symmetric
    Tensor backwardsUpdateRecurrent_kernel = n.parameter("backwards/update/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("backwards/update/recurrent_kernel", 8).symmetric(), 4, 4);

    // backwards/reset: FULLY_CONNECTED of Gru, [2, 3] -> [2, 4], int8 in one range with
    //     backwards/step0/reset/input and backwards/step1/reset/input
    Tensor backwardsReset = n.fullyConnected("backwards/reset", signal)
        .kernel(3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("backwards/reset", 8), 2, 4);

    // backwards/reset/recurrent_kernel: constant of Gru, [4, 4], int8 symmetric
    Tensor backwardsResetRecurrent_kernel = n.parameter("backwards/reset/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("backwards/reset/recurrent_kernel", 8).symmetric(), 4, 4);

    // backwards/candidate: FULLY_CONNECTED of Gru, [2, 3] -> [2, 4], int8 in one range with
    //     backwards/step0/candidate/input and backwards/step1/candidate/input
    Tensor backwardsCandidate = n.fullyConnected("backwards/candidate", signal)
        .kernel(3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("backwards/candidate", 8), 2, 4);

    // backwards/candidate/recurrent_kernel: constant of Gru, [4, 4], int8 symmetric
    Tensor backwardsCandidateRecurrent_kernel = n.parameter("backwards/candidate/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("backwards/candidate/recurrent_kernel", 8).symmetric(), 4, 4);

    // backwards/recurrent_bias: constant of Gru, [4], int8
    Tensor backwardsRecurrent_bias = n.parameter("backwards/recurrent_bias")
        .output(ActivationRange.learned("backwards/recurrent_bias", 8), 4);

    // backwards/step0/update/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     backwards/update
    Tensor backwardsStep0UpdateInput = n.step("backwards/step0/update/input", backwardsUpdate, 1)
        .output(1, 4);

    // backwards/step0/update: LOGISTIC of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep0Update = n.unary("backwards/step0/update", UnaryKind.LOGISTIC, backwardsStep0UpdateInput)
        .output(ActivationRange.fixed("backwards/step0/update", 8, 1.0 / 256, -128), 1, 4);

    // backwards/step0/candidate/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     backwards/candidate
    Tensor backwardsStep0CandidateInput = n.step("backwards/step0/candidate/input", backwardsCandidate, 1)
        .output(1, 4);

    // backwards/step0/reset/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     backwards/reset
    Tensor backwardsStep0ResetInput = n.step("backwards/step0/reset/input", backwardsReset, 1)
        .output(1, 4);

    // backwards/step0/reset: LOGISTIC of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep0Reset = n.unary("backwards/step0/reset", UnaryKind.LOGISTIC, backwardsStep0ResetInput)
        .output(ActivationRange.fixed("backwards/step0/reset", 8, 1.0 / 256, -128), 1, 4);

    // backwards/step0/candidate/reset: MUL of Gru, [1, 4] and [4] -> [1, 4], int8
    Tensor backwardsStep0CandidateReset = n.multiply("backwards/step0/candidate/reset", backwardsStep0Reset, backwardsRecurrent_bias)
        .output(ActivationRange.learned("backwards/step0/candidate/reset", 8), 1, 4);

    // backwards/step0/candidate/sum: ADD of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep0CandidateSum = n.add("backwards/step0/candidate/sum", backwardsStep0CandidateInput, backwardsStep0CandidateReset)
        .output(ActivationRange.learned("backwards/step0/candidate/sum", 8), 1, 4);

    // backwards/step0/candidate: TANH of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep0Candidate = n.unary("backwards/step0/candidate", UnaryKind.TANH, backwardsStep0CandidateSum)
        .output(ActivationRange.fixed("backwards/step0/candidate", 8, 1.0 / 128, 0), 1, 4);

    // backwards/step0/kept: MUL of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep0Kept = n.multiply("backwards/step0/kept", backwardsStep0Update, backwardsStep0Candidate)
        .output(ActivationRange.learned("backwards/step0/kept", 8), 1, 4);

    // backwards/step0/state: SUB of Gru, [1, 4] -> [1, 4], int8 in one range with
    //     backwards/step1/state and backwards
    Tensor backwardsStep0State = n.subtract("backwards/step0/state", backwardsStep0Candidate, backwardsStep0Kept)
        .output(ActivationRange.learned("backwards/step0/state", 8), 1, 4);

    // backwards/step1/update/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     backwards/update
    Tensor backwardsStep1UpdateInput = n.step("backwards/step1/update/input", backwardsUpdate, 0)
        .output(1, 4);

    // backwards/step1/update/product: BATCH_MATMUL of Gru, [1, 4] and [4, 4] -> [1, 4], int8
    Tensor backwardsStep1UpdateProduct = n.batchMatMul("backwards/step1/update/product", backwardsStep0State, backwardsUpdateRecurrent_kernel)
        .output(ActivationRange.learned("backwards/step1/update/product", 8), 1, 4);

    // backwards/step1/update/sum: ADD of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep1UpdateSum = n.add("backwards/step1/update/sum", backwardsStep1UpdateInput, backwardsStep1UpdateProduct)
        .output(ActivationRange.learned("backwards/step1/update/sum", 8), 1, 4);

    // backwards/step1/update: LOGISTIC of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep1Update = n.unary("backwards/step1/update", UnaryKind.LOGISTIC, backwardsStep1UpdateSum)
        .output(ActivationRange.fixed("backwards/step1/update", 8, 1.0 / 256, -128), 1, 4);

    // backwards/step1/candidate/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     backwards/candidate
    Tensor backwardsStep1CandidateInput = n.step("backwards/step1/candidate/input", backwardsCandidate, 0)
        .output(1, 4);

    // backwards/step1/candidate/product: BATCH_MATMUL of Gru, [1, 4] and [4, 4] -> [1, 4], int8
    Tensor backwardsStep1CandidateProduct = n.batchMatMul("backwards/step1/candidate/product", backwardsStep0State, backwardsCandidateRecurrent_kernel)
        .output(ActivationRange.learned("backwards/step1/candidate/product", 8), 1, 4);

    // backwards/step1/candidate/biased: ADD of Gru, [1, 4] and [4] -> [1, 4], int8
    Tensor backwardsStep1CandidateBiased = n.add("backwards/step1/candidate/biased", backwardsStep1CandidateProduct, backwardsRecurrent_bias)
        .output(ActivationRange.learned("backwards/step1/candidate/biased", 8), 1, 4);

    // backwards/step1/reset/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     backwards/reset
    Tensor backwardsStep1ResetInput = n.step("backwards/step1/reset/input", backwardsReset, 0)
        .output(1, 4);

    // backwards/step1/reset/product: BATCH_MATMUL of Gru, [1, 4] and [4, 4] -> [1, 4], int8
    Tensor backwardsStep1ResetProduct = n.batchMatMul("backwards/step1/reset/product", backwardsStep0State, backwardsResetRecurrent_kernel)
        .output(ActivationRange.learned("backwards/step1/reset/product", 8), 1, 4);

    // backwards/step1/reset/sum: ADD of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep1ResetSum = n.add("backwards/step1/reset/sum", backwardsStep1ResetInput, backwardsStep1ResetProduct)
        .output(ActivationRange.learned("backwards/step1/reset/sum", 8), 1, 4);

    // backwards/step1/reset: LOGISTIC of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep1Reset = n.unary("backwards/step1/reset", UnaryKind.LOGISTIC, backwardsStep1ResetSum)
        .output(ActivationRange.fixed("backwards/step1/reset", 8, 1.0 / 256, -128), 1, 4);

    // backwards/step1/candidate/reset: MUL of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep1CandidateReset = n.multiply("backwards/step1/candidate/reset", backwardsStep1Reset, backwardsStep1CandidateBiased)
        .output(ActivationRange.learned("backwards/step1/candidate/reset", 8), 1, 4);

    // backwards/step1/candidate/sum: ADD of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep1CandidateSum = n.add("backwards/step1/candidate/sum", backwardsStep1CandidateInput, backwardsStep1CandidateReset)
        .output(ActivationRange.learned("backwards/step1/candidate/sum", 8), 1, 4);

    // backwards/step1/candidate: TANH of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep1Candidate = n.unary("backwards/step1/candidate", UnaryKind.TANH, backwardsStep1CandidateSum)
        .output(ActivationRange.fixed("backwards/step1/candidate", 8, 1.0 / 128, 0), 1, 4);

    // backwards/step1/difference: SUB of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep1Difference = n.subtract("backwards/step1/difference", backwardsStep0State, backwardsStep1Candidate)
        .output(ActivationRange.learned("backwards/step1/difference", 8), 1, 4);

    // backwards/step1/kept: MUL of Gru, [1, 4] -> [1, 4], int8
    Tensor backwardsStep1Kept = n.multiply("backwards/step1/kept", backwardsStep1Update, backwardsStep1Difference)
        .output(ActivationRange.learned("backwards/step1/kept", 8), 1, 4);

    // backwards/step1/state: ADD of Gru, [1, 4] -> [1, 4], int8 in the range of
    //     backwards/step0/state
    Tensor backwardsStep1State = n.add("backwards/step1/state", backwardsStep1Candidate, backwardsStep1Kept)
        .output(backwardsStep0State.range(), 1, 4);

    // backwards: Gru, [1, 4] -> [2, 4], int8 in the range of backwards/step0/state
    Tensor backwards = n.concatenation("backwards", 1, backwardsStep0State, backwardsStep1State)
        .output(backwardsStep0State.range(), 2, 4);

    // both/forward/update: FULLY_CONNECTED of Gru, [2, 4] -> [2, 3], int8 in one range with
    //     both/forward/step0/update/input and both/forward/step1/update/input
    Tensor bothForwardUpdate = n.fullyConnected("both/forward/update", backwards)
        .kernel(4, 3)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("both/forward/update", 8), 2, 3);

    // both/forward/update/recurrent_kernel: constant of Gru, [3, 3], int8 symmetric
    Tensor bothForwardUpdateRecurrent_kernel = n.parameter("both/forward/update/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("both/forward/update/recurrent_kernel", 8).symmetric(), 3, 3);

    // both/forward/reset: FULLY_CONNECTED of Gru, [2, 4] -> [2, 3], int8 in one range with
    //     both/forward/step0/reset/input and both/forward/step1/reset/input
    Tensor bothForwardReset = n.fullyConnected("both/forward/reset", backwards)
        .kernel(4, 3)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("both/forward/reset", 8), 2, 3);

    // both/forward/reset/recurrent_kernel: constant of Gru, [3, 3], int8 symmetric
    Tensor bothForwardResetRecurrent_kernel = n.parameter("both/forward/reset/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("both/forward/reset/recurrent_kernel", 8).symmetric(), 3, 3);

    // both/forward/candidate: FULLY_CONNECTED of Gru, [2, 4] -> [2, 3], int8 in one range with
    //     both/forward/step0/candidate/input and both/forward/step1/candidate/input
    Tensor bothForwardCandidate = n.fullyConnected("both/forward/candidate", backwards)
        .kernel(4, 3)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("both/forward/candidate", 8), 2, 3);

    // both/forward/candidate/recurrent_kernel: constant of Gru, [3, 3], int8 symmetric
    Tensor bothForwardCandidateRecurrent_kernel = n.parameter("both/forward/candidate/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("both/forward/candidate/recurrent_kernel", 8).symmetric(), 3, 3);

    // both/forward/recurrent_bias: constant of Gru, [3], int8
    Tensor bothForwardRecurrent_bias = n.parameter("both/forward/recurrent_bias")
        .output(ActivationRange.learned("both/forward/recurrent_bias", 8), 3);

    // both/forward/step0/update/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the range of
    //     both/forward/update
    Tensor bothForwardStep0UpdateInput = n.step("both/forward/step0/update/input", bothForwardUpdate, 0)
        .output(1, 3);

    // both/forward/step0/update: LOGISTIC of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep0Update = n.unary("both/forward/step0/update", UnaryKind.LOGISTIC, bothForwardStep0UpdateInput)
        .output(ActivationRange.fixed("both/forward/step0/update", 8, 1.0 / 256, -128), 1, 3);

    // both/forward/step0/candidate/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the range
    //     of both/forward/candidate
    Tensor bothForwardStep0CandidateInput = n.step("both/forward/step0/candidate/input", bothForwardCandidate, 0)
        .output(1, 3);

    // both/forward/step0/reset/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the range of
    //     both/forward/reset
    Tensor bothForwardStep0ResetInput = n.step("both/forward/step0/reset/input", bothForwardReset, 0)
        .output(1, 3);

    // both/forward/step0/reset: LOGISTIC of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep0Reset = n.unary("both/forward/step0/reset", UnaryKind.LOGISTIC, bothForwardStep0ResetInput)
        .output(ActivationRange.fixed("both/forward/step0/reset", 8, 1.0 / 256, -128), 1, 3);

    // both/forward/step0/candidate/reset: MUL of Gru, [1, 3] and [3] -> [1, 3], int8
    Tensor bothForwardStep0CandidateReset = n.multiply("both/forward/step0/candidate/reset", bothForwardStep0Reset, bothForwardRecurrent_bias)
        .output(ActivationRange.learned("both/forward/step0/candidate/reset", 8), 1, 3);

    // both/forward/step0/candidate/sum: ADD of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep0CandidateSum = n.add("both/forward/step0/candidate/sum", bothForwardStep0CandidateInput, bothForwardStep0CandidateReset)
        .output(ActivationRange.learned("both/forward/step0/candidate/sum", 8), 1, 3);

    // both/forward/step0/candidate: TANH of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep0Candidate = n.unary("both/forward/step0/candidate", UnaryKind.TANH, bothForwardStep0CandidateSum)
        .output(ActivationRange.fixed("both/forward/step0/candidate", 8, 1.0 / 128, 0), 1, 3);

    // both/forward/step0/kept: MUL of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep0Kept = n.multiply("both/forward/step0/kept", bothForwardStep0Update, bothForwardStep0Candidate)
        .output(ActivationRange.learned("both/forward/step0/kept", 8), 1, 3);

    // both/forward/step0/state: SUB of Gru, [1, 3] -> [1, 3], int8 in one range with
    //     both/forward/step1/state and 5 more
    Tensor bothForwardStep0State = n.subtract("both/forward/step0/state", bothForwardStep0Candidate, bothForwardStep0Kept)
        .output(ActivationRange.learned("both/forward/step0/state", 8), 1, 3);

    // both/forward/step1/update/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the range of
    //     both/forward/update
    Tensor bothForwardStep1UpdateInput = n.step("both/forward/step1/update/input", bothForwardUpdate, 1)
        .output(1, 3);

    // both/forward/step1/update/product: BATCH_MATMUL of Gru, [1, 3] and [3, 3] -> [1, 3], int8
    Tensor bothForwardStep1UpdateProduct = n.batchMatMul("both/forward/step1/update/product", bothForwardStep0State, bothForwardUpdateRecurrent_kernel)
        .output(ActivationRange.learned("both/forward/step1/update/product", 8), 1, 3);

    // both/forward/step1/update/sum: ADD of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep1UpdateSum = n.add("both/forward/step1/update/sum", bothForwardStep1UpdateInput, bothForwardStep1UpdateProduct)
        .output(ActivationRange.learned("both/forward/step1/update/sum", 8), 1, 3);

    // both/forward/step1/update: LOGISTIC of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep1Update = n.unary("both/forward/step1/update", UnaryKind.LOGISTIC, bothForwardStep1UpdateSum)
        .output(ActivationRange.fixed("both/forward/step1/update", 8, 1.0 / 256, -128), 1, 3);

    // both/forward/step1/candidate/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the range
    //     of both/forward/candidate
    Tensor bothForwardStep1CandidateInput = n.step("both/forward/step1/candidate/input", bothForwardCandidate, 1)
        .output(1, 3);

    // both/forward/step1/candidate/product: BATCH_MATMUL of Gru, [1, 3] and [3, 3] -> [1, 3], int8
    Tensor bothForwardStep1CandidateProduct = n.batchMatMul("both/forward/step1/candidate/product", bothForwardStep0State, bothForwardCandidateRecurrent_kernel)
        .output(ActivationRange.learned("both/forward/step1/candidate/product", 8), 1, 3);

    // both/forward/step1/candidate/biased: ADD of Gru, [1, 3] and [3] -> [1, 3], int8
    Tensor bothForwardStep1CandidateBiased = n.add("both/forward/step1/candidate/biased", bothForwardStep1CandidateProduct, bothForwardRecurrent_bias)
        .output(ActivationRange.learned("both/forward/step1/candidate/biased", 8), 1, 3);

    // both/forward/step1/reset/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the range of
    //     both/forward/reset
    Tensor bothForwardStep1ResetInput = n.step("both/forward/step1/reset/input", bothForwardReset, 1)
        .output(1, 3);

    // both/forward/step1/reset/product: BATCH_MATMUL of Gru, [1, 3] and [3, 3] -> [1, 3], int8
    Tensor bothForwardStep1ResetProduct = n.batchMatMul("both/forward/step1/reset/product", bothForwardStep0State, bothForwardResetRecurrent_kernel)
        .output(ActivationRange.learned("both/forward/step1/reset/product", 8), 1, 3);

    // both/forward/step1/reset/sum: ADD of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep1ResetSum = n.add("both/forward/step1/reset/sum", bothForwardStep1ResetInput, bothForwardStep1ResetProduct)
        .output(ActivationRange.learned("both/forward/step1/reset/sum", 8), 1, 3);

    // both/forward/step1/reset: LOGISTIC of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep1Reset = n.unary("both/forward/step1/reset", UnaryKind.LOGISTIC, bothForwardStep1ResetSum)
        .output(ActivationRange.fixed("both/forward/step1/reset", 8, 1.0 / 256, -128), 1, 3);

    // both/forward/step1/candidate/reset: MUL of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep1CandidateReset = n.multiply("both/forward/step1/candidate/reset", bothForwardStep1Reset, bothForwardStep1CandidateBiased)
        .output(ActivationRange.learned("both/forward/step1/candidate/reset", 8), 1, 3);

    // both/forward/step1/candidate/sum: ADD of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep1CandidateSum = n.add("both/forward/step1/candidate/sum", bothForwardStep1CandidateInput, bothForwardStep1CandidateReset)
        .output(ActivationRange.learned("both/forward/step1/candidate/sum", 8), 1, 3);

    // both/forward/step1/candidate: TANH of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep1Candidate = n.unary("both/forward/step1/candidate", UnaryKind.TANH, bothForwardStep1CandidateSum)
        .output(ActivationRange.fixed("both/forward/step1/candidate", 8, 1.0 / 128, 0), 1, 3);

    // both/forward/step1/difference: SUB of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep1Difference = n.subtract("both/forward/step1/difference", bothForwardStep0State, bothForwardStep1Candidate)
        .output(ActivationRange.learned("both/forward/step1/difference", 8), 1, 3);

    // both/forward/step1/kept: MUL of Gru, [1, 3] -> [1, 3], int8
    Tensor bothForwardStep1Kept = n.multiply("both/forward/step1/kept", bothForwardStep1Update, bothForwardStep1Difference)
        .output(ActivationRange.learned("both/forward/step1/kept", 8), 1, 3);

    // both/forward/step1/state: ADD of Gru, [1, 3] -> [1, 3], int8 in the range of
    //     both/forward/step0/state
    Tensor bothForwardStep1State = n.add("both/forward/step1/state", bothForwardStep1Candidate, bothForwardStep1Kept)
        .output(bothForwardStep0State.range(), 1, 3);

    // both/forward: CONCATENATION of Gru, [1, 3] -> [2, 3], int8 in the range of
    //     both/forward/step0/state
    Tensor bothForward = n.concatenation("both/forward", 1, bothForwardStep0State, bothForwardStep1State)
        .output(bothForwardStep0State.range(), 2, 3);

    // both/backward/update: FULLY_CONNECTED of Gru, [2, 4] -> [2, 3], int8 in one range with
    //     both/backward/step0/update/input and both/backward/step1/update/input
    Tensor bothBackwardUpdate = n.fullyConnected("both/backward/update", backwards)
        .kernel(4, 3)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("both/backward/update", 8), 2, 3);

    // both/backward/update/recurrent_kernel: constant of Gru, [3, 3], int8 symmetric
    Tensor bothBackwardUpdateRecurrent_kernel = n.parameter("both/backward/update/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("both/backward/update/recurrent_kernel", 8).symmetric(), 3, 3);

    // both/backward/reset: FULLY_CONNECTED of Gru, [2, 4] -> [2, 3], int8 in one range with
    //     both/backward/step0/reset/input and both/backward/step1/reset/input
    Tensor bothBackwardReset = n.fullyConnected("both/backward/reset", backwards)
        .kernel(4, 3)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("both/backward/reset", 8), 2, 3);

    // both/backward/reset/recurrent_kernel: constant of Gru, [3, 3], int8 symmetric
    Tensor bothBackwardResetRecurrent_kernel = n.parameter("both/backward/reset/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("both/backward/reset/recurrent_kernel", 8).symmetric(), 3, 3);

    // both/backward/candidate: FULLY_CONNECTED of Gru, [2, 4] -> [2, 3], int8 in one range with
    //     both/backward/step0/candidate/input and both/backward/step1/candidate/input
    Tensor bothBackwardCandidate = n.fullyConnected("both/backward/candidate", backwards)
        .kernel(4, 3)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("both/backward/candidate", 8), 2, 3);

    // both/backward/candidate/recurrent_kernel: constant of Gru, [3, 3], int8 symmetric
    Tensor bothBackwardCandidateRecurrent_kernel = n.parameter("both/backward/candidate/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("both/backward/candidate/recurrent_kernel", 8).symmetric(), 3, 3);

    // both/backward/recurrent_bias: constant of Gru, [3], int8
    Tensor bothBackwardRecurrent_bias = n.parameter("both/backward/recurrent_bias")
        .output(ActivationRange.learned("both/backward/recurrent_bias", 8), 3);

    // both/backward/step0/update/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the range
    //     of both/backward/update
    Tensor bothBackwardStep0UpdateInput = n.step("both/backward/step0/update/input", bothBackwardUpdate, 1)
        .output(1, 3);

    // both/backward/step0/update: LOGISTIC of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep0Update = n.unary("both/backward/step0/update", UnaryKind.LOGISTIC, bothBackwardStep0UpdateInput)
        .output(ActivationRange.fixed("both/backward/step0/update", 8, 1.0 / 256, -128), 1, 3);

    // both/backward/step0/candidate/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the
    //     range of both/backward/candidate
    Tensor bothBackwardStep0CandidateInput = n.step("both/backward/step0/candidate/input", bothBackwardCandidate, 1)
        .output(1, 3);

    // both/backward/step0/reset/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the range of
    //     both/backward/reset
    Tensor bothBackwardStep0ResetInput = n.step("both/backward/step0/reset/input", bothBackwardReset, 1)
        .output(1, 3);

    // both/backward/step0/reset: LOGISTIC of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep0Reset = n.unary("both/backward/step0/reset", UnaryKind.LOGISTIC, bothBackwardStep0ResetInput)
        .output(ActivationRange.fixed("both/backward/step0/reset", 8, 1.0 / 256, -128), 1, 3);

    // both/backward/step0/candidate/reset: MUL of Gru, [1, 3] and [3] -> [1, 3], int8
    Tensor bothBackwardStep0CandidateReset = n.multiply("both/backward/step0/candidate/reset", bothBackwardStep0Reset, bothBackwardRecurrent_bias)
        .output(ActivationRange.learned("both/backward/step0/candidate/reset", 8), 1, 3);

    // both/backward/step0/candidate/sum: ADD of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep0CandidateSum = n.add("both/backward/step0/candidate/sum", bothBackwardStep0CandidateInput, bothBackwardStep0CandidateReset)
        .output(ActivationRange.learned("both/backward/step0/candidate/sum", 8), 1, 3);

    // both/backward/step0/candidate: TANH of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep0Candidate = n.unary("both/backward/step0/candidate", UnaryKind.TANH, bothBackwardStep0CandidateSum)
        .output(ActivationRange.fixed("both/backward/step0/candidate", 8, 1.0 / 128, 0), 1, 3);

    // both/backward/step0/kept: MUL of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep0Kept = n.multiply("both/backward/step0/kept", bothBackwardStep0Update, bothBackwardStep0Candidate)
        .output(ActivationRange.learned("both/backward/step0/kept", 8), 1, 3);

    // both/backward/step0/state: SUB of Gru, [1, 3] -> [1, 3], int8 in the range of
    //     both/forward/step0/state
    Tensor bothBackwardStep0State = n.subtract("both/backward/step0/state", bothBackwardStep0Candidate, bothBackwardStep0Kept)
        .output(bothForwardStep0State.range(), 1, 3);

    // both/backward/step1/update/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the range
    //     of both/backward/update
    Tensor bothBackwardStep1UpdateInput = n.step("both/backward/step1/update/input", bothBackwardUpdate, 0)
        .output(1, 3);

    // both/backward/step1/update/product: BATCH_MATMUL of Gru, [1, 3] and [3, 3] -> [1, 3], int8
    Tensor bothBackwardStep1UpdateProduct = n.batchMatMul("both/backward/step1/update/product", bothBackwardStep0State, bothBackwardUpdateRecurrent_kernel)
        .output(ActivationRange.learned("both/backward/step1/update/product", 8), 1, 3);

    // both/backward/step1/update/sum: ADD of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep1UpdateSum = n.add("both/backward/step1/update/sum", bothBackwardStep1UpdateInput, bothBackwardStep1UpdateProduct)
        .output(ActivationRange.learned("both/backward/step1/update/sum", 8), 1, 3);

    // both/backward/step1/update: LOGISTIC of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep1Update = n.unary("both/backward/step1/update", UnaryKind.LOGISTIC, bothBackwardStep1UpdateSum)
        .output(ActivationRange.fixed("both/backward/step1/update", 8, 1.0 / 256, -128), 1, 3);

    // both/backward/step1/candidate/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the
    //     range of both/backward/candidate
    Tensor bothBackwardStep1CandidateInput = n.step("both/backward/step1/candidate/input", bothBackwardCandidate, 0)
        .output(1, 3);

    // both/backward/step1/candidate/product: BATCH_MATMUL of Gru, [1, 3] and [3, 3] -> [1, 3], int8
    Tensor bothBackwardStep1CandidateProduct = n.batchMatMul("both/backward/step1/candidate/product", bothBackwardStep0State, bothBackwardCandidateRecurrent_kernel)
        .output(ActivationRange.learned("both/backward/step1/candidate/product", 8), 1, 3);

    // both/backward/step1/candidate/biased: ADD of Gru, [1, 3] and [3] -> [1, 3], int8
    Tensor bothBackwardStep1CandidateBiased = n.add("both/backward/step1/candidate/biased", bothBackwardStep1CandidateProduct, bothBackwardRecurrent_bias)
        .output(ActivationRange.learned("both/backward/step1/candidate/biased", 8), 1, 3);

    // both/backward/step1/reset/input: STRIDED_SLICE of Gru, [2, 3] -> [1, 3], int8 in the range of
    //     both/backward/reset
    Tensor bothBackwardStep1ResetInput = n.step("both/backward/step1/reset/input", bothBackwardReset, 0)
        .output(1, 3);

    // both/backward/step1/reset/product: BATCH_MATMUL of Gru, [1, 3] and [3, 3] -> [1, 3], int8
    Tensor bothBackwardStep1ResetProduct = n.batchMatMul("both/backward/step1/reset/product", bothBackwardStep0State, bothBackwardResetRecurrent_kernel)
        .output(ActivationRange.learned("both/backward/step1/reset/product", 8), 1, 3);

    // both/backward/step1/reset/sum: ADD of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep1ResetSum = n.add("both/backward/step1/reset/sum", bothBackwardStep1ResetInput, bothBackwardStep1ResetProduct)
        .output(ActivationRange.learned("both/backward/step1/reset/sum", 8), 1, 3);

    // both/backward/step1/reset: LOGISTIC of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep1Reset = n.unary("both/backward/step1/reset", UnaryKind.LOGISTIC, bothBackwardStep1ResetSum)
        .output(ActivationRange.fixed("both/backward/step1/reset", 8, 1.0 / 256, -128), 1, 3);

    // both/backward/step1/candidate/reset: MUL of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep1CandidateReset = n.multiply("both/backward/step1/candidate/reset", bothBackwardStep1Reset, bothBackwardStep1CandidateBiased)
        .output(ActivationRange.learned("both/backward/step1/candidate/reset", 8), 1, 3);

    // both/backward/step1/candidate/sum: ADD of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep1CandidateSum = n.add("both/backward/step1/candidate/sum", bothBackwardStep1CandidateInput, bothBackwardStep1CandidateReset)
        .output(ActivationRange.learned("both/backward/step1/candidate/sum", 8), 1, 3);

    // both/backward/step1/candidate: TANH of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep1Candidate = n.unary("both/backward/step1/candidate", UnaryKind.TANH, bothBackwardStep1CandidateSum)
        .output(ActivationRange.fixed("both/backward/step1/candidate", 8, 1.0 / 128, 0), 1, 3);

    // both/backward/step1/difference: SUB of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep1Difference = n.subtract("both/backward/step1/difference", bothBackwardStep0State, bothBackwardStep1Candidate)
        .output(ActivationRange.learned("both/backward/step1/difference", 8), 1, 3);

    // both/backward/step1/kept: MUL of Gru, [1, 3] -> [1, 3], int8
    Tensor bothBackwardStep1Kept = n.multiply("both/backward/step1/kept", bothBackwardStep1Update, bothBackwardStep1Difference)
        .output(ActivationRange.learned("both/backward/step1/kept", 8), 1, 3);

    // both/backward/step1/state: ADD of Gru, [1, 3] -> [1, 3], int8 in the range of
    //     both/forward/step0/state
    Tensor bothBackwardStep1State = n.add("both/backward/step1/state", bothBackwardStep1Candidate, bothBackwardStep1Kept)
        .output(bothForwardStep0State.range(), 1, 3);

    // both/backward: CONCATENATION of Gru, [1, 3] -> [2, 3], int8 in the range of
    //     both/forward/step0/state
    Tensor bothBackward = n.concatenation("both/backward", 1, bothBackwardStep1State, bothBackwardStep0State)
        .output(bothForwardStep0State.range(), 2, 3);

    // both: Concat, [2, 3] -> [2, 6], int8 in the range of both/forward/step0/state
    Tensor both = n.concatenation("both", 2, bothForward, bothBackward)
        .output(bothForwardStep0State.range(), 2, 6);

    // product/forward/update: FULLY_CONNECTED of Gru, [2, 6] -> [2, 2], int8 in one range with
    //     product/forward/step0/update/input and product/forward/step1/update/input
    Tensor productForwardUpdate = n.fullyConnected("product/forward/update", both)
        .kernel(6, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("product/forward/update", 8), 2, 2);

    // product/forward/update/recurrent_kernel: constant of Gru, [2, 2], int8 symmetric
    Tensor productForwardUpdateRecurrent_kernel = n.parameter("product/forward/update/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("product/forward/update/recurrent_kernel", 8).symmetric(), 2, 2);

    // product/forward/reset: FULLY_CONNECTED of Gru, [2, 6] -> [2, 2], int8 in one range with
    //     product/forward/step1/reset/input
    Tensor productForwardReset = n.fullyConnected("product/forward/reset", both)
        .kernel(6, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("product/forward/reset", 8), 2, 2);

    // product/forward/reset/recurrent_kernel: constant of Gru, [2, 2], int8 symmetric
    Tensor productForwardResetRecurrent_kernel = n.parameter("product/forward/reset/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("product/forward/reset/recurrent_kernel", 8).symmetric(), 2, 2);

    // product/forward/candidate: FULLY_CONNECTED of Gru, [2, 6] -> [2, 2], int8 in one range with
    //     product/forward/step0/candidate/input and product/forward/step1/candidate/input
    Tensor productForwardCandidate = n.fullyConnected("product/forward/candidate", both)
        .kernel(6, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("product/forward/candidate", 8), 2, 2);

    // product/forward/candidate/recurrent_kernel: constant of Gru, [2, 2], int8 symmetric
    Tensor productForwardCandidateRecurrent_kernel = n.parameter("product/forward/candidate/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("product/forward/candidate/recurrent_kernel", 8).symmetric(), 2, 2);

    // product/forward/step0/update/input: STRIDED_SLICE of Gru, [2, 2] -> [1, 2], int8 in the range
    //     of product/forward/update
    Tensor productForwardStep0UpdateInput = n.step("product/forward/step0/update/input", productForwardUpdate, 0)
        .output(1, 2);

    // product/forward/step0/update: LOGISTIC of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep0Update = n.unary("product/forward/step0/update", UnaryKind.LOGISTIC, productForwardStep0UpdateInput)
        .output(ActivationRange.fixed("product/forward/step0/update", 8, 1.0 / 256, -128), 1, 2);

    // product/forward/step0/candidate/input: STRIDED_SLICE of Gru, [2, 2] -> [1, 2], int8 in the
    //     range of product/forward/candidate
    Tensor productForwardStep0CandidateInput = n.step("product/forward/step0/candidate/input", productForwardCandidate, 0)
        .output(1, 2);

    // product/forward/step0/candidate: TANH of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep0Candidate = n.unary("product/forward/step0/candidate", UnaryKind.TANH, productForwardStep0CandidateInput)
        .output(ActivationRange.fixed("product/forward/step0/candidate", 8, 1.0 / 128, 0), 1, 2);

    // product/forward/step0/kept: MUL of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep0Kept = n.multiply("product/forward/step0/kept", productForwardStep0Update, productForwardStep0Candidate)
        .output(ActivationRange.learned("product/forward/step0/kept", 8), 1, 2);

    // product/forward/step0/state: SUB of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep0State = n.subtract("product/forward/step0/state", productForwardStep0Candidate, productForwardStep0Kept)
        .output(ActivationRange.learned("product/forward/step0/state", 8), 1, 2);

    // product/forward/step1/update/input: STRIDED_SLICE of Gru, [2, 2] -> [1, 2], int8 in the range
    //     of product/forward/update
    Tensor productForwardStep1UpdateInput = n.step("product/forward/step1/update/input", productForwardUpdate, 1)
        .output(1, 2);

    // product/forward/step1/update/product: BATCH_MATMUL of Gru, [1, 2] and [2, 2] -> [1, 2], int8
    Tensor productForwardStep1UpdateProduct = n.batchMatMul("product/forward/step1/update/product", productForwardStep0State, productForwardUpdateRecurrent_kernel)
        .output(ActivationRange.learned("product/forward/step1/update/product", 8), 1, 2);

    // product/forward/step1/update/sum: ADD of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep1UpdateSum = n.add("product/forward/step1/update/sum", productForwardStep1UpdateInput, productForwardStep1UpdateProduct)
        .output(ActivationRange.learned("product/forward/step1/update/sum", 8), 1, 2);

    // product/forward/step1/update: LOGISTIC of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep1Update = n.unary("product/forward/step1/update", UnaryKind.LOGISTIC, productForwardStep1UpdateSum)
        .output(ActivationRange.fixed("product/forward/step1/update", 8, 1.0 / 256, -128), 1, 2);

    // product/forward/step1/candidate/input: STRIDED_SLICE of Gru, [2, 2] -> [1, 2], int8 in the
    //     range of product/forward/candidate
    Tensor productForwardStep1CandidateInput = n.step("product/forward/step1/candidate/input", productForwardCandidate, 1)
        .output(1, 2);

    // product/forward/step1/reset/input: STRIDED_SLICE of Gru, [2, 2] -> [1, 2], int8 in the range
    //     of product/forward/reset
    Tensor productForwardStep1ResetInput = n.step("product/forward/step1/reset/input", productForwardReset, 1)
        .output(1, 2);

    // product/forward/step1/reset/product: BATCH_MATMUL of Gru, [1, 2] and [2, 2] -> [1, 2], int8
    Tensor productForwardStep1ResetProduct = n.batchMatMul("product/forward/step1/reset/product", productForwardStep0State, productForwardResetRecurrent_kernel)
        .output(ActivationRange.learned("product/forward/step1/reset/product", 8), 1, 2);

    // product/forward/step1/reset/sum: ADD of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep1ResetSum = n.add("product/forward/step1/reset/sum", productForwardStep1ResetInput, productForwardStep1ResetProduct)
        .output(ActivationRange.learned("product/forward/step1/reset/sum", 8), 1, 2);

    // product/forward/step1/reset: LOGISTIC of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep1Reset = n.unary("product/forward/step1/reset", UnaryKind.LOGISTIC, productForwardStep1ResetSum)
        .output(ActivationRange.fixed("product/forward/step1/reset", 8, 1.0 / 256, -128), 1, 2);

    // product/forward/step1/candidate/reset: MUL of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep1CandidateReset = n.multiply("product/forward/step1/candidate/reset", productForwardStep1Reset, productForwardStep0State)
        .output(ActivationRange.learned("product/forward/step1/candidate/reset", 8), 1, 2);

    // product/forward/step1/candidate/product: BATCH_MATMUL of Gru, [1, 2] and [2, 2] -> [1, 2],
    //     int8
    Tensor productForwardStep1CandidateProduct = n.batchMatMul("product/forward/step1/candidate/product", productForwardStep1CandidateReset, productForwardCandidateRecurrent_kernel)
        .output(ActivationRange.learned("product/forward/step1/candidate/product", 8), 1, 2);

    // product/forward/step1/candidate/sum: ADD of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep1CandidateSum = n.add("product/forward/step1/candidate/sum", productForwardStep1CandidateInput, productForwardStep1CandidateProduct)
        .output(ActivationRange.learned("product/forward/step1/candidate/sum", 8), 1, 2);

    // product/forward/step1/candidate: TANH of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep1Candidate = n.unary("product/forward/step1/candidate", UnaryKind.TANH, productForwardStep1CandidateSum)
        .output(ActivationRange.fixed("product/forward/step1/candidate", 8, 1.0 / 128, 0), 1, 2);

    // product/forward/step1/difference: SUB of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep1Difference = n.subtract("product/forward/step1/difference", productForwardStep0State, productForwardStep1Candidate)
        .output(ActivationRange.learned("product/forward/step1/difference", 8), 1, 2);

    // product/forward/step1/kept: MUL of Gru, [1, 2] -> [1, 2], int8
    Tensor productForwardStep1Kept = n.multiply("product/forward/step1/kept", productForwardStep1Update, productForwardStep1Difference)
        .output(ActivationRange.learned("product/forward/step1/kept", 8), 1, 2);

    // product/forward/step1/state: ADD of Gru, [1, 2] -> [1, 2], int8 in one range with
    //     product/forward
    Tensor productForwardStep1State = n.add("product/forward/step1/state", productForwardStep1Candidate, productForwardStep1Kept)
        .output(ActivationRange.learned("product/forward/step1/state", 8), 1, 2);

    // product/forward: RESHAPE of Gru, [1, 2] -> [2], int8 in the range of
    //     product/forward/step1/state
    Tensor productForward = n.reshape("product/forward", productForwardStep1State).output(2);

    // product/backward/update: FULLY_CONNECTED of Gru, [2, 6] -> [2, 2], int8 in one range with
    //     product/backward/step0/update/input and product/backward/step1/update/input
    Tensor productBackwardUpdate = n.fullyConnected("product/backward/update", both)
        .kernel(6, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("product/backward/update", 8), 2, 2);

    // product/backward/update/recurrent_kernel: constant of Gru, [2, 2], int8 symmetric
    Tensor productBackwardUpdateRecurrent_kernel = n.parameter("product/backward/update/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("product/backward/update/recurrent_kernel", 8).symmetric(), 2, 2);

    // product/backward/reset: FULLY_CONNECTED of Gru, [2, 6] -> [2, 2], int8 in one range with
    //     product/backward/step1/reset/input
    Tensor productBackwardReset = n.fullyConnected("product/backward/reset", both)
        .kernel(6, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("product/backward/reset", 8), 2, 2);

    // product/backward/reset/recurrent_kernel: constant of Gru, [2, 2], int8 symmetric
    Tensor productBackwardResetRecurrent_kernel = n.parameter("product/backward/reset/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("product/backward/reset/recurrent_kernel", 8).symmetric(), 2, 2);

    // product/backward/candidate: FULLY_CONNECTED of Gru, [2, 6] -> [2, 2], int8 in one range with
    //     product/backward/step0/candidate/input and product/backward/step1/candidate/input
    Tensor productBackwardCandidate = n.fullyConnected("product/backward/candidate", both)
        .kernel(6, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("product/backward/candidate", 8), 2, 2);

    // product/backward/candidate/recurrent_kernel: constant of Gru, [2, 2], int8 symmetric
    Tensor productBackwardCandidateRecurrent_kernel = n.parameter("product/backward/candidate/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("product/backward/candidate/recurrent_kernel", 8).symmetric(), 2, 2);

    // product/backward/step0/update/input: STRIDED_SLICE of Gru, [2, 2] -> [1, 2], int8 in the
    //     range of product/backward/update
    Tensor productBackwardStep0UpdateInput = n.step("product/backward/step0/update/input", productBackwardUpdate, 1)
        .output(1, 2);

    // product/backward/step0/update: LOGISTIC of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep0Update = n.unary("product/backward/step0/update", UnaryKind.LOGISTIC, productBackwardStep0UpdateInput)
        .output(ActivationRange.fixed("product/backward/step0/update", 8, 1.0 / 256, -128), 1, 2);

    // product/backward/step0/candidate/input: STRIDED_SLICE of Gru, [2, 2] -> [1, 2], int8 in the
    //     range of product/backward/candidate
    Tensor productBackwardStep0CandidateInput = n.step("product/backward/step0/candidate/input", productBackwardCandidate, 1)
        .output(1, 2);

    // product/backward/step0/candidate: TANH of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep0Candidate = n.unary("product/backward/step0/candidate", UnaryKind.TANH, productBackwardStep0CandidateInput)
        .output(ActivationRange.fixed("product/backward/step0/candidate", 8, 1.0 / 128, 0), 1, 2);

    // product/backward/step0/kept: MUL of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep0Kept = n.multiply("product/backward/step0/kept", productBackwardStep0Update, productBackwardStep0Candidate)
        .output(ActivationRange.learned("product/backward/step0/kept", 8), 1, 2);

    // product/backward/step0/state: SUB of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep0State = n.subtract("product/backward/step0/state", productBackwardStep0Candidate, productBackwardStep0Kept)
        .output(ActivationRange.learned("product/backward/step0/state", 8), 1, 2);

    // product/backward/step1/update/input: STRIDED_SLICE of Gru, [2, 2] -> [1, 2], int8 in the
    //     range of product/backward/update
    Tensor productBackwardStep1UpdateInput = n.step("product/backward/step1/update/input", productBackwardUpdate, 0)
        .output(1, 2);

    // product/backward/step1/update/product: BATCH_MATMUL of Gru, [1, 2] and [2, 2] -> [1, 2], int8
    Tensor productBackwardStep1UpdateProduct = n.batchMatMul("product/backward/step1/update/product", productBackwardStep0State, productBackwardUpdateRecurrent_kernel)
        .output(ActivationRange.learned("product/backward/step1/update/product", 8), 1, 2);

    // product/backward/step1/update/sum: ADD of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep1UpdateSum = n.add("product/backward/step1/update/sum", productBackwardStep1UpdateInput, productBackwardStep1UpdateProduct)
        .output(ActivationRange.learned("product/backward/step1/update/sum", 8), 1, 2);

    // product/backward/step1/update: LOGISTIC of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep1Update = n.unary("product/backward/step1/update", UnaryKind.LOGISTIC, productBackwardStep1UpdateSum)
        .output(ActivationRange.fixed("product/backward/step1/update", 8, 1.0 / 256, -128), 1, 2);

    // product/backward/step1/candidate/input: STRIDED_SLICE of Gru, [2, 2] -> [1, 2], int8 in the
    //     range of product/backward/candidate
    Tensor productBackwardStep1CandidateInput = n.step("product/backward/step1/candidate/input", productBackwardCandidate, 0)
        .output(1, 2);

    // product/backward/step1/reset/input: STRIDED_SLICE of Gru, [2, 2] -> [1, 2], int8 in the range
    //     of product/backward/reset
    Tensor productBackwardStep1ResetInput = n.step("product/backward/step1/reset/input", productBackwardReset, 0)
        .output(1, 2);

    // product/backward/step1/reset/product: BATCH_MATMUL of Gru, [1, 2] and [2, 2] -> [1, 2], int8
    Tensor productBackwardStep1ResetProduct = n.batchMatMul("product/backward/step1/reset/product", productBackwardStep0State, productBackwardResetRecurrent_kernel)
        .output(ActivationRange.learned("product/backward/step1/reset/product", 8), 1, 2);

    // product/backward/step1/reset/sum: ADD of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep1ResetSum = n.add("product/backward/step1/reset/sum", productBackwardStep1ResetInput, productBackwardStep1ResetProduct)
        .output(ActivationRange.learned("product/backward/step1/reset/sum", 8), 1, 2);

    // product/backward/step1/reset: LOGISTIC of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep1Reset = n.unary("product/backward/step1/reset", UnaryKind.LOGISTIC, productBackwardStep1ResetSum)
        .output(ActivationRange.fixed("product/backward/step1/reset", 8, 1.0 / 256, -128), 1, 2);

    // product/backward/step1/candidate/reset: MUL of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep1CandidateReset = n.multiply("product/backward/step1/candidate/reset", productBackwardStep1Reset, productBackwardStep0State)
        .output(ActivationRange.learned("product/backward/step1/candidate/reset", 8), 1, 2);

    // product/backward/step1/candidate/product: BATCH_MATMUL of Gru, [1, 2] and [2, 2] -> [1, 2],
    //     int8
    Tensor productBackwardStep1CandidateProduct = n.batchMatMul("product/backward/step1/candidate/product", productBackwardStep1CandidateReset, productBackwardCandidateRecurrent_kernel)
        .output(ActivationRange.learned("product/backward/step1/candidate/product", 8), 1, 2);

    // product/backward/step1/candidate/sum: ADD of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep1CandidateSum = n.add("product/backward/step1/candidate/sum", productBackwardStep1CandidateInput, productBackwardStep1CandidateProduct)
        .output(ActivationRange.learned("product/backward/step1/candidate/sum", 8), 1, 2);

    // product/backward/step1/candidate: TANH of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep1Candidate = n.unary("product/backward/step1/candidate", UnaryKind.TANH, productBackwardStep1CandidateSum)
        .output(ActivationRange.fixed("product/backward/step1/candidate", 8, 1.0 / 128, 0), 1, 2);

    // product/backward/step1/difference: SUB of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep1Difference = n.subtract("product/backward/step1/difference", productBackwardStep0State, productBackwardStep1Candidate)
        .output(ActivationRange.learned("product/backward/step1/difference", 8), 1, 2);

    // product/backward/step1/kept: MUL of Gru, [1, 2] -> [1, 2], int8
    Tensor productBackwardStep1Kept = n.multiply("product/backward/step1/kept", productBackwardStep1Update, productBackwardStep1Difference)
        .output(ActivationRange.learned("product/backward/step1/kept", 8), 1, 2);

    // product/backward/step1/state: ADD of Gru, [1, 2] -> [1, 2], int8 in one range with
    //     product/backward
    Tensor productBackwardStep1State = n.add("product/backward/step1/state", productBackwardStep1Candidate, productBackwardStep1Kept)
        .output(ActivationRange.learned("product/backward/step1/state", 8), 1, 2);

    // product/backward: RESHAPE of Gru, [1, 2] -> [2], int8 in the range of
    //     product/backward/step1/state
    Tensor productBackward = n.reshape("product/backward", productBackwardStep1State).output(2);

    // product: Multiply, [2] -> [2], int8
    Tensor product = n.multiply("product", productForward, productBackward)
        .output(ActivationRange.learned("product", 8), 2);

    n.output("product", product);
  }
}
