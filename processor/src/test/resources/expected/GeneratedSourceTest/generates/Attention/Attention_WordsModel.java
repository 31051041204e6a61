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
 * The network that {@link Attention.Words} declares: 558 parameters, 3,120 multiply-accumulates an example.
 *
 * <pre>
 * words    Input      [7]
 * vectors  Embedding  [7, 4]
 * lower    Lstm       [7, 5]
 * upper    Lstm       [6]
 * logits   Dense      [2]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Attention_WordsModel extends DetentModel<Dataset> {
  /**
   * vectors/embeddings, vectors.
   */
  private static final ActivationRange VECTORS_EMBEDDINGS = ActivationRange.learned("vectors/embeddings", 8);

  /**
   * lower.
   */
  private static final ActivationRange LOWER = ActivationRange.fixed("lower", 8, 1.0 / 128, 0);

  /**
   * upper/states, upper.
   */
  private static final ActivationRange UPPER_STATES = ActivationRange.fixed("upper/states", 8, 1.0 / 128, 0);

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("Attention.Words")
      .input("words", 7)
      .layer("vectors", "Embedding", 80, 0, 7, 4)
      .layer("lower", "Lstm", 200, 1260, 7, 5)
      .layer("upper", "Lstm", 264, 1848, 6)
      .layer("logits", "Dense", 14, 12, 2)
      .output("logits", 2)
      .build();

  private Attention_WordsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Attention_WordsModel create(long seed) {
    return new Attention_WordsModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param words 7 values, [7]
   * @return logits: 2 values, [2]
   */
  float[] predict(float[] words) {
    return run(words)[0];
  }

  @Override
  protected void graph(GraphBuilder g) {
    // words: Input, [7]
    //   output int32
    LayerTensor words = g.indices("words", 7);

    // vectors/embeddings: constant of Embedding, [20, 4]
    //   output int8 in range VECTORS_EMBEDDINGS
    LayerTensor vectorsEmbeddings = g.parameter("vectors/embeddings", 20, 4)
        .initializer(Initializer.RANDOM_UNIFORM)
        .output(VECTORS_EMBEDDINGS);

    // vectors: Embedding, [20, 4] and [7] -> [7, 4]
    //   output int8 in range VECTORS_EMBEDDINGS
    LayerTensor vectors = g.gather("vectors", vectorsEmbeddings, words).output(VECTORS_EMBEDDINGS);

    // lower: Lstm, [7, 4] -> [7, 5]
    //   output int8 in range LOWER
    LayerTensor lower = g.lstm("lower", vectors)
        .units(5)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .recurrentInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS, true)
        .output(LOWER);

    // upper/states: UNIDIRECTIONAL_SEQUENCE_LSTM of Lstm, [7, 5] -> [7, 6]
    //   output int8 in range UPPER_STATES
    LayerTensor upperStates = g.lstm("upper/states", lower)
        .units(6)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .recurrentInitializer(Initializer.GLOROT_UNIFORM)
        .output(UPPER_STATES);

    // upper: Lstm, [7, 6] -> [6]
    //   output int8 in range UPPER_STATES
    LayerTensor upper = g.lastStep("upper", upperStates);

    // logits: Dense, [6] -> [2]
    //   kernel [6, 2], int8 per tensor; output int8 in range LOGITS
    LayerTensor logits = g.dense("logits", upper)
        .kernel(6, 2)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGITS);

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // words: input of int32
    PlanTensor words = p.indices("words", 7);

    // vectors/embeddings: constant
    PlanTensor vectorsEmbeddings = p.parameter("vectors/embeddings", 20, 4).output(VECTORS_EMBEDDINGS);

    // vectors: GATHER
    PlanTensor vectors = p.gather("vectors", vectorsEmbeddings, words).output(VECTORS_EMBEDDINGS, 7, 4);

    // lower: UNIDIRECTIONAL_SEQUENCE_LSTM
    PlanTensor lower = p.lstm("lower", vectors)
        .units(5)
        .output(LOWER, 7, 5);

    // upper/states: UNIDIRECTIONAL_SEQUENCE_LSTM
    PlanTensor upperStates = p.lstm("upper/states", lower)
        .units(6)
        .output(UPPER_STATES, 7, 6);

    // upper: STRIDED_SLICE
    PlanTensor upper = p.lastStep("upper", upperStates).output(UPPER_STATES, 6);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", upper).output(LOGITS, 2);

    p.output("logits", logits);
  }
}
