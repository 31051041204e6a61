import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
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
  /**
   * steps.
   */
  private static final ActivationRange STEPS = ActivationRange.learned("steps", 8);

  /**
   * lower/update, lower/step0/update/input, lower/step1/update/input.
   */
  private static final ActivationRange LOWER_UPDATE = ActivationRange.learned("lower/update", 8);

  /**
   * lower/update/recurrent_kernel.
   */
  private static final ActivationRange LOWER_UPDATE_RECURRENT_KERNEL = ActivationRange.learned("lower/update/recurrent_kernel", 8).symmetric();

  /**
   * lower/reset, lower/step0/reset/input, lower/step1/reset/input.
   */
  private static final ActivationRange LOWER_RESET = ActivationRange.learned("lower/reset", 8);

  /**
   * lower/reset/recurrent_kernel.
   */
  private static final ActivationRange LOWER_RESET_RECURRENT_KERNEL = ActivationRange.learned("lower/reset/recurrent_kernel", 8).symmetric();

  /**
   * lower/candidate, lower/step0/candidate/input, lower/step1/candidate/input.
   */
  private static final ActivationRange LOWER_CANDIDATE = ActivationRange.learned("lower/candidate", 8);

  /**
   * lower/candidate/recurrent_kernel.
   */
  private static final ActivationRange LOWER_CANDIDATE_RECURRENT_KERNEL = ActivationRange.learned("lower/candidate/recurrent_kernel", 8).symmetric();

  /**
   * lower/recurrent_bias.
   */
  private static final ActivationRange LOWER_RECURRENT_BIAS = ActivationRange.learned("lower/recurrent_bias", 8);

  /**
   * lower/step0/update.
   */
  private static final ActivationRange LOWER_STEP0_UPDATE = ActivationRange.fixed("lower/step0/update", 8, 1.0 / 256, -128);

  /**
   * lower/step0/reset.
   */
  private static final ActivationRange LOWER_STEP0_RESET = ActivationRange.fixed("lower/step0/reset", 8, 1.0 / 256, -128);

  /**
   * lower/step0/candidate/reset.
   */
  private static final ActivationRange LOWER_STEP0_CANDIDATE_RESET = ActivationRange.learned("lower/step0/candidate/reset", 8);

  /**
   * lower/step0/candidate/sum.
   */
  private static final ActivationRange LOWER_STEP0_CANDIDATE_SUM = ActivationRange.learned("lower/step0/candidate/sum", 8);

  /**
   * lower/step0/candidate.
   */
  private static final ActivationRange LOWER_STEP0_CANDIDATE = ActivationRange.fixed("lower/step0/candidate", 8, 1.0 / 128, 0);

  /**
   * lower/step0/kept.
   */
  private static final ActivationRange LOWER_STEP0_KEPT = ActivationRange.learned("lower/step0/kept", 8);

  /**
   * lower/step0/state, lower/step1/state, lower.
   */
  private static final ActivationRange LOWER_STEP0_STATE = ActivationRange.learned("lower/step0/state", 8);

  /**
   * lower/step1/update/product.
   */
  private static final ActivationRange LOWER_STEP1_UPDATE_PRODUCT = ActivationRange.learned("lower/step1/update/product", 8);

  /**
   * lower/step1/update/sum.
   */
  private static final ActivationRange LOWER_STEP1_UPDATE_SUM = ActivationRange.learned("lower/step1/update/sum", 8);

  /**
   * lower/step1/update.
   */
  private static final ActivationRange LOWER_STEP1_UPDATE = ActivationRange.fixed("lower/step1/update", 8, 1.0 / 256, -128);

  /**
   * lower/step1/candidate/product.
   */
  private static final ActivationRange LOWER_STEP1_CANDIDATE_PRODUCT = ActivationRange.learned("lower/step1/candidate/product", 8);

  /**
   * lower/step1/candidate/biased.
   */
  private static final ActivationRange LOWER_STEP1_CANDIDATE_BIASED = ActivationRange.learned("lower/step1/candidate/biased", 8);

  /**
   * lower/step1/reset/product.
   */
  private static final ActivationRange LOWER_STEP1_RESET_PRODUCT = ActivationRange.learned("lower/step1/reset/product", 8);

  /**
   * lower/step1/reset/sum.
   */
  private static final ActivationRange LOWER_STEP1_RESET_SUM = ActivationRange.learned("lower/step1/reset/sum", 8);

  /**
   * lower/step1/reset.
   */
  private static final ActivationRange LOWER_STEP1_RESET = ActivationRange.fixed("lower/step1/reset", 8, 1.0 / 256, -128);

  /**
   * lower/step1/candidate/reset.
   */
  private static final ActivationRange LOWER_STEP1_CANDIDATE_RESET = ActivationRange.learned("lower/step1/candidate/reset", 8);

  /**
   * lower/step1/candidate/sum.
   */
  private static final ActivationRange LOWER_STEP1_CANDIDATE_SUM = ActivationRange.learned("lower/step1/candidate/sum", 8);

  /**
   * lower/step1/candidate.
   */
  private static final ActivationRange LOWER_STEP1_CANDIDATE = ActivationRange.fixed("lower/step1/candidate", 8, 1.0 / 128, 0);

  /**
   * lower/step1/difference.
   */
  private static final ActivationRange LOWER_STEP1_DIFFERENCE = ActivationRange.learned("lower/step1/difference", 8);

  /**
   * lower/step1/kept.
   */
  private static final ActivationRange LOWER_STEP1_KEPT = ActivationRange.learned("lower/step1/kept", 8);

  /**
   * upper/update, upper/step0/update/input, upper/step1/update/input.
   */
  private static final ActivationRange UPPER_UPDATE = ActivationRange.learned("upper/update", 8);

  /**
   * upper/update/recurrent_kernel.
   */
  private static final ActivationRange UPPER_UPDATE_RECURRENT_KERNEL = ActivationRange.learned("upper/update/recurrent_kernel", 8).symmetric();

  /**
   * upper/reset, upper/step1/reset/input.
   */
  private static final ActivationRange UPPER_RESET = ActivationRange.learned("upper/reset", 8);

  /**
   * upper/reset/recurrent_kernel.
   */
  private static final ActivationRange UPPER_RESET_RECURRENT_KERNEL = ActivationRange.learned("upper/reset/recurrent_kernel", 8).symmetric();

  /**
   * upper/candidate, upper/step0/candidate/input, upper/step1/candidate/input.
   */
  private static final ActivationRange UPPER_CANDIDATE = ActivationRange.learned("upper/candidate", 8);

  /**
   * upper/candidate/recurrent_kernel.
   */
  private static final ActivationRange UPPER_CANDIDATE_RECURRENT_KERNEL = ActivationRange.learned("upper/candidate/recurrent_kernel", 8).symmetric();

  /**
   * upper/step0/update.
   */
  private static final ActivationRange UPPER_STEP0_UPDATE = ActivationRange.fixed("upper/step0/update", 8, 1.0 / 256, -128);

  /**
   * upper/step0/candidate.
   */
  private static final ActivationRange UPPER_STEP0_CANDIDATE = ActivationRange.fixed("upper/step0/candidate", 8, 1.0 / 128, 0);

  /**
   * upper/step0/kept.
   */
  private static final ActivationRange UPPER_STEP0_KEPT = ActivationRange.learned("upper/step0/kept", 8);

  /**
   * upper/step0/state.
   */
  private static final ActivationRange UPPER_STEP0_STATE = ActivationRange.learned("upper/step0/state", 8);

  /**
   * upper/step1/update/product.
   */
  private static final ActivationRange UPPER_STEP1_UPDATE_PRODUCT = ActivationRange.learned("upper/step1/update/product", 8);

  /**
   * upper/step1/update/sum.
   */
  private static final ActivationRange UPPER_STEP1_UPDATE_SUM = ActivationRange.learned("upper/step1/update/sum", 8);

  /**
   * upper/step1/update.
   */
  private static final ActivationRange UPPER_STEP1_UPDATE = ActivationRange.fixed("upper/step1/update", 8, 1.0 / 256, -128);

  /**
   * upper/step1/reset/product.
   */
  private static final ActivationRange UPPER_STEP1_RESET_PRODUCT = ActivationRange.learned("upper/step1/reset/product", 8);

  /**
   * upper/step1/reset/sum.
   */
  private static final ActivationRange UPPER_STEP1_RESET_SUM = ActivationRange.learned("upper/step1/reset/sum", 8);

  /**
   * upper/step1/reset.
   */
  private static final ActivationRange UPPER_STEP1_RESET = ActivationRange.fixed("upper/step1/reset", 8, 1.0 / 256, -128);

  /**
   * upper/step1/candidate/reset.
   */
  private static final ActivationRange UPPER_STEP1_CANDIDATE_RESET = ActivationRange.learned("upper/step1/candidate/reset", 8);

  /**
   * upper/step1/candidate/product.
   */
  private static final ActivationRange UPPER_STEP1_CANDIDATE_PRODUCT = ActivationRange.learned("upper/step1/candidate/product", 8);

  /**
   * upper/step1/candidate/sum.
   */
  private static final ActivationRange UPPER_STEP1_CANDIDATE_SUM = ActivationRange.learned("upper/step1/candidate/sum", 8);

  /**
   * upper/step1/candidate.
   */
  private static final ActivationRange UPPER_STEP1_CANDIDATE = ActivationRange.fixed("upper/step1/candidate", 8, 1.0 / 128, 0);

  /**
   * upper/step1/difference.
   */
  private static final ActivationRange UPPER_STEP1_DIFFERENCE = ActivationRange.learned("upper/step1/difference", 8);

  /**
   * upper/step1/kept.
   */
  private static final ActivationRange UPPER_STEP1_KEPT = ActivationRange.learned("upper/step1/kept", 8);

  /**
   * upper/step1/state, upper.
   */
  private static final ActivationRange UPPER_STEP1_STATE = ActivationRange.learned("upper/step1/state", 8);

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
  protected void graph(GraphBuilder g) {
    // steps: Input, [2, 3]
    //   output int8 in range STEPS
    LayerTensor steps = g.input("steps", 2, 3).output(STEPS);

    // lower/update: FULLY_CONNECTED of Gru, [2, 3] -> [2, 4]
    //   kernel [3, 4], int8 per channel; output int8 in range LOWER_UPDATE
    LayerTensor lowerUpdate = g.dense("lower/update", steps)
        .kernel(3, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(LOWER_UPDATE);

    // lower/update/recurrent_kernel: constant of Gru, [4, 4]
    //   output int8 symmetric in range LOWER_UPDATE_RECURRENT_KERNEL
    LayerTensor lowerUpdateRecurrent_kernel = g.parameter("lower/update/recurrent_kernel", 4, 4)
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(LOWER_UPDATE_RECURRENT_KERNEL);

    // lower/reset: FULLY_CONNECTED of Gru, [2, 3] -> [2, 4]
    //   kernel [3, 4], int8 per channel; output int8 in range LOWER_RESET
    LayerTensor lowerReset = g.dense("lower/reset", steps)
        .kernel(3, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(LOWER_RESET);

    // lower/reset/recurrent_kernel: constant of Gru, [4, 4]
    //   output int8 symmetric in range LOWER_RESET_RECURRENT_KERNEL
    LayerTensor lowerResetRecurrent_kernel = g.parameter("lower/reset/recurrent_kernel", 4, 4)
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(LOWER_RESET_RECURRENT_KERNEL);

    // lower/candidate: FULLY_CONNECTED of Gru, [2, 3] -> [2, 4]
    //   kernel [3, 4], int8 per channel; output int8 in range LOWER_CANDIDATE
    LayerTensor lowerCandidate = g.dense("lower/candidate", steps)
        .kernel(3, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(LOWER_CANDIDATE);

    // lower/candidate/recurrent_kernel: constant of Gru, [4, 4]
    //   output int8 symmetric in range LOWER_CANDIDATE_RECURRENT_KERNEL
    LayerTensor lowerCandidateRecurrent_kernel = g.parameter("lower/candidate/recurrent_kernel", 4, 4)
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(LOWER_CANDIDATE_RECURRENT_KERNEL);

    // lower/recurrent_bias: constant of Gru, [4]
    //   output int8 in range LOWER_RECURRENT_BIAS
    LayerTensor lowerRecurrent_bias = g.parameter("lower/recurrent_bias", 4)
        .initializer(Initializer.ZEROS)
        .output(LOWER_RECURRENT_BIAS);

    // lower/step0/update/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4]
    //   output int8 in range LOWER_UPDATE
    LayerTensor lowerStep0UpdateInput = g.step("lower/step0/update/input", lowerUpdate, 0);

    // lower/step0/update: LOGISTIC of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP0_UPDATE
    LayerTensor lowerStep0Update = g.sigmoid("lower/step0/update", lowerStep0UpdateInput).output(LOWER_STEP0_UPDATE);

    // lower/step0/candidate/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4]
    //   output int8 in range LOWER_CANDIDATE
    LayerTensor lowerStep0CandidateInput = g.step("lower/step0/candidate/input", lowerCandidate, 0);

    // lower/step0/reset/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4]
    //   output int8 in range LOWER_RESET
    LayerTensor lowerStep0ResetInput = g.step("lower/step0/reset/input", lowerReset, 0);

    // lower/step0/reset: LOGISTIC of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP0_RESET
    LayerTensor lowerStep0Reset = g.sigmoid("lower/step0/reset", lowerStep0ResetInput).output(LOWER_STEP0_RESET);

    // lower/step0/candidate/reset: MUL of Gru, [1, 4] and [4] -> [1, 4]
    //   output int8 in range LOWER_STEP0_CANDIDATE_RESET
    LayerTensor lowerStep0CandidateReset = g.multiply("lower/step0/candidate/reset", lowerStep0Reset, lowerRecurrent_bias).output(LOWER_STEP0_CANDIDATE_RESET);

    // lower/step0/candidate/sum: ADD of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP0_CANDIDATE_SUM
    LayerTensor lowerStep0CandidateSum = g.add("lower/step0/candidate/sum", lowerStep0CandidateInput, lowerStep0CandidateReset).output(LOWER_STEP0_CANDIDATE_SUM);

    // lower/step0/candidate: TANH of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP0_CANDIDATE
    LayerTensor lowerStep0Candidate = g.tanh("lower/step0/candidate", lowerStep0CandidateSum).output(LOWER_STEP0_CANDIDATE);

    // lower/step0/kept: MUL of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP0_KEPT
    LayerTensor lowerStep0Kept = g.multiply("lower/step0/kept", lowerStep0Update, lowerStep0Candidate).output(LOWER_STEP0_KEPT);

    // lower/step0/state: SUB of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP0_STATE
    LayerTensor lowerStep0State = g.subtract("lower/step0/state", lowerStep0Candidate, lowerStep0Kept).output(LOWER_STEP0_STATE);

    // lower/step1/update/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4]
    //   output int8 in range LOWER_UPDATE
    LayerTensor lowerStep1UpdateInput = g.step("lower/step1/update/input", lowerUpdate, 1);

    // lower/step1/update/product: BATCH_MATMUL of Gru, [1, 4] and [4, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_UPDATE_PRODUCT
    LayerTensor lowerStep1UpdateProduct = g.batchMatMul("lower/step1/update/product", lowerStep0State, lowerUpdateRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(LOWER_STEP1_UPDATE_PRODUCT);

    // lower/step1/update/sum: ADD of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_UPDATE_SUM
    LayerTensor lowerStep1UpdateSum = g.add("lower/step1/update/sum", lowerStep1UpdateInput, lowerStep1UpdateProduct).output(LOWER_STEP1_UPDATE_SUM);

    // lower/step1/update: LOGISTIC of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_UPDATE
    LayerTensor lowerStep1Update = g.sigmoid("lower/step1/update", lowerStep1UpdateSum).output(LOWER_STEP1_UPDATE);

    // lower/step1/candidate/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4]
    //   output int8 in range LOWER_CANDIDATE
    LayerTensor lowerStep1CandidateInput = g.step("lower/step1/candidate/input", lowerCandidate, 1);

    // lower/step1/candidate/product: BATCH_MATMUL of Gru, [1, 4] and [4, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_CANDIDATE_PRODUCT
    LayerTensor lowerStep1CandidateProduct = g.batchMatMul("lower/step1/candidate/product", lowerStep0State, lowerCandidateRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(LOWER_STEP1_CANDIDATE_PRODUCT);

    // lower/step1/candidate/biased: ADD of Gru, [1, 4] and [4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_CANDIDATE_BIASED
    LayerTensor lowerStep1CandidateBiased = g.add("lower/step1/candidate/biased", lowerStep1CandidateProduct, lowerRecurrent_bias).output(LOWER_STEP1_CANDIDATE_BIASED);

    // lower/step1/reset/input: STRIDED_SLICE of Gru, [2, 4] -> [1, 4]
    //   output int8 in range LOWER_RESET
    LayerTensor lowerStep1ResetInput = g.step("lower/step1/reset/input", lowerReset, 1);

    // lower/step1/reset/product: BATCH_MATMUL of Gru, [1, 4] and [4, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_RESET_PRODUCT
    LayerTensor lowerStep1ResetProduct = g.batchMatMul("lower/step1/reset/product", lowerStep0State, lowerResetRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(LOWER_STEP1_RESET_PRODUCT);

    // lower/step1/reset/sum: ADD of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_RESET_SUM
    LayerTensor lowerStep1ResetSum = g.add("lower/step1/reset/sum", lowerStep1ResetInput, lowerStep1ResetProduct).output(LOWER_STEP1_RESET_SUM);

    // lower/step1/reset: LOGISTIC of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_RESET
    LayerTensor lowerStep1Reset = g.sigmoid("lower/step1/reset", lowerStep1ResetSum).output(LOWER_STEP1_RESET);

    // lower/step1/candidate/reset: MUL of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_CANDIDATE_RESET
    LayerTensor lowerStep1CandidateReset = g.multiply("lower/step1/candidate/reset", lowerStep1Reset, lowerStep1CandidateBiased).output(LOWER_STEP1_CANDIDATE_RESET);

    // lower/step1/candidate/sum: ADD of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_CANDIDATE_SUM
    LayerTensor lowerStep1CandidateSum = g.add("lower/step1/candidate/sum", lowerStep1CandidateInput, lowerStep1CandidateReset).output(LOWER_STEP1_CANDIDATE_SUM);

    // lower/step1/candidate: TANH of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_CANDIDATE
    LayerTensor lowerStep1Candidate = g.tanh("lower/step1/candidate", lowerStep1CandidateSum).output(LOWER_STEP1_CANDIDATE);

    // lower/step1/difference: SUB of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_DIFFERENCE
    LayerTensor lowerStep1Difference = g.subtract("lower/step1/difference", lowerStep0State, lowerStep1Candidate).output(LOWER_STEP1_DIFFERENCE);

    // lower/step1/kept: MUL of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP1_KEPT
    LayerTensor lowerStep1Kept = g.multiply("lower/step1/kept", lowerStep1Update, lowerStep1Difference).output(LOWER_STEP1_KEPT);

    // lower/step1/state: ADD of Gru, [1, 4] -> [1, 4]
    //   output int8 in range LOWER_STEP0_STATE
    LayerTensor lowerStep1State = g.add("lower/step1/state", lowerStep1Candidate, lowerStep1Kept).output(LOWER_STEP0_STATE);

    // lower: Gru, [1, 4] -> [2, 4]
    //   output int8 in range LOWER_STEP0_STATE
    LayerTensor lower = g.concat("lower", 1, lowerStep0State, lowerStep1State).output(LOWER_STEP0_STATE);

    // upper/update: FULLY_CONNECTED of Gru, [2, 4] -> [2, 5]
    //   kernel [4, 5], int8 per channel; output int8 in range UPPER_UPDATE
    LayerTensor upperUpdate = g.dense("upper/update", lower)
        .kernel(4, 5)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(UPPER_UPDATE);

    // upper/update/recurrent_kernel: constant of Gru, [5, 5]
    //   output int8 symmetric in range UPPER_UPDATE_RECURRENT_KERNEL
    LayerTensor upperUpdateRecurrent_kernel = g.parameter("upper/update/recurrent_kernel", 5, 5)
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(UPPER_UPDATE_RECURRENT_KERNEL);

    // upper/reset: FULLY_CONNECTED of Gru, [2, 4] -> [2, 5]
    //   kernel [4, 5], int8 per channel; output int8 in range UPPER_RESET
    LayerTensor upperReset = g.dense("upper/reset", lower)
        .kernel(4, 5)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(UPPER_RESET);

    // upper/reset/recurrent_kernel: constant of Gru, [5, 5]
    //   output int8 symmetric in range UPPER_RESET_RECURRENT_KERNEL
    LayerTensor upperResetRecurrent_kernel = g.parameter("upper/reset/recurrent_kernel", 5, 5)
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(UPPER_RESET_RECURRENT_KERNEL);

    // upper/candidate: FULLY_CONNECTED of Gru, [2, 4] -> [2, 5]
    //   kernel [4, 5], int8 per channel; output int8 in range UPPER_CANDIDATE
    LayerTensor upperCandidate = g.dense("upper/candidate", lower)
        .kernel(4, 5)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(UPPER_CANDIDATE);

    // upper/candidate/recurrent_kernel: constant of Gru, [5, 5]
    //   output int8 symmetric in range UPPER_CANDIDATE_RECURRENT_KERNEL
    LayerTensor upperCandidateRecurrent_kernel = g.parameter("upper/candidate/recurrent_kernel", 5, 5)
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(UPPER_CANDIDATE_RECURRENT_KERNEL);

    // upper/step0/update/input: STRIDED_SLICE of Gru, [2, 5] -> [1, 5]
    //   output int8 in range UPPER_UPDATE
    LayerTensor upperStep0UpdateInput = g.step("upper/step0/update/input", upperUpdate, 0);

    // upper/step0/update: LOGISTIC of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP0_UPDATE
    LayerTensor upperStep0Update = g.sigmoid("upper/step0/update", upperStep0UpdateInput).output(UPPER_STEP0_UPDATE);

    // upper/step0/candidate/input: STRIDED_SLICE of Gru, [2, 5] -> [1, 5]
    //   output int8 in range UPPER_CANDIDATE
    LayerTensor upperStep0CandidateInput = g.step("upper/step0/candidate/input", upperCandidate, 0);

    // upper/step0/candidate: TANH of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP0_CANDIDATE
    LayerTensor upperStep0Candidate = g.tanh("upper/step0/candidate", upperStep0CandidateInput).output(UPPER_STEP0_CANDIDATE);

    // upper/step0/kept: MUL of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP0_KEPT
    LayerTensor upperStep0Kept = g.multiply("upper/step0/kept", upperStep0Update, upperStep0Candidate).output(UPPER_STEP0_KEPT);

    // upper/step0/state: SUB of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP0_STATE
    LayerTensor upperStep0State = g.subtract("upper/step0/state", upperStep0Candidate, upperStep0Kept).output(UPPER_STEP0_STATE);

    // upper/step1/update/input: STRIDED_SLICE of Gru, [2, 5] -> [1, 5]
    //   output int8 in range UPPER_UPDATE
    LayerTensor upperStep1UpdateInput = g.step("upper/step1/update/input", upperUpdate, 1);

    // upper/step1/update/product: BATCH_MATMUL of Gru, [1, 5] and [5, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_UPDATE_PRODUCT
    LayerTensor upperStep1UpdateProduct = g.batchMatMul("upper/step1/update/product", upperStep0State, upperUpdateRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(UPPER_STEP1_UPDATE_PRODUCT);

    // upper/step1/update/sum: ADD of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_UPDATE_SUM
    LayerTensor upperStep1UpdateSum = g.add("upper/step1/update/sum", upperStep1UpdateInput, upperStep1UpdateProduct).output(UPPER_STEP1_UPDATE_SUM);

    // upper/step1/update: LOGISTIC of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_UPDATE
    LayerTensor upperStep1Update = g.sigmoid("upper/step1/update", upperStep1UpdateSum).output(UPPER_STEP1_UPDATE);

    // upper/step1/candidate/input: STRIDED_SLICE of Gru, [2, 5] -> [1, 5]
    //   output int8 in range UPPER_CANDIDATE
    LayerTensor upperStep1CandidateInput = g.step("upper/step1/candidate/input", upperCandidate, 1);

    // upper/step1/reset/input: STRIDED_SLICE of Gru, [2, 5] -> [1, 5]
    //   output int8 in range UPPER_RESET
    LayerTensor upperStep1ResetInput = g.step("upper/step1/reset/input", upperReset, 1);

    // upper/step1/reset/product: BATCH_MATMUL of Gru, [1, 5] and [5, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_RESET_PRODUCT
    LayerTensor upperStep1ResetProduct = g.batchMatMul("upper/step1/reset/product", upperStep0State, upperResetRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(UPPER_STEP1_RESET_PRODUCT);

    // upper/step1/reset/sum: ADD of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_RESET_SUM
    LayerTensor upperStep1ResetSum = g.add("upper/step1/reset/sum", upperStep1ResetInput, upperStep1ResetProduct).output(UPPER_STEP1_RESET_SUM);

    // upper/step1/reset: LOGISTIC of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_RESET
    LayerTensor upperStep1Reset = g.sigmoid("upper/step1/reset", upperStep1ResetSum).output(UPPER_STEP1_RESET);

    // upper/step1/candidate/reset: MUL of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_CANDIDATE_RESET
    LayerTensor upperStep1CandidateReset = g.multiply("upper/step1/candidate/reset", upperStep1Reset, upperStep0State).output(UPPER_STEP1_CANDIDATE_RESET);

    // upper/step1/candidate/product: BATCH_MATMUL of Gru, [1, 5] and [5, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_CANDIDATE_PRODUCT
    LayerTensor upperStep1CandidateProduct = g.batchMatMul("upper/step1/candidate/product", upperStep1CandidateReset, upperCandidateRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(UPPER_STEP1_CANDIDATE_PRODUCT);

    // upper/step1/candidate/sum: ADD of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_CANDIDATE_SUM
    LayerTensor upperStep1CandidateSum = g.add("upper/step1/candidate/sum", upperStep1CandidateInput, upperStep1CandidateProduct).output(UPPER_STEP1_CANDIDATE_SUM);

    // upper/step1/candidate: TANH of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_CANDIDATE
    LayerTensor upperStep1Candidate = g.tanh("upper/step1/candidate", upperStep1CandidateSum).output(UPPER_STEP1_CANDIDATE);

    // upper/step1/difference: SUB of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_DIFFERENCE
    LayerTensor upperStep1Difference = g.subtract("upper/step1/difference", upperStep0State, upperStep1Candidate).output(UPPER_STEP1_DIFFERENCE);

    // upper/step1/kept: MUL of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_KEPT
    LayerTensor upperStep1Kept = g.multiply("upper/step1/kept", upperStep1Update, upperStep1Difference).output(UPPER_STEP1_KEPT);

    // upper/step1/state: ADD of Gru, [1, 5] -> [1, 5]
    //   output int8 in range UPPER_STEP1_STATE
    LayerTensor upperStep1State = g.add("upper/step1/state", upperStep1Candidate, upperStep1Kept).output(UPPER_STEP1_STATE);

    // upper: Gru, [1, 5] -> [5]
    //   output int8 in range UPPER_STEP1_STATE
    LayerTensor upper = g.reshape("upper", upperStep1State, 5);

    g.output("upper", upper);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // steps: input
    PlanTensor steps = p.input("steps", 2, 3).output(STEPS);

    // lower/update: FULLY_CONNECTED
    PlanTensor lowerUpdate = p.fullyConnected("lower/update", steps).output(LOWER_UPDATE, 2, 4);

    // lower/update/recurrent_kernel: constant
    PlanTensor lowerUpdateRecurrent_kernel = p.parameter("lower/update/recurrent_kernel", 4, 4).output(LOWER_UPDATE_RECURRENT_KERNEL);

    // lower/reset: FULLY_CONNECTED
    PlanTensor lowerReset = p.fullyConnected("lower/reset", steps).output(LOWER_RESET, 2, 4);

    // lower/reset/recurrent_kernel: constant
    PlanTensor lowerResetRecurrent_kernel = p.parameter("lower/reset/recurrent_kernel", 4, 4).output(LOWER_RESET_RECURRENT_KERNEL);

    // lower/candidate: FULLY_CONNECTED
    PlanTensor lowerCandidate = p.fullyConnected("lower/candidate", steps).output(LOWER_CANDIDATE, 2, 4);

    // lower/candidate/recurrent_kernel: constant
    PlanTensor lowerCandidateRecurrent_kernel = p.parameter("lower/candidate/recurrent_kernel", 4, 4).output(LOWER_CANDIDATE_RECURRENT_KERNEL);

    // lower/recurrent_bias: constant
    PlanTensor lowerRecurrent_bias = p.parameter("lower/recurrent_bias", 4).output(LOWER_RECURRENT_BIAS);

    // lower/step0/update/input: STRIDED_SLICE
    PlanTensor lowerStep0UpdateInput = p.step("lower/step0/update/input", lowerUpdate, 0).output(LOWER_UPDATE, 1, 4);

    // lower/step0/update: LOGISTIC
    PlanTensor lowerStep0Update = p.logistic("lower/step0/update", lowerStep0UpdateInput).output(LOWER_STEP0_UPDATE, 1, 4);

    // lower/step0/candidate/input: STRIDED_SLICE
    PlanTensor lowerStep0CandidateInput = p.step("lower/step0/candidate/input", lowerCandidate, 0).output(LOWER_CANDIDATE, 1, 4);

    // lower/step0/reset/input: STRIDED_SLICE
    PlanTensor lowerStep0ResetInput = p.step("lower/step0/reset/input", lowerReset, 0).output(LOWER_RESET, 1, 4);

    // lower/step0/reset: LOGISTIC
    PlanTensor lowerStep0Reset = p.logistic("lower/step0/reset", lowerStep0ResetInput).output(LOWER_STEP0_RESET, 1, 4);

    // lower/step0/candidate/reset: MUL
    PlanTensor lowerStep0CandidateReset = p.multiply("lower/step0/candidate/reset", lowerStep0Reset, lowerRecurrent_bias).output(LOWER_STEP0_CANDIDATE_RESET, 1, 4);

    // lower/step0/candidate/sum: ADD
    PlanTensor lowerStep0CandidateSum = p.add("lower/step0/candidate/sum", lowerStep0CandidateInput, lowerStep0CandidateReset).output(LOWER_STEP0_CANDIDATE_SUM, 1, 4);

    // lower/step0/candidate: TANH
    PlanTensor lowerStep0Candidate = p.tanh("lower/step0/candidate", lowerStep0CandidateSum).output(LOWER_STEP0_CANDIDATE, 1, 4);

    // lower/step0/kept: MUL
    PlanTensor lowerStep0Kept = p.multiply("lower/step0/kept", lowerStep0Update, lowerStep0Candidate).output(LOWER_STEP0_KEPT, 1, 4);

    // lower/step0/state: SUB
    PlanTensor lowerStep0State = p.subtract("lower/step0/state", lowerStep0Candidate, lowerStep0Kept).output(LOWER_STEP0_STATE, 1, 4);

    // lower/step1/update/input: STRIDED_SLICE
    PlanTensor lowerStep1UpdateInput = p.step("lower/step1/update/input", lowerUpdate, 1).output(LOWER_UPDATE, 1, 4);

    // lower/step1/update/product: BATCH_MATMUL
    PlanTensor lowerStep1UpdateProduct = p.batchMatMul("lower/step1/update/product", lowerStep0State, lowerUpdateRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(LOWER_STEP1_UPDATE_PRODUCT, 1, 4);

    // lower/step1/update/sum: ADD
    PlanTensor lowerStep1UpdateSum = p.add("lower/step1/update/sum", lowerStep1UpdateInput, lowerStep1UpdateProduct).output(LOWER_STEP1_UPDATE_SUM, 1, 4);

    // lower/step1/update: LOGISTIC
    PlanTensor lowerStep1Update = p.logistic("lower/step1/update", lowerStep1UpdateSum).output(LOWER_STEP1_UPDATE, 1, 4);

    // lower/step1/candidate/input: STRIDED_SLICE
    PlanTensor lowerStep1CandidateInput = p.step("lower/step1/candidate/input", lowerCandidate, 1).output(LOWER_CANDIDATE, 1, 4);

    // lower/step1/candidate/product: BATCH_MATMUL
    PlanTensor lowerStep1CandidateProduct = p.batchMatMul("lower/step1/candidate/product", lowerStep0State, lowerCandidateRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(LOWER_STEP1_CANDIDATE_PRODUCT, 1, 4);

    // lower/step1/candidate/biased: ADD
    PlanTensor lowerStep1CandidateBiased = p.add("lower/step1/candidate/biased", lowerStep1CandidateProduct, lowerRecurrent_bias).output(LOWER_STEP1_CANDIDATE_BIASED, 1, 4);

    // lower/step1/reset/input: STRIDED_SLICE
    PlanTensor lowerStep1ResetInput = p.step("lower/step1/reset/input", lowerReset, 1).output(LOWER_RESET, 1, 4);

    // lower/step1/reset/product: BATCH_MATMUL
    PlanTensor lowerStep1ResetProduct = p.batchMatMul("lower/step1/reset/product", lowerStep0State, lowerResetRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(LOWER_STEP1_RESET_PRODUCT, 1, 4);

    // lower/step1/reset/sum: ADD
    PlanTensor lowerStep1ResetSum = p.add("lower/step1/reset/sum", lowerStep1ResetInput, lowerStep1ResetProduct).output(LOWER_STEP1_RESET_SUM, 1, 4);

    // lower/step1/reset: LOGISTIC
    PlanTensor lowerStep1Reset = p.logistic("lower/step1/reset", lowerStep1ResetSum).output(LOWER_STEP1_RESET, 1, 4);

    // lower/step1/candidate/reset: MUL
    PlanTensor lowerStep1CandidateReset = p.multiply("lower/step1/candidate/reset", lowerStep1Reset, lowerStep1CandidateBiased).output(LOWER_STEP1_CANDIDATE_RESET, 1, 4);

    // lower/step1/candidate/sum: ADD
    PlanTensor lowerStep1CandidateSum = p.add("lower/step1/candidate/sum", lowerStep1CandidateInput, lowerStep1CandidateReset).output(LOWER_STEP1_CANDIDATE_SUM, 1, 4);

    // lower/step1/candidate: TANH
    PlanTensor lowerStep1Candidate = p.tanh("lower/step1/candidate", lowerStep1CandidateSum).output(LOWER_STEP1_CANDIDATE, 1, 4);

    // lower/step1/difference: SUB
    PlanTensor lowerStep1Difference = p.subtract("lower/step1/difference", lowerStep0State, lowerStep1Candidate).output(LOWER_STEP1_DIFFERENCE, 1, 4);

    // lower/step1/kept: MUL
    PlanTensor lowerStep1Kept = p.multiply("lower/step1/kept", lowerStep1Update, lowerStep1Difference).output(LOWER_STEP1_KEPT, 1, 4);

    // lower/step1/state: ADD
    PlanTensor lowerStep1State = p.add("lower/step1/state", lowerStep1Candidate, lowerStep1Kept).output(LOWER_STEP0_STATE, 1, 4);

    // lower: CONCATENATION
    PlanTensor lower = p.concatenation("lower", 1, lowerStep0State, lowerStep1State).output(LOWER_STEP0_STATE, 2, 4);

    // upper/update: FULLY_CONNECTED
    PlanTensor upperUpdate = p.fullyConnected("upper/update", lower).output(UPPER_UPDATE, 2, 5);

    // upper/update/recurrent_kernel: constant
    PlanTensor upperUpdateRecurrent_kernel = p.parameter("upper/update/recurrent_kernel", 5, 5).output(UPPER_UPDATE_RECURRENT_KERNEL);

    // upper/reset: FULLY_CONNECTED
    PlanTensor upperReset = p.fullyConnected("upper/reset", lower).output(UPPER_RESET, 2, 5);

    // upper/reset/recurrent_kernel: constant
    PlanTensor upperResetRecurrent_kernel = p.parameter("upper/reset/recurrent_kernel", 5, 5).output(UPPER_RESET_RECURRENT_KERNEL);

    // upper/candidate: FULLY_CONNECTED
    PlanTensor upperCandidate = p.fullyConnected("upper/candidate", lower).output(UPPER_CANDIDATE, 2, 5);

    // upper/candidate/recurrent_kernel: constant
    PlanTensor upperCandidateRecurrent_kernel = p.parameter("upper/candidate/recurrent_kernel", 5, 5).output(UPPER_CANDIDATE_RECURRENT_KERNEL);

    // upper/step0/update/input: STRIDED_SLICE
    PlanTensor upperStep0UpdateInput = p.step("upper/step0/update/input", upperUpdate, 0).output(UPPER_UPDATE, 1, 5);

    // upper/step0/update: LOGISTIC
    PlanTensor upperStep0Update = p.logistic("upper/step0/update", upperStep0UpdateInput).output(UPPER_STEP0_UPDATE, 1, 5);

    // upper/step0/candidate/input: STRIDED_SLICE
    PlanTensor upperStep0CandidateInput = p.step("upper/step0/candidate/input", upperCandidate, 0).output(UPPER_CANDIDATE, 1, 5);

    // upper/step0/candidate: TANH
    PlanTensor upperStep0Candidate = p.tanh("upper/step0/candidate", upperStep0CandidateInput).output(UPPER_STEP0_CANDIDATE, 1, 5);

    // upper/step0/kept: MUL
    PlanTensor upperStep0Kept = p.multiply("upper/step0/kept", upperStep0Update, upperStep0Candidate).output(UPPER_STEP0_KEPT, 1, 5);

    // upper/step0/state: SUB
    PlanTensor upperStep0State = p.subtract("upper/step0/state", upperStep0Candidate, upperStep0Kept).output(UPPER_STEP0_STATE, 1, 5);

    // upper/step1/update/input: STRIDED_SLICE
    PlanTensor upperStep1UpdateInput = p.step("upper/step1/update/input", upperUpdate, 1).output(UPPER_UPDATE, 1, 5);

    // upper/step1/update/product: BATCH_MATMUL
    PlanTensor upperStep1UpdateProduct = p.batchMatMul("upper/step1/update/product", upperStep0State, upperUpdateRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(UPPER_STEP1_UPDATE_PRODUCT, 1, 5);

    // upper/step1/update/sum: ADD
    PlanTensor upperStep1UpdateSum = p.add("upper/step1/update/sum", upperStep1UpdateInput, upperStep1UpdateProduct).output(UPPER_STEP1_UPDATE_SUM, 1, 5);

    // upper/step1/update: LOGISTIC
    PlanTensor upperStep1Update = p.logistic("upper/step1/update", upperStep1UpdateSum).output(UPPER_STEP1_UPDATE, 1, 5);

    // upper/step1/candidate/input: STRIDED_SLICE
    PlanTensor upperStep1CandidateInput = p.step("upper/step1/candidate/input", upperCandidate, 1).output(UPPER_CANDIDATE, 1, 5);

    // upper/step1/reset/input: STRIDED_SLICE
    PlanTensor upperStep1ResetInput = p.step("upper/step1/reset/input", upperReset, 1).output(UPPER_RESET, 1, 5);

    // upper/step1/reset/product: BATCH_MATMUL
    PlanTensor upperStep1ResetProduct = p.batchMatMul("upper/step1/reset/product", upperStep0State, upperResetRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(UPPER_STEP1_RESET_PRODUCT, 1, 5);

    // upper/step1/reset/sum: ADD
    PlanTensor upperStep1ResetSum = p.add("upper/step1/reset/sum", upperStep1ResetInput, upperStep1ResetProduct).output(UPPER_STEP1_RESET_SUM, 1, 5);

    // upper/step1/reset: LOGISTIC
    PlanTensor upperStep1Reset = p.logistic("upper/step1/reset", upperStep1ResetSum).output(UPPER_STEP1_RESET, 1, 5);

    // upper/step1/candidate/reset: MUL
    PlanTensor upperStep1CandidateReset = p.multiply("upper/step1/candidate/reset", upperStep1Reset, upperStep0State).output(UPPER_STEP1_CANDIDATE_RESET, 1, 5);

    // upper/step1/candidate/product: BATCH_MATMUL
    PlanTensor upperStep1CandidateProduct = p.batchMatMul("upper/step1/candidate/product", upperStep1CandidateReset, upperCandidateRecurrent_kernel)
        .transposeA(false)
        .transposeB(false)
        .output(UPPER_STEP1_CANDIDATE_PRODUCT, 1, 5);

    // upper/step1/candidate/sum: ADD
    PlanTensor upperStep1CandidateSum = p.add("upper/step1/candidate/sum", upperStep1CandidateInput, upperStep1CandidateProduct).output(UPPER_STEP1_CANDIDATE_SUM, 1, 5);

    // upper/step1/candidate: TANH
    PlanTensor upperStep1Candidate = p.tanh("upper/step1/candidate", upperStep1CandidateSum).output(UPPER_STEP1_CANDIDATE, 1, 5);

    // upper/step1/difference: SUB
    PlanTensor upperStep1Difference = p.subtract("upper/step1/difference", upperStep0State, upperStep1Candidate).output(UPPER_STEP1_DIFFERENCE, 1, 5);

    // upper/step1/kept: MUL
    PlanTensor upperStep1Kept = p.multiply("upper/step1/kept", upperStep1Update, upperStep1Difference).output(UPPER_STEP1_KEPT, 1, 5);

    // upper/step1/state: ADD
    PlanTensor upperStep1State = p.add("upper/step1/state", upperStep1Candidate, upperStep1Kept).output(UPPER_STEP1_STATE, 1, 5);

    // upper: RESHAPE
    PlanTensor upper = p.reshape("upper", upperStep1State).output(UPPER_STEP1_STATE, 5);

    p.output("upper", upper);
  }
}
