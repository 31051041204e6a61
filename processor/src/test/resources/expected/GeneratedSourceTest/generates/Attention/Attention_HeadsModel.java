import dev.detent.annotations.Activation;
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
  /**
   * steps.
   */
  private static final ActivationRange STEPS = ActivationRange.learned("steps", 8);

  /**
   * placed/positions.
   */
  private static final ActivationRange PLACED_POSITIONS = ActivationRange.learned("placed/positions", 8);

  /**
   * placed.
   */
  private static final ActivationRange PLACED = ActivationRange.learned("placed", 8).symmetric();

  /**
   * norm/mean.
   */
  private static final ActivationRange NORM_MEAN = ActivationRange.learned("norm/mean", 8);

  /**
   * norm/centered.
   */
  private static final ActivationRange NORM_CENTERED = ActivationRange.learned("norm/centered", 8);

  /**
   * norm/unit.
   */
  private static final ActivationRange NORM_UNIT = ActivationRange.fixed("norm/unit", 8, 1.0 / 128, 0);

  /**
   * norm/gamma.
   */
  private static final ActivationRange NORM_GAMMA = ActivationRange.learned("norm/gamma", 8);

  /**
   * norm/scaled.
   */
  private static final ActivationRange NORM_SCALED = ActivationRange.learned("norm/scaled", 8);

  /**
   * norm/beta.
   */
  private static final ActivationRange NORM_BETA = ActivationRange.learned("norm/beta", 8);

  /**
   * norm.
   */
  private static final ActivationRange NORM = ActivationRange.learned("norm", 8).symmetric();

  /**
   * heads/query, heads/query/split, heads/query/heads.
   */
  private static final ActivationRange HEADS_QUERY = ActivationRange.learned("heads/query", 8);

  /**
   * heads/key, heads/key/split, heads/key/heads.
   */
  private static final ActivationRange HEADS_KEY = ActivationRange.learned("heads/key", 8).symmetric();

  /**
   * heads/value, heads/value/split, heads/value/heads.
   */
  private static final ActivationRange HEADS_VALUE = ActivationRange.learned("heads/value", 8).symmetric();

  /**
   * heads/scores.
   */
  private static final ActivationRange HEADS_SCORES = ActivationRange.learned("heads/scores", 8);

  /**
   * heads/weights, heads/dropped.
   */
  private static final ActivationRange HEADS_WEIGHTS = ActivationRange.fixed("heads/weights", 8, 1.0 / 256, -128);

  /**
   * heads/context, heads/context/steps, heads/context/joined.
   */
  private static final ActivationRange HEADS_CONTEXT = ActivationRange.learned("heads/context", 8);

  /**
   * heads.
   */
  private static final ActivationRange HEADS = ActivationRange.learned("heads", 8);

  /**
   * sum.
   */
  private static final ActivationRange SUM = ActivationRange.learned("sum", 8).symmetric();

  /**
   * plain/mean.
   */
  private static final ActivationRange PLAIN_MEAN = ActivationRange.learned("plain/mean", 8);

  /**
   * plain/centered.
   */
  private static final ActivationRange PLAIN_CENTERED = ActivationRange.learned("plain/centered", 8);

  /**
   * plain/unit.
   */
  private static final ActivationRange PLAIN_UNIT = ActivationRange.fixed("plain/unit", 8, 1.0 / 128, 0);

  /**
   * plain/gamma.
   */
  private static final ActivationRange PLAIN_GAMMA = ActivationRange.learned("plain/gamma", 8);

  /**
   * plain.
   */
  private static final ActivationRange PLAIN = ActivationRange.learned("plain", 8);

  /**
   * alone/query.
   */
  private static final ActivationRange ALONE_QUERY = ActivationRange.learned("alone/query", 8);

  /**
   * alone/key.
   */
  private static final ActivationRange ALONE_KEY = ActivationRange.learned("alone/key", 8).symmetric();

  /**
   * alone/value.
   */
  private static final ActivationRange ALONE_VALUE = ActivationRange.learned("alone/value", 8).symmetric();

  /**
   * alone/scores.
   */
  private static final ActivationRange ALONE_SCORES = ActivationRange.learned("alone/scores", 8);

  /**
   * alone/weights.
   */
  private static final ActivationRange ALONE_WEIGHTS = ActivationRange.fixed("alone/weights", 8, 1.0 / 256, -128);

  /**
   * alone/context.
   */
  private static final ActivationRange ALONE_CONTEXT = ActivationRange.learned("alone/context", 8);

  /**
   * alone.
   */
  private static final ActivationRange ALONE = ActivationRange.learned("alone", 8);

  /**
   * attended/scores.
   */
  private static final ActivationRange ATTENDED_SCORES = ActivationRange.learned("attended/scores", 8);

  /**
   * attended/weights.
   */
  private static final ActivationRange ATTENDED_WEIGHTS = ActivationRange.fixed("attended/weights", 8, 1.0 / 256, -128);

  /**
   * attended.
   */
  private static final ActivationRange ATTENDED = ActivationRange.learned("attended", 8);

  /**
   * similarity.
   */
  private static final ActivationRange SIMILARITY = ActivationRange.learned("similarity", 8);

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8).nonNegative();

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
  protected void graph(GraphBuilder g) {
    // steps: Input, [6, 8]
    //   output int8 in range STEPS
    LayerTensor steps = g.input("steps", 6, 8).output(STEPS);

    // placed/positions: constant of PositionEmbedding, [6, 8]
    //   output int8 in range PLACED_POSITIONS
    LayerTensor placedPositions = g.parameter("placed/positions", 6, 8)
        .initializer(Initializer.GLOROT_UNIFORM)
        .output(PLACED_POSITIONS);

    // placed: PositionEmbedding, [6, 8] -> [6, 8]
    //   output int8 symmetric in range PLACED
    LayerTensor placed = g.add("placed", steps, placedPositions).output(PLACED);

    // norm/mean: MEAN of LayerNorm, [6, 8] -> [6, 1]
    //   output int8 in range NORM_MEAN
    LayerTensor normMean = g.channelMean("norm/mean", placed).output(NORM_MEAN);

    // norm/centered: SUB of LayerNorm, [6, 8] and [6, 1] -> [6, 8]
    //   output int8 in range NORM_CENTERED
    LayerTensor normCentered = g.subtract("norm/centered", placed, normMean).output(NORM_CENTERED);

    // norm/unit: L2_NORMALIZATION of LayerNorm, [6, 8] -> [6, 8]
    //   output int8 in range NORM_UNIT
    LayerTensor normUnit = g.l2Normalization("norm/unit", normCentered)
        .epsilon(0.001)
        .output(NORM_UNIT);

    // norm/gamma: constant of LayerNorm, [8]
    //   output int8 in range NORM_GAMMA
    LayerTensor normGamma = g.parameter("norm/gamma", 8)
        .initializer(Initializer.ONES)
        .factor(2.8284271247461903)
        .output(NORM_GAMMA);

    // norm/scaled: MUL of LayerNorm, [6, 8] and [8] -> [6, 8]
    //   output int8 in range NORM_SCALED
    LayerTensor normScaled = g.multiply("norm/scaled", normUnit, normGamma).output(NORM_SCALED);

    // norm/beta: constant of LayerNorm, [8]
    //   output int8 in range NORM_BETA
    LayerTensor normBeta = g.parameter("norm/beta", 8)
        .initializer(Initializer.ZEROS)
        .output(NORM_BETA);

    // norm: LayerNorm, [6, 8] and [8] -> [6, 8]
    //   output int8 symmetric in range NORM
    LayerTensor norm = g.add("norm", normScaled, normBeta).output(NORM);

    // heads/query: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 6]
    //   kernel [8, 6], int8 per tensor; output int8 in range HEADS_QUERY
    LayerTensor headsQuery = g.dense("heads/query", norm)
        .kernel(8, 6)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(HEADS_QUERY);

    // heads/query/split: RESHAPE of MultiHeadAttention, [6, 6] -> [6, 2, 3]
    //   output int8 in range HEADS_QUERY
    LayerTensor headsQuerySplit = g.reshape("heads/query/split", headsQuery, 6, 2, 3);

    // heads/query/heads: TRANSPOSE of MultiHeadAttention, [6, 2, 3] -> [2, 6, 3]
    //   output int8 in range HEADS_QUERY
    LayerTensor headsQueryHeads = g.move("heads/query/heads", headsQuerySplit).transpose(2, 1, 3);

    // heads/key: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 6]
    //   kernel [8, 6], int8 per tensor; output int8 symmetric in range HEADS_KEY
    LayerTensor headsKey = g.dense("heads/key", norm)
        .kernel(8, 6)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(HEADS_KEY);

    // heads/key/split: RESHAPE of MultiHeadAttention, [6, 6] -> [6, 2, 3]
    //   output int8 symmetric in range HEADS_KEY
    LayerTensor headsKeySplit = g.reshape("heads/key/split", headsKey, 6, 2, 3);

    // heads/key/heads: TRANSPOSE of MultiHeadAttention, [6, 2, 3] -> [2, 6, 3]
    //   output int8 symmetric in range HEADS_KEY
    LayerTensor headsKeyHeads = g.move("heads/key/heads", headsKeySplit).transpose(2, 1, 3);

    // heads/value: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 10]
    //   kernel [8, 10], int8 per tensor; output int8 symmetric in range HEADS_VALUE
    LayerTensor headsValue = g.dense("heads/value", norm)
        .kernel(8, 10)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(HEADS_VALUE);

    // heads/value/split: RESHAPE of MultiHeadAttention, [6, 10] -> [6, 2, 5]
    //   output int8 symmetric in range HEADS_VALUE
    LayerTensor headsValueSplit = g.reshape("heads/value/split", headsValue, 6, 2, 5);

    // heads/value/heads: TRANSPOSE of MultiHeadAttention, [6, 2, 5] -> [2, 6, 5]
    //   output int8 symmetric in range HEADS_VALUE
    LayerTensor headsValueHeads = g.move("heads/value/heads", headsValueSplit).transpose(2, 1, 3);

    // heads/scores: BATCH_MATMUL of MultiHeadAttention, [2, 6, 3] -> [2, 6, 6]
    //   output int8 in range HEADS_SCORES
    LayerTensor headsScores = g.batchMatMul("heads/scores", headsQueryHeads, headsKeyHeads)
        .transposeA(false)
        .transposeB(true)
        .output(HEADS_SCORES);

    // heads/weights: SOFTMAX of MultiHeadAttention, [2, 6, 6] -> [2, 6, 6]
    //   output int8 in range HEADS_WEIGHTS
    LayerTensor headsWeights = g.softmax("heads/weights", headsScores)
        .beta(0.5773502691896258)
        .output(HEADS_WEIGHTS);

    // heads/dropped: Dropout of MultiHeadAttention, [2, 6, 6] -> [2, 6, 6]
    //   output int8 in range HEADS_WEIGHTS
    LayerTensor headsDropped = g.dropout("heads/dropped", headsWeights, 0.1);

    // heads/context: BATCH_MATMUL of MultiHeadAttention, [2, 6, 6] and [2, 6, 5] -> [2, 6, 5]
    //   output int8 in range HEADS_CONTEXT
    LayerTensor headsContext = g.batchMatMul("heads/context", headsDropped, headsValueHeads)
        .transposeA(false)
        .transposeB(false)
        .output(HEADS_CONTEXT);

    // heads/context/steps: TRANSPOSE of MultiHeadAttention, [2, 6, 5] -> [6, 2, 5]
    //   output int8 in range HEADS_CONTEXT
    LayerTensor headsContextSteps = g.move("heads/context/steps", headsContext).transpose(2, 1, 3);

    // heads/context/joined: RESHAPE of MultiHeadAttention, [6, 2, 5] -> [6, 10]
    //   output int8 in range HEADS_CONTEXT
    LayerTensor headsContextJoined = g.reshape("heads/context/joined", headsContextSteps, 6, 10);

    // heads: MultiHeadAttention, [6, 10] -> [6, 8]
    //   kernel [10, 8], int8 per tensor; output int8 in range HEADS
    LayerTensor heads = g.dense("heads", headsContextJoined)
        .kernel(10, 8)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(HEADS);

    // sum: Add, [6, 8] -> [6, 8]
    //   output int8 symmetric in range SUM
    LayerTensor sum = g.add("sum", placed, heads).output(SUM);

    // plain/mean: MEAN of LayerNorm, [6, 8] -> [6, 1]
    //   output int8 in range PLAIN_MEAN
    LayerTensor plainMean = g.channelMean("plain/mean", sum).output(PLAIN_MEAN);

    // plain/centered: SUB of LayerNorm, [6, 8] and [6, 1] -> [6, 8]
    //   output int8 in range PLAIN_CENTERED
    LayerTensor plainCentered = g.subtract("plain/centered", sum, plainMean).output(PLAIN_CENTERED);

    // plain/unit: L2_NORMALIZATION of LayerNorm, [6, 8] -> [6, 8]
    //   output int8 in range PLAIN_UNIT
    LayerTensor plainUnit = g.l2Normalization("plain/unit", plainCentered)
        .epsilon(1e-5)
        .output(PLAIN_UNIT);

    // plain/gamma: constant of LayerNorm, [8]
    //   output int8 in range PLAIN_GAMMA
    LayerTensor plainGamma = g.parameter("plain/gamma", 8)
        .initializer(Initializer.ONES)
        .factor(2.8284271247461903)
        .untrained()
        .output(PLAIN_GAMMA);

    // plain: LayerNorm, [6, 8] and [8] -> [6, 8]
    //   output int8 in range PLAIN
    LayerTensor plain = g.multiply("plain", plainUnit, plainGamma).output(PLAIN);

    // alone/query: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 4]
    //   kernel [8, 4], int8 per tensor; output int8 in range ALONE_QUERY
    LayerTensor aloneQuery = g.dense("alone/query", plain)
        .kernel(8, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ALONE_QUERY);

    // alone/key: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 4]
    //   kernel [8, 4], int8 per tensor; output int8 symmetric in range ALONE_KEY
    LayerTensor aloneKey = g.dense("alone/key", plain)
        .kernel(8, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ALONE_KEY);

    // alone/value: FULLY_CONNECTED of MultiHeadAttention, [6, 8] -> [6, 4]
    //   kernel [8, 4], int8 per tensor; output int8 symmetric in range ALONE_VALUE
    LayerTensor aloneValue = g.dense("alone/value", plain)
        .kernel(8, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ALONE_VALUE);

    // alone/scores: BATCH_MATMUL of MultiHeadAttention, [6, 4] -> [6, 6]
    //   output int8 in range ALONE_SCORES
    LayerTensor aloneScores = g.batchMatMul("alone/scores", aloneQuery, aloneKey)
        .transposeA(false)
        .transposeB(true)
        .output(ALONE_SCORES);

    // alone/weights: SOFTMAX of MultiHeadAttention, [6, 6] -> [6, 6]
    //   output int8 in range ALONE_WEIGHTS
    LayerTensor aloneWeights = g.softmax("alone/weights", aloneScores)
        .beta(0.5)
        .output(ALONE_WEIGHTS);

    // alone/context: BATCH_MATMUL of MultiHeadAttention, [6, 6] and [6, 4] -> [6, 4]
    //   output int8 in range ALONE_CONTEXT
    LayerTensor aloneContext = g.batchMatMul("alone/context", aloneWeights, aloneValue)
        .transposeA(false)
        .transposeB(false)
        .output(ALONE_CONTEXT);

    // alone: MultiHeadAttention, [6, 4] -> [6, 8]
    //   kernel [4, 8], int8 per tensor; output int8 in range ALONE
    LayerTensor alone = g.dense("alone", aloneContext)
        .kernel(4, 8)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ALONE);

    // attended/scores: BATCH_MATMUL of ScaledDotProductAttention, [6, 8] -> [6, 6]
    //   output int8 in range ATTENDED_SCORES
    LayerTensor attendedScores = g.batchMatMul("attended/scores", alone, placed)
        .transposeA(false)
        .transposeB(true)
        .output(ATTENDED_SCORES);

    // attended/weights: SOFTMAX of ScaledDotProductAttention, [6, 6] -> [6, 6]
    //   output int8 in range ATTENDED_WEIGHTS
    LayerTensor attendedWeights = g.softmax("attended/weights", attendedScores)
        .beta(0.35355339059327373)
        .output(ATTENDED_WEIGHTS);

    // attended: ScaledDotProductAttention, [6, 6] and [6, 8] -> [6, 8]
    //   output int8 in range ATTENDED
    LayerTensor attended = g.batchMatMul("attended", attendedWeights, sum)
        .transposeA(false)
        .transposeB(false)
        .output(ATTENDED);

    // similarity: BatchMatMul, [6, 8] -> [6, 6]
    //   output int8 in range SIMILARITY
    LayerTensor similarity = g.batchMatMul("similarity", attended, norm)
        .transposeA(false)
        .transposeB(true)
        .output(SIMILARITY);

    // logits: Dense + Relu, [6, 6] -> [6, 3]
    //   kernel [6, 3], int8 per tensor; output int8 in range LOGITS
    LayerTensor logits = g.dense("logits", similarity)
        .kernel(6, 3)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .activation(Activation.RELU)
        .output(LOGITS);

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // steps: input
    PlanTensor steps = p.input("steps", 6, 8).output(STEPS);

    // placed/positions: constant
    PlanTensor placedPositions = p.parameter("placed/positions", 6, 8).output(PLACED_POSITIONS);

    // placed: ADD
    PlanTensor placed = p.add("placed", steps, placedPositions).output(PLACED, 6, 8);

    // norm/mean: MEAN
    PlanTensor normMean = p.mean("norm/mean", placed)
        .axes(2)
        .keepDims(true)
        .output(NORM_MEAN, 6, 1);

    // norm/centered: SUB
    PlanTensor normCentered = p.subtract("norm/centered", placed, normMean).output(NORM_CENTERED, 6, 8);

    // norm/unit: L2_NORMALIZATION
    PlanTensor normUnit = p.l2Normalize("norm/unit", normCentered).output(NORM_UNIT, 6, 8);

    // norm/gamma: constant
    PlanTensor normGamma = p.parameter("norm/gamma", 8).output(NORM_GAMMA);

    // norm/scaled: MUL
    PlanTensor normScaled = p.multiply("norm/scaled", normUnit, normGamma).output(NORM_SCALED, 6, 8);

    // norm/beta: constant
    PlanTensor normBeta = p.parameter("norm/beta", 8).output(NORM_BETA);

    // norm: ADD
    PlanTensor norm = p.add("norm", normScaled, normBeta).output(NORM, 6, 8);

    // heads/query: FULLY_CONNECTED
    PlanTensor headsQuery = p.fullyConnected("heads/query", norm).output(HEADS_QUERY, 6, 6);

    // heads/query/split: RESHAPE
    PlanTensor headsQuerySplit = p.reshape("heads/query/split", headsQuery).output(HEADS_QUERY, 6, 2, 3);

    // heads/query/heads: TRANSPOSE
    PlanTensor headsQueryHeads = p.move("heads/query/heads", headsQuerySplit).transpose(2, 1, 3).output(HEADS_QUERY, 2, 6, 3);

    // heads/key: FULLY_CONNECTED
    PlanTensor headsKey = p.fullyConnected("heads/key", norm).output(HEADS_KEY, 6, 6);

    // heads/key/split: RESHAPE
    PlanTensor headsKeySplit = p.reshape("heads/key/split", headsKey).output(HEADS_KEY, 6, 2, 3);

    // heads/key/heads: TRANSPOSE
    PlanTensor headsKeyHeads = p.move("heads/key/heads", headsKeySplit).transpose(2, 1, 3).output(HEADS_KEY, 2, 6, 3);

    // heads/value: FULLY_CONNECTED
    PlanTensor headsValue = p.fullyConnected("heads/value", norm).output(HEADS_VALUE, 6, 10);

    // heads/value/split: RESHAPE
    PlanTensor headsValueSplit = p.reshape("heads/value/split", headsValue).output(HEADS_VALUE, 6, 2, 5);

    // heads/value/heads: TRANSPOSE
    PlanTensor headsValueHeads = p.move("heads/value/heads", headsValueSplit).transpose(2, 1, 3).output(HEADS_VALUE, 2, 6, 5);

    // heads/scores: BATCH_MATMUL
    PlanTensor headsScores = p.batchMatMul("heads/scores", headsQueryHeads, headsKeyHeads)
        .transposeA(false)
        .transposeB(true)
        .output(HEADS_SCORES, 2, 6, 6);

    // heads/weights: SOFTMAX
    PlanTensor headsWeights = p.softmax("heads/weights", headsScores)
        .beta(0.5773502691896258)
        .output(HEADS_WEIGHTS, 2, 6, 6);

    // heads/dropped: its input: the deployed model drops nothing
    PlanTensor headsDropped = p.alias("heads/dropped", headsWeights);

    // heads/context: BATCH_MATMUL
    PlanTensor headsContext = p.batchMatMul("heads/context", headsDropped, headsValueHeads)
        .transposeA(false)
        .transposeB(false)
        .output(HEADS_CONTEXT, 2, 6, 5);

    // heads/context/steps: TRANSPOSE
    PlanTensor headsContextSteps = p.move("heads/context/steps", headsContext).transpose(2, 1, 3).output(HEADS_CONTEXT, 6, 2, 5);

    // heads/context/joined: RESHAPE
    PlanTensor headsContextJoined = p.reshape("heads/context/joined", headsContextSteps).output(HEADS_CONTEXT, 6, 10);

    // heads: FULLY_CONNECTED
    PlanTensor heads = p.fullyConnected("heads", headsContextJoined).output(HEADS, 6, 8);

    // sum: ADD
    PlanTensor sum = p.add("sum", placed, heads).output(SUM, 6, 8);

    // plain/mean: MEAN
    PlanTensor plainMean = p.mean("plain/mean", sum)
        .axes(2)
        .keepDims(true)
        .output(PLAIN_MEAN, 6, 1);

    // plain/centered: SUB
    PlanTensor plainCentered = p.subtract("plain/centered", sum, plainMean).output(PLAIN_CENTERED, 6, 8);

    // plain/unit: L2_NORMALIZATION
    PlanTensor plainUnit = p.l2Normalize("plain/unit", plainCentered).output(PLAIN_UNIT, 6, 8);

    // plain/gamma: constant
    PlanTensor plainGamma = p.parameter("plain/gamma", 8).output(PLAIN_GAMMA);

    // plain: MUL
    PlanTensor plain = p.multiply("plain", plainUnit, plainGamma).output(PLAIN, 6, 8);

    // alone/query: FULLY_CONNECTED
    PlanTensor aloneQuery = p.fullyConnected("alone/query", plain).output(ALONE_QUERY, 6, 4);

    // alone/key: FULLY_CONNECTED
    PlanTensor aloneKey = p.fullyConnected("alone/key", plain).output(ALONE_KEY, 6, 4);

    // alone/value: FULLY_CONNECTED
    PlanTensor aloneValue = p.fullyConnected("alone/value", plain).output(ALONE_VALUE, 6, 4);

    // alone/scores: BATCH_MATMUL
    PlanTensor aloneScores = p.batchMatMul("alone/scores", aloneQuery, aloneKey)
        .transposeA(false)
        .transposeB(true)
        .output(ALONE_SCORES, 6, 6);

    // alone/weights: SOFTMAX
    PlanTensor aloneWeights = p.softmax("alone/weights", aloneScores)
        .beta(0.5)
        .output(ALONE_WEIGHTS, 6, 6);

    // alone/context: BATCH_MATMUL
    PlanTensor aloneContext = p.batchMatMul("alone/context", aloneWeights, aloneValue)
        .transposeA(false)
        .transposeB(false)
        .output(ALONE_CONTEXT, 6, 4);

    // alone: FULLY_CONNECTED
    PlanTensor alone = p.fullyConnected("alone", aloneContext).output(ALONE, 6, 8);

    // attended/scores: BATCH_MATMUL
    PlanTensor attendedScores = p.batchMatMul("attended/scores", alone, placed)
        .transposeA(false)
        .transposeB(true)
        .output(ATTENDED_SCORES, 6, 6);

    // attended/weights: SOFTMAX
    PlanTensor attendedWeights = p.softmax("attended/weights", attendedScores)
        .beta(0.35355339059327373)
        .output(ATTENDED_WEIGHTS, 6, 6);

    // attended: BATCH_MATMUL
    PlanTensor attended = p.batchMatMul("attended", attendedWeights, sum)
        .transposeA(false)
        .transposeB(false)
        .output(ATTENDED, 6, 8);

    // similarity: BATCH_MATMUL
    PlanTensor similarity = p.batchMatMul("similarity", attended, norm)
        .transposeA(false)
        .transposeB(true)
        .output(SIMILARITY, 6, 6);

    // logits: FULLY_CONNECTED with RELU
    PlanTensor logits = p.fullyConnected("logits", similarity)
        .activation(Activation.RELU)
        .output(LOGITS, 6, 3);

    p.output("logits", logits);
  }
}
