import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.codegen.ModelExamples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Attention.Cross} declares: 318 parameters, 1,948 multiply-accumulates an example.
 *
 * <pre>
 * encoded  Input               [7, 5]
 * keys     Dense               [7, 6]
 * query    Input               [4, 8]
 * heads    MultiHeadAttention  [4, 8]
 * alone    MultiHeadAttention  [4, 8]
 * sum      Add                 [4, 8]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Attention_CrossModel extends DetentModel<Attention_CrossModel.Data> {
  private static final ModelSpec SPEC = ModelSpec.builder("Attention.Cross")
      .input("encoded", 7, 5)
      .input("query", 4, 8)
      .layer("keys", "Dense", 36, 210, 7, 6)
      .layer("heads", "MultiHeadAttention", 182, 1140, 4, 8)
      .layer("alone", "MultiHeadAttention", 100, 598, 4, 8)
      .layer("sum", "Add", 0, 0, 4, 8)
      .output("sum", 4, 8)
      .build();

  private Attention_CrossModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Attention_CrossModel create(long seed) {
    return new Attention_CrossModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param encoded 35 values, [7, 5]
   * @param query 32 values, [4, 8]
   * @return sum: 32 values, [4, 8]
   */
  float[] predict(float[] encoded, float[] query) {
    return run(encoded, query)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // encoded: Input, [7, 5], int8
    Tensor encoded = n.input("encoded").output(ActivationRange.learned("encoded", 8), 7, 5);

    // keys: Dense, [7, 5] -> [7, 6], int8
    Tensor keys = n.fullyConnected("keys", encoded)
        .kernel(5, 6)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("keys", 8), 7, 6);

    // query: Input, [4, 8], int8
    Tensor query = n.input("query").output(ActivationRange.learned("query", 8), 4, 8);

    // heads/query: FULLY_CONNECTED of MultiHeadAttention, [4, 8] -> [4, 6], int8 in one range with
    //     heads/query/split and heads/query/heads
    Tensor headsQuery = n.fullyConnected("heads/query", query)
        .kernel(8, 6)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("heads/query", 8), 4, 6);

    // heads/query/split: RESHAPE of MultiHeadAttention, [4, 6] -> [4, 2, 3], int8 in the range of
    //     heads/query
    Tensor headsQuerySplit = n.reshape("heads/query/split", headsQuery).output(4, 2, 3);

    // heads/query/heads: TRANSPOSE of MultiHeadAttention, [4, 2, 3] -> [2, 4, 3], int8 in the range
    //     of heads/query
    Tensor headsQueryHeads = n.transpose("heads/query/heads", headsQuerySplit, 2, 1, 3)
        .output(2, 4, 3);

    // heads/key: FULLY_CONNECTED of MultiHeadAttention, [7, 5] -> [7, 6], int8 symmetric in one
    //     range with heads/key/split and heads/key/heads
    Tensor headsKey = n.fullyConnected("heads/key", encoded)
        .kernel(5, 6)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("heads/key", 8).symmetric(), 7, 6);

    // heads/key/split: RESHAPE of MultiHeadAttention, [7, 6] -> [7, 2, 3], int8 symmetric in the
    //     range of heads/key
    Tensor headsKeySplit = n.reshape("heads/key/split", headsKey).output(7, 2, 3);

    // heads/key/heads: TRANSPOSE of MultiHeadAttention, [7, 2, 3] -> [2, 7, 3], int8 symmetric in
    //     the range of heads/key
    Tensor headsKeyHeads = n.transpose("heads/key/heads", headsKeySplit, 2, 1, 3).output(2, 7, 3);

    // heads/value: FULLY_CONNECTED of MultiHeadAttention, [7, 5] -> [7, 6], int8 symmetric in one
    //     range with heads/value/split and heads/value/heads
    Tensor headsValue = n.fullyConnected("heads/value", encoded)
        .kernel(5, 6)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("heads/value", 8).symmetric(), 7, 6);

    // heads/value/split: RESHAPE of MultiHeadAttention, [7, 6] -> [7, 2, 3], int8 symmetric in the
    //     range of heads/value
    Tensor headsValueSplit = n.reshape("heads/value/split", headsValue).output(7, 2, 3);

    // heads/value/heads: TRANSPOSE of MultiHeadAttention, [7, 2, 3] -> [2, 7, 3], int8 symmetric in
    //     the range of heads/value
    Tensor headsValueHeads = n.transpose("heads/value/heads", headsValueSplit, 2, 1, 3)
        .output(2, 7, 3);

    // heads/scores: BATCH_MATMUL of MultiHeadAttention, [2, 4, 3] and [2, 7, 3] -> [2, 4, 7], int8
    Tensor headsScores = n.batchMatMul("heads/scores", headsQueryHeads, headsKeyHeads)
        .transposeB()
        .output(ActivationRange.learned("heads/scores", 8), 2, 4, 7);

    // heads/weights: SOFTMAX of MultiHeadAttention, [2, 4, 7] -> [2, 4, 7], int8
    Tensor headsWeights = n.softmax("heads/weights", headsScores, 0.5773502691896258)
        .output(ActivationRange.fixed("heads/weights", 8, 1.0 / 256, -128), 2, 4, 7);

    // heads/context: BATCH_MATMUL of MultiHeadAttention, [2, 4, 7] and [2, 7, 3] -> [2, 4, 3], int8
    //     in one range with heads/context/steps and heads/context/joined
    Tensor headsContext = n.batchMatMul("heads/context", headsWeights, headsValueHeads)
        .output(ActivationRange.learned("heads/context", 8), 2, 4, 3);

    // heads/context/steps: TRANSPOSE of MultiHeadAttention, [2, 4, 3] -> [4, 2, 3], int8 in the
    //     range of heads/context
    Tensor headsContextSteps = n.transpose("heads/context/steps", headsContext, 2, 1, 3)
        .output(4, 2, 3);

    // heads/context/joined: RESHAPE of MultiHeadAttention, [4, 2, 3] -> [4, 6], int8 in the range
    //     of heads/context
    Tensor headsContextJoined = n.reshape("heads/context/joined", headsContextSteps).output(4, 6);

    // heads: MultiHeadAttention, [4, 6] -> [4, 8], int8
    Tensor heads = n.fullyConnected("heads", headsContextJoined)
        .kernel(6, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("heads", 8), 4, 8);

    // alone/query: FULLY_CONNECTED of MultiHeadAttention, [4, 8] -> [4, 4], int8
    Tensor aloneQuery = n.fullyConnected("alone/query", query)
        .kernel(8, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("alone/query", 8), 4, 4);

    // alone/key: FULLY_CONNECTED of MultiHeadAttention, [7, 6] -> [7, 4], int8 symmetric
    Tensor aloneKey = n.fullyConnected("alone/key", keys)
        .kernel(6, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("alone/key", 8).symmetric(), 7, 4);

    // alone/value: FULLY_CONNECTED of MultiHeadAttention, [7, 5] -> [7, 2], int8 symmetric
    Tensor aloneValue = n.fullyConnected("alone/value", encoded)
        .kernel(5, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("alone/value", 8).symmetric(), 7, 2);

    // alone/scores: BATCH_MATMUL of MultiHeadAttention, [4, 4] and [7, 4] -> [4, 7], int8
    Tensor aloneScores = n.batchMatMul("alone/scores", aloneQuery, aloneKey)
        .transposeB()
        .output(ActivationRange.learned("alone/scores", 8), 4, 7);

    // alone/weights: SOFTMAX of MultiHeadAttention, [4, 7] -> [4, 7], int8
    Tensor aloneWeights = n.softmax("alone/weights", aloneScores, 0.5)
        .output(ActivationRange.fixed("alone/weights", 8, 1.0 / 256, -128), 4, 7);

    // alone/context: BATCH_MATMUL of MultiHeadAttention, [4, 7] and [7, 2] -> [4, 2], int8
    Tensor aloneContext = n.batchMatMul("alone/context", aloneWeights, aloneValue)
        .output(ActivationRange.learned("alone/context", 8), 4, 2);

    // alone: MultiHeadAttention, [4, 2] -> [4, 8], int8
    Tensor alone = n.fullyConnected("alone", aloneContext)
        .kernel(2, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("alone", 8), 4, 8);

    // sum: Add, [4, 8] -> [4, 8], int8
    Tensor sum = n.add("sum", heads, alone).output(ActivationRange.learned("sum", 8), 4, 8);

    n.output("sum", sum);
  }

  /**
   * Examples for this model: as many of each input and of each output.
   */
  public static final class Data extends ModelExamples<Data> {
    /**
     * Ties inputs and outputs together.
     *
     * @param encoded for 'encoded', [7, 5]
     * @param query for 'query', [4, 8]
     * @param sum for 'sum', [4, 8]
     * @throws dev.detent.runtime.data.DataException if their numbers differ
     */
    public Data(Features encoded, Features query, Targets sum) {
      super(List.of(encoded, query), List.of(sum));
    }

    @Override
    public Data with(List<Features> inputs, List<Targets> targets) {
      return new Data(inputs.get(0), inputs.get(1), targets.get(0));
    }
  }
}
