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
 * The network that {@link Attention.Unrolled} declares: 250 parameters, 438 multiply-accumulates an example.
 *
 * <pre>
 * steps  Input  [2, 3]
 * lower  Gru    [2, 4]
 * upper  Gru    [5]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Attention_UnrolledModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Attention.Unrolled")
      .input("steps", 2, 3)
      .layer("lower", "Gru", 100, 168, 2, 4)
      .layer("upper", "Gru", 150, 270, 5)
      .output("upper", 5)
      .build();

  private Attention_UnrolledModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Attention_UnrolledModel create(long seed) {
    return new Attention_UnrolledModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param steps 6 values, [2, 3]
   * @return upper: 5 values, [5]
   */
  float[] predict(float[] steps) {
    return run(steps)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // steps: Input, [2, 3], int8
    Tensor steps = n.input("steps").output(ActivationRange.learned("steps", 8), 2, 3);

    // lower/update: FULLY_CONNECTED of Gru, [2, 3] -> [2, 4], int8 in one range with
    //     lower/step0/update/input and lower/step1/update/input
    Tensor lowerUpdate = n.fullyConnected("lower/update", steps)
        .kernel(3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("lower/update", 8), 2, 4);

    // lower/update/recurrent_kernel: constant of Gru, [4, 4], int8 symmetric
    Tensor lowerUpdateRecurrent_kernel = n.parameter("lower/update/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("lower/update/recurrent_kernel", 8).symmetric(), 4, 4);

    // lower/reset: FULLY_CONNECTED of Gru, [2, 3] -> [2, 4], int8 in one range with
    //     lower/step0/reset/input and lower/step1/reset/input
    Tensor lowerReset = n.fullyConnected("lower/reset", steps)
        .kernel(3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("lower/reset", 8), 2, 4);

    // lower/reset/recurrent_kernel: constant of Gru, [4, 4], int8 symmetric
    Tensor lowerResetRecurrent_kernel = n.parameter("lower/reset/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("lower/reset/recurrent_kernel", 8).symmetric(), 4, 4);

    // lower/candidate: FULLY_CONNECTED of Gru, [2, 3] -> [2, 4], int8 in one range with
    //     lower/step0/candidate/input and lower/step1/candidate/input
    Tensor lowerCandidate = n.fullyConnected("lower/candidate", steps)
        .kernel(3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("lower/candidate", 8), 2, 4);

    // lower/candidate/recurrent_kernel: constant of Gru, [4, 4], int8 symmetric
    Tensor lowerCandidateRecurrent_kernel = n.parameter("lower/candidate/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("lower/candidate/recurrent_kernel", 8).symmetric(), 4, 4);

    // lower/recurrent_bias: constant of Gru, [4], int8
    Tensor lowerRecurrent_bias = n.parameter("lower/recurrent_bias")
        .output(ActivationRange.learned("lower/recurrent_bias", 8), 4);

    // lower/step0/update/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     lower/update
    Tensor lowerStep0UpdateInput = n.step("lower/step0/update/input", lowerUpdate, 0).output(1, 4);

    // lower/step0/update: LOGISTIC of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep0Update = n.unary("lower/step0/update", UnaryKind.LOGISTIC, lowerStep0UpdateInput)
        .output(ActivationRange.fixed("lower/step0/update", 8, 1.0 / 256, -128), 1, 4);

    // lower/step0/candidate/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     lower/candidate
    Tensor lowerStep0CandidateInput = n.step("lower/step0/candidate/input", lowerCandidate, 0)
        .output(1, 4);

    // lower/step0/reset/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     lower/reset
    Tensor lowerStep0ResetInput = n.step("lower/step0/reset/input", lowerReset, 0).output(1, 4);

    // lower/step0/reset: LOGISTIC of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep0Reset = n.unary("lower/step0/reset", UnaryKind.LOGISTIC, lowerStep0ResetInput)
        .output(ActivationRange.fixed("lower/step0/reset", 8, 1.0 / 256, -128), 1, 4);

    // lower/step0/candidate/reset: MUL of Gru, [1, 4] and [4] -> [1, 4], int8
    Tensor lowerStep0CandidateReset = n.multiply("lower/step0/candidate/reset", lowerStep0Reset, lowerRecurrent_bias)
        .output(ActivationRange.learned("lower/step0/candidate/reset", 8), 1, 4);

    // lower/step0/candidate/sum: ADD of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep0CandidateSum = n.add("lower/step0/candidate/sum", lowerStep0CandidateInput, lowerStep0CandidateReset)
        .output(ActivationRange.learned("lower/step0/candidate/sum", 8), 1, 4);

    // lower/step0/candidate: TANH of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep0Candidate = n.unary("lower/step0/candidate", UnaryKind.TANH, lowerStep0CandidateSum)
        .output(ActivationRange.fixed("lower/step0/candidate", 8, 1.0 / 128, 0), 1, 4);

    // lower/step0/kept: MUL of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep0Kept = n.multiply("lower/step0/kept", lowerStep0Update, lowerStep0Candidate)
        .output(ActivationRange.learned("lower/step0/kept", 8), 1, 4);

    // lower/step0/state: SUB of Gru, [1, 4] -> [1, 4], int8 in one range with lower/step1/state and
    //     lower
    Tensor lowerStep0State = n.subtract("lower/step0/state", lowerStep0Candidate, lowerStep0Kept)
        .output(ActivationRange.learned("lower/step0/state", 8), 1, 4);

    // lower/step1/update/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     lower/update
    Tensor lowerStep1UpdateInput = n.step("lower/step1/update/input", lowerUpdate, 1).output(1, 4);

    // lower/step1/update/product: BATCH_MATMUL of Gru, [1, 4] and [4, 4] -> [1, 4], int8
    Tensor lowerStep1UpdateProduct = n.batchMatMul("lower/step1/update/product", lowerStep0State, lowerUpdateRecurrent_kernel)
        .output(ActivationRange.learned("lower/step1/update/product", 8), 1, 4);

    // lower/step1/update/sum: ADD of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep1UpdateSum = n.add("lower/step1/update/sum", lowerStep1UpdateInput, lowerStep1UpdateProduct)
        .output(ActivationRange.learned("lower/step1/update/sum", 8), 1, 4);

    // lower/step1/update: LOGISTIC of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep1Update = n.unary("lower/step1/update", UnaryKind.LOGISTIC, lowerStep1UpdateSum)
        .output(ActivationRange.fixed("lower/step1/update", 8, 1.0 / 256, -128), 1, 4);

    // lower/step1/candidate/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     lower/candidate
    Tensor lowerStep1CandidateInput = n.step("lower/step1/candidate/input", lowerCandidate, 1)
        .output(1, 4);

    // lower/step1/candidate/product: BATCH_MATMUL of Gru, [1, 4] and [4, 4] -> [1, 4], int8
    Tensor lowerStep1CandidateProduct = n.batchMatMul("lower/step1/candidate/product", lowerStep0State, lowerCandidateRecurrent_kernel)
        .output(ActivationRange.learned("lower/step1/candidate/product", 8), 1, 4);

    // lower/step1/candidate/biased: ADD of Gru, [1, 4] and [4] -> [1, 4], int8
    Tensor lowerStep1CandidateBiased = n.add("lower/step1/candidate/biased", lowerStep1CandidateProduct, lowerRecurrent_bias)
        .output(ActivationRange.learned("lower/step1/candidate/biased", 8), 1, 4);

    // lower/step1/reset/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4], int8 in the range of
    //     lower/reset
    Tensor lowerStep1ResetInput = n.step("lower/step1/reset/input", lowerReset, 1).output(1, 4);

    // lower/step1/reset/product: BATCH_MATMUL of Gru, [1, 4] and [4, 4] -> [1, 4], int8
    Tensor lowerStep1ResetProduct = n.batchMatMul("lower/step1/reset/product", lowerStep0State, lowerResetRecurrent_kernel)
        .output(ActivationRange.learned("lower/step1/reset/product", 8), 1, 4);

    // lower/step1/reset/sum: ADD of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep1ResetSum = n.add("lower/step1/reset/sum", lowerStep1ResetInput, lowerStep1ResetProduct)
        .output(ActivationRange.learned("lower/step1/reset/sum", 8), 1, 4);

    // lower/step1/reset: LOGISTIC of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep1Reset = n.unary("lower/step1/reset", UnaryKind.LOGISTIC, lowerStep1ResetSum)
        .output(ActivationRange.fixed("lower/step1/reset", 8, 1.0 / 256, -128), 1, 4);

    // lower/step1/candidate/reset: MUL of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep1CandidateReset = n.multiply("lower/step1/candidate/reset", lowerStep1Reset, lowerStep1CandidateBiased)
        .output(ActivationRange.learned("lower/step1/candidate/reset", 8), 1, 4);

    // lower/step1/candidate/sum: ADD of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep1CandidateSum = n.add("lower/step1/candidate/sum", lowerStep1CandidateInput, lowerStep1CandidateReset)
        .output(ActivationRange.learned("lower/step1/candidate/sum", 8), 1, 4);

    // lower/step1/candidate: TANH of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep1Candidate = n.unary("lower/step1/candidate", UnaryKind.TANH, lowerStep1CandidateSum)
        .output(ActivationRange.fixed("lower/step1/candidate", 8, 1.0 / 128, 0), 1, 4);

    // lower/step1/difference: SUB of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep1Difference = n.subtract("lower/step1/difference", lowerStep0State, lowerStep1Candidate)
        .output(ActivationRange.learned("lower/step1/difference", 8), 1, 4);

    // lower/step1/kept: MUL of Gru, [1, 4] -> [1, 4], int8
    Tensor lowerStep1Kept = n.multiply("lower/step1/kept", lowerStep1Update, lowerStep1Difference)
        .output(ActivationRange.learned("lower/step1/kept", 8), 1, 4);

    // lower/step1/state: ADD of Gru, [1, 4] -> [1, 4], int8 in the range of lower/step0/state
    Tensor lowerStep1State = n.add("lower/step1/state", lowerStep1Candidate, lowerStep1Kept)
        .output(lowerStep0State.range(), 1, 4);

    // lower: Gru, [1, 4] -> [2, 4], int8 in the range of lower/step0/state
    Tensor lower = n.concatenation("lower", 1, lowerStep0State, lowerStep1State)
        .output(lowerStep0State.range(), 2, 4);

    // upper/update: FULLY_CONNECTED of Gru, [2, 4] -> [2, 5], int8 in one range with
    //     upper/step0/update/input and upper/step1/update/input
    Tensor upperUpdate = n.fullyConnected("upper/update", lower)
        .kernel(4, 5)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("upper/update", 8), 2, 5);

    // upper/update/recurrent_kernel: constant of Gru, [5, 5], int8 symmetric
    Tensor upperUpdateRecurrent_kernel = n.parameter("upper/update/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("upper/update/recurrent_kernel", 8).symmetric(), 5, 5);

    // upper/reset: FULLY_CONNECTED of Gru, [2, 4] -> [2, 5], int8 in one range with
    //     upper/step1/reset/input
    Tensor upperReset = n.fullyConnected("upper/reset", lower)
        .kernel(4, 5)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("upper/reset", 8), 2, 5);

    // upper/reset/recurrent_kernel: constant of Gru, [5, 5], int8 symmetric
    Tensor upperResetRecurrent_kernel = n.parameter("upper/reset/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("upper/reset/recurrent_kernel", 8).symmetric(), 5, 5);

    // upper/candidate: FULLY_CONNECTED of Gru, [2, 4] -> [2, 5], int8 in one range with
    //     upper/step0/candidate/input and upper/step1/candidate/input
    Tensor upperCandidate = n.fullyConnected("upper/candidate", lower)
        .kernel(4, 5)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("upper/candidate", 8), 2, 5);

    // upper/candidate/recurrent_kernel: constant of Gru, [5, 5], int8 symmetric
    Tensor upperCandidateRecurrent_kernel = n.parameter("upper/candidate/recurrent_kernel")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("upper/candidate/recurrent_kernel", 8).symmetric(), 5, 5);

    // upper/step0/update/input: STRIDED_SLICE of Gru, [2, 5] -> [1, 5], int8 in the range of
    //     upper/update
    Tensor upperStep0UpdateInput = n.step("upper/step0/update/input", upperUpdate, 0).output(1, 5);

    // upper/step0/update: LOGISTIC of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep0Update = n.unary("upper/step0/update", UnaryKind.LOGISTIC, upperStep0UpdateInput)
        .output(ActivationRange.fixed("upper/step0/update", 8, 1.0 / 256, -128), 1, 5);

    // upper/step0/candidate/input: STRIDED_SLICE of Gru, [2, 5] -> [1, 5], int8 in the range of
    //     upper/candidate
    Tensor upperStep0CandidateInput = n.step("upper/step0/candidate/input", upperCandidate, 0)
        .output(1, 5);

    // upper/step0/candidate: TANH of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep0Candidate = n.unary("upper/step0/candidate", UnaryKind.TANH, upperStep0CandidateInput)
        .output(ActivationRange.fixed("upper/step0/candidate", 8, 1.0 / 128, 0), 1, 5);

    // upper/step0/kept: MUL of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep0Kept = n.multiply("upper/step0/kept", upperStep0Update, upperStep0Candidate)
        .output(ActivationRange.learned("upper/step0/kept", 8), 1, 5);

    // upper/step0/state: SUB of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep0State = n.subtract("upper/step0/state", upperStep0Candidate, upperStep0Kept)
        .output(ActivationRange.learned("upper/step0/state", 8), 1, 5);

    // upper/step1/update/input: STRIDED_SLICE of Gru, [2, 5] -> [1, 5], int8 in the range of
    //     upper/update
    Tensor upperStep1UpdateInput = n.step("upper/step1/update/input", upperUpdate, 1).output(1, 5);

    // upper/step1/update/product: BATCH_MATMUL of Gru, [1, 5] and [5, 5] -> [1, 5], int8
    Tensor upperStep1UpdateProduct = n.batchMatMul("upper/step1/update/product", upperStep0State, upperUpdateRecurrent_kernel)
        .output(ActivationRange.learned("upper/step1/update/product", 8), 1, 5);

    // upper/step1/update/sum: ADD of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep1UpdateSum = n.add("upper/step1/update/sum", upperStep1UpdateInput, upperStep1UpdateProduct)
        .output(ActivationRange.learned("upper/step1/update/sum", 8), 1, 5);

    // upper/step1/update: LOGISTIC of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep1Update = n.unary("upper/step1/update", UnaryKind.LOGISTIC, upperStep1UpdateSum)
        .output(ActivationRange.fixed("upper/step1/update", 8, 1.0 / 256, -128), 1, 5);

    // upper/step1/candidate/input: STRIDED_SLICE of Gru, [2, 5] -> [1, 5], int8 in the range of
    //     upper/candidate
    Tensor upperStep1CandidateInput = n.step("upper/step1/candidate/input", upperCandidate, 1)
        .output(1, 5);

    // upper/step1/reset/input: STRIDED_SLICE of Gru, [2, 5] -> [1, 5], int8 in the range of
    //     upper/reset
    Tensor upperStep1ResetInput = n.step("upper/step1/reset/input", upperReset, 1).output(1, 5);

    // upper/step1/reset/product: BATCH_MATMUL of Gru, [1, 5] and [5, 5] -> [1, 5], int8
    Tensor upperStep1ResetProduct = n.batchMatMul("upper/step1/reset/product", upperStep0State, upperResetRecurrent_kernel)
        .output(ActivationRange.learned("upper/step1/reset/product", 8), 1, 5);

    // upper/step1/reset/sum: ADD of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep1ResetSum = n.add("upper/step1/reset/sum", upperStep1ResetInput, upperStep1ResetProduct)
        .output(ActivationRange.learned("upper/step1/reset/sum", 8), 1, 5);

    // upper/step1/reset: LOGISTIC of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep1Reset = n.unary("upper/step1/reset", UnaryKind.LOGISTIC, upperStep1ResetSum)
        .output(ActivationRange.fixed("upper/step1/reset", 8, 1.0 / 256, -128), 1, 5);

    // upper/step1/candidate/reset: MUL of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep1CandidateReset = n.multiply("upper/step1/candidate/reset", upperStep1Reset, upperStep0State)
        .output(ActivationRange.learned("upper/step1/candidate/reset", 8), 1, 5);

    // upper/step1/candidate/product: BATCH_MATMUL of Gru, [1, 5] and [5, 5] -> [1, 5], int8
    Tensor upperStep1CandidateProduct = n.batchMatMul("upper/step1/candidate/product", upperStep1CandidateReset, upperCandidateRecurrent_kernel)
        .output(ActivationRange.learned("upper/step1/candidate/product", 8), 1, 5);

    // upper/step1/candidate/sum: ADD of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep1CandidateSum = n.add("upper/step1/candidate/sum", upperStep1CandidateInput, upperStep1CandidateProduct)
        .output(ActivationRange.learned("upper/step1/candidate/sum", 8), 1, 5);

    // upper/step1/candidate: TANH of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep1Candidate = n.unary("upper/step1/candidate", UnaryKind.TANH, upperStep1CandidateSum)
        .output(ActivationRange.fixed("upper/step1/candidate", 8, 1.0 / 128, 0), 1, 5);

    // upper/step1/difference: SUB of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep1Difference = n.subtract("upper/step1/difference", upperStep0State, upperStep1Candidate)
        .output(ActivationRange.learned("upper/step1/difference", 8), 1, 5);

    // upper/step1/kept: MUL of Gru, [1, 5] -> [1, 5], int8
    Tensor upperStep1Kept = n.multiply("upper/step1/kept", upperStep1Update, upperStep1Difference)
        .output(ActivationRange.learned("upper/step1/kept", 8), 1, 5);

    // upper/step1/state: ADD of Gru, [1, 5] -> [1, 5], int8 in one range with upper
    Tensor upperStep1State = n.add("upper/step1/state", upperStep1Candidate, upperStep1Kept)
        .output(ActivationRange.learned("upper/step1/state", 8), 1, 5);

    // upper: Gru, [1, 5] -> [5], int8 in the range of upper/step1/state
    Tensor upper = n.reshape("upper", upperStep1State).output(5);

    n.output("upper", upper);
  }
}
