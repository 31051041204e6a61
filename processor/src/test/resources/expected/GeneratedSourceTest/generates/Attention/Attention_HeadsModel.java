import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Attention.Heads} declares: 499 parameters, 4,140 multiply-accumulates an example.
 *
 * <pre>
 * steps       Input                      [6, 8]
 * placed      PositionEmbedding          [6, 8]
 * norm        LayerNorm                  [6, 8]
 * heads       MultiHeadAttention         [6, 8]
 * sum         Add                        [6, 8]
 * plain       LayerNorm                  [6, 8]
 * alone       MultiHeadAttention         [6, 8]
 * attended    ScaledDotProductAttention  [6, 8]
 * similarity  BatchMatMul                [6, 6]
 * logits      Dense + Relu               [6, 3]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Attention_HeadsModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Attention.Heads")
      .input("steps", 6, 8)
      .layer("placed", "PositionEmbedding", 48, 0, 6, 8)
      .layer("norm", "LayerNorm", 16, 0, 6, 8)
      .layer("heads", "MultiHeadAttention", 286, 2112, 6, 8)
      .layer("sum", "Add", 0, 0, 6, 8)
      .layer("plain", "LayerNorm", 0, 0, 6, 8)
      .layer("alone", "MultiHeadAttention", 128, 1056, 6, 8)
      .layer("attended", "ScaledDotProductAttention", 0, 576, 6, 8)
      .layer("similarity", "BatchMatMul", 0, 288, 6, 6)
      .layer("logits", "Dense + Relu", 21, 108, 6, 3)
      .output("logits", 6, 3)
      .build();

  private Attention_HeadsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Attention_HeadsModel create(long seed) {
    return new Attention_HeadsModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param steps 48 values, [6, 8]
   * @return logits: 18 values, [6, 3]
   */
  float[] predict(float[] steps) {
    return run(steps)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // steps: Input, [6, 8], int8
    Tensor steps = n.input("steps").output(ActivationRange.learned("steps", 8), 6, 8);

    // placed/positions: constant of PositionEmbedding, [6, 8], int8
    Tensor placedPositions = n.parameter("placed/positions")
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(ActivationRange.learned("placed/positions", 8), 6, 8);

    // placed: PositionEmbedding, [6, 8] -> [6, 8], int8 symmetric
    Tensor placed = n.add("placed", steps, placedPositions)
        .output(ActivationRange.learned("placed", 8).symmetric(), 6, 8);

    // norm/mean: MEAN of LayerNorm, [6, 8] -> [6, 1], int8
    Tensor normMean = n.mean("norm/mean", placed)
        .axes(2)
        .keepDims()
        .output(ActivationRange.learned("norm/mean", 8), 6, 1);

    // norm/centered: SUB of LayerNorm, [6, 8] and [6, 1] -> [6, 8], int8
    Tensor normCentered = n.subtract("norm/centered", placed, normMean)
        .output(ActivationRange.learned("norm/centered", 8), 6, 8);

    // norm/unit: L2_NORMALIZATION of LayerNorm, [6, 8] -> [6, 8], int8
    Tensor normUnit = n.l2Normalization("norm/unit", normCentered, 0.001)
        .output(ActivationRange.fixed("norm/unit", 8, 1.0 / 128, 0), 6, 8);

    // norm/gamma: constant of LayerNorm, [8], int8
    Tensor normGamma = n.parameter("norm/gamma")
        .initializer(Initializer.ONES)
        .factor(2.8284271247461903)
        .output(ActivationRange.learned("norm/gamma", 8), 8);

    // norm/scaled: MUL of LayerNorm, [6, 8] and [8] -> [6, 8], int8
    Tensor normScaled = n.multiply("norm/scaled", normUnit, normGamma)
        .output(ActivationRange.learned("norm/scaled", 8), 6, 8);

    // norm/beta: constant of LayerNorm, [8], int8
    Tensor normBeta = n.parameter("norm/beta").output(ActivationRange.learned("norm/beta", 8), 8);

    // norm: LayerNorm, [6, 8] and [8] -> [6, 8], int8 symmetric
    Tensor norm = n.add("norm", normScaled, normBeta)
        .output(ActivationRange.learned("norm", 8).symmetric(), 6, 8);

    // heads/query: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 6], int8 in one range with
    //     heads/query/split and heads/query/heads
    Tensor headsQuery = n.fullyConnected("heads/query", norm)
        .kernel(8, 6)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("heads/query", 8), 6, 6);

    // heads/query/split: RESHAPE of MultiHeadAttention, [6, 6] -> [6, 2, 3], int8 in the range of
    //     heads/query
    Tensor headsQuerySplit = n.reshape("heads/query/split", headsQuery).output(6, 2, 3);

    // heads/query/heads: TRANSPOSE of MultiHeadAttention, [6, 2, 3] -> [2, 6, 3], int8 in the range
    //     of heads/query
    Tensor headsQueryHeads = n.transpose("heads/query/heads", headsQuerySplit, 2, 1, 3)
        .output(2, 6, 3);

    // heads/key: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 6], int8 symmetric in one
    //     range with heads/key/split and heads/key/heads
    Tensor headsKey = n.fullyConnected("heads/key", norm)
        .kernel(8, 6)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("heads/key", 8).symmetric(), 6, 6);

    // heads/key/split: RESHAPE of MultiHeadAttention, [6, 6] -> [6, 2, 3], int8 symmetric in the
    //     range of heads/key
    Tensor headsKeySplit = n.reshape("heads/key/split", headsKey).output(6, 2, 3);

    // heads/key/heads: TRANSPOSE of MultiHeadAttention, [6, 2, 3] -> [2, 6, 3], int8 symmetric in
    //     the range of heads/key
    Tensor headsKeyHeads = n.transpose("heads/key/heads", headsKeySplit, 2, 1, 3).output(2, 6, 3);

    // heads/value: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 10], int8 symmetric in one
    //     range with heads/value/split and heads/value/heads
    Tensor headsValue = n.fullyConnected("heads/value", norm)
        .kernel(8, 10)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("heads/value", 8).symmetric(), 6, 10);

    // heads/value/split: RESHAPE of MultiHeadAttention, [6, 10] -> [6, 2, 5], int8 symmetric in the
    //     range of heads/value
    Tensor headsValueSplit = n.reshape("heads/value/split", headsValue).output(6, 2, 5);

    // heads/value/heads: TRANSPOSE of MultiHeadAttention, [6, 2, 5] -> [2, 6, 5], int8 symmetric in
    //     the range of heads/value
    Tensor headsValueHeads = n.transpose("heads/value/heads", headsValueSplit, 2, 1, 3)
        .output(2, 6, 5);

    // heads/scores: BATCH_MATMUL of MultiHeadAttention, [2, 6, 3] -> [2, 6, 6], int8
    Tensor headsScores = n.batchMatMul("heads/scores", headsQueryHeads, headsKeyHeads)
        .transposeB()
        .output(ActivationRange.learned("heads/scores", 8), 2, 6, 6);

    // heads/weights: SOFTMAX of MultiHeadAttention, [2, 6, 6] -> [2, 6, 6], int8 in one range with
    //     heads/dropped
    Tensor headsWeights = n.softmax("heads/weights", headsScores, 0.5773502691896258)
        .output(ActivationRange.fixed("heads/weights", 8, 1.0 / 256, -128), 2, 6, 6);

    // heads/dropped: Dropout of MultiHeadAttention, [2, 6, 6] -> [2, 6, 6], int8 in the range of
    //     heads/weights
    Tensor headsDropped = n.dropout("heads/dropped", headsWeights, 0.1);

    // heads/context: BATCH_MATMUL of MultiHeadAttention, [2, 6, 6] and [2, 6, 5] -> [2, 6, 5], int8
    //     in one range with heads/context/steps and heads/context/joined
    Tensor headsContext = n.batchMatMul("heads/context", headsDropped, headsValueHeads)
        .output(ActivationRange.learned("heads/context", 8), 2, 6, 5);

    // heads/context/steps: TRANSPOSE of MultiHeadAttention, [2, 6, 5] -> [6, 2, 5], int8 in the
    //     range of heads/context
    Tensor headsContextSteps = n.transpose("heads/context/steps", headsContext, 2, 1, 3)
        .output(6, 2, 5);

    // heads/context/joined: RESHAPE of MultiHeadAttention, [6, 2, 5] -> [6, 10], int8 in the range
    //     of heads/context
    Tensor headsContextJoined = n.reshape("heads/context/joined", headsContextSteps).output(6, 10);

    // heads: MultiHeadAttention, [6, 10] -> [6, 8], int8
    Tensor heads = n.fullyConnected("heads", headsContextJoined)
        .kernel(10, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("heads", 8), 6, 8);

    // sum: Add, [6, 8] -> [6, 8], int8 symmetric
    Tensor sum = n.add("sum", placed, heads)
        .output(ActivationRange.learned("sum", 8).symmetric(), 6, 8);

    // plain/mean: MEAN of LayerNorm, [6, 8] -> [6, 1], int8
    Tensor plainMean = n.mean("plain/mean", sum)
        .axes(2)
        .keepDims()
        .output(ActivationRange.learned("plain/mean", 8), 6, 1);

    // plain/centered: SUB of LayerNorm, [6, 8] and [6, 1] -> [6, 8], int8
    Tensor plainCentered = n.subtract("plain/centered", sum, plainMean)
        .output(ActivationRange.learned("plain/centered", 8), 6, 8);

    // plain/unit: L2_NORMALIZATION of LayerNorm, [6, 8] -> [6, 8], int8
    Tensor plainUnit = n.l2Normalization("plain/unit", plainCentered, 1e-5)
        .output(ActivationRange.fixed("plain/unit", 8, 1.0 / 128, 0), 6, 8);

    // plain/gamma: constant of LayerNorm, [8], int8
    Tensor plainGamma = n.parameter("plain/gamma")
        .initializer(Initializer.ONES)
        .factor(2.8284271247461903)
        .untrained()
        .output(ActivationRange.learned("plain/gamma", 8), 8);

    // plain: LayerNorm, [6, 8] and [8] -> [6, 8], int8
    Tensor plain = n.multiply("plain", plainUnit, plainGamma)
        .output(ActivationRange.learned("plain", 8), 6, 8);

    // alone/query: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 4], int8
    Tensor aloneQuery = n.fullyConnected("alone/query", plain)
        .kernel(8, 4)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("alone/query", 8), 6, 4);

    // alone/key: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 4], int8 symmetric
    Tensor aloneKey = n.fullyConnected("alone/key", plain)
        .kernel(8, 4)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("alone/key", 8).symmetric(), 6, 4);

    // alone/value: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 4], int8 symmetric
    Tensor aloneValue = n.fullyConnected("alone/value", plain)
        .kernel(8, 4)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("alone/value", 8).symmetric(), 6, 4);

    // alone/scores: BATCH_MATMUL of MultiHeadAttention, [6, 4] -> [6, 6], int8
    Tensor aloneScores = n.batchMatMul("alone/scores", aloneQuery, aloneKey)
        .transposeB()
        .output(ActivationRange.learned("alone/scores", 8), 6, 6);

    // alone/weights: SOFTMAX of MultiHeadAttention, [6, 6] -> [6, 6], int8
    Tensor aloneWeights = n.softmax("alone/weights", aloneScores, 0.5)
        .output(ActivationRange.fixed("alone/weights", 8, 1.0 / 256, -128), 6, 6);

    // alone/context: BATCH_MATMUL of MultiHeadAttention, [6, 6] and [6, 4] -> [6, 4], int8
    Tensor aloneContext = n.batchMatMul("alone/context", aloneWeights, aloneValue)
        .output(ActivationRange.learned("alone/context", 8), 6, 4);

    // alone: MultiHeadAttention, [6, 4] -> [6, 8], int8
    Tensor alone = n.fullyConnected("alone", aloneContext)
        .kernel(4, 8)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("alone", 8), 6, 8);

    // attended/scores: BATCH_MATMUL of ScaledDotProductAttention, [6, 8] -> [6, 6], int8
    Tensor attendedScores = n.batchMatMul("attended/scores", alone, placed)
        .transposeB()
        .output(ActivationRange.learned("attended/scores", 8), 6, 6);

    // attended/weights: SOFTMAX of ScaledDotProductAttention, [6, 6] -> [6, 6], int8
    Tensor attendedWeights = n.softmax("attended/weights", attendedScores, 0.35355339059327373)
        .output(ActivationRange.fixed("attended/weights", 8, 1.0 / 256, -128), 6, 6);

    // attended: ScaledDotProductAttention, [6, 6] and [6, 8] -> [6, 8], int8
    Tensor attended = n.batchMatMul("attended", attendedWeights, sum)
        .output(ActivationRange.learned("attended", 8), 6, 8);

    // similarity: BatchMatMul, [6, 8] -> [6, 6], int8
    Tensor similarity = n.batchMatMul("similarity", attended, norm)
        .transposeB()
        .output(ActivationRange.learned("similarity", 8), 6, 6);

    // logits: Dense + Relu, [6, 6] -> [6, 3], int8
    Tensor logits = n.fullyConnected("logits", similarity)
        .kernel(6, 3)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("logits", 8).nonNegative(), 6, 3);

    n.output("logits", logits);
  }
}
