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
  protected void network(NetworkBuilder n) {
    // words: Input, [7], int32
    Tensor words = n.indices("words", 7);

    // vectors/embeddings: constant of Embedding, [20, 4], int8 in one range with vectors
    Tensor vectorsEmbeddings = n.parameter("vectors/embeddings")
        .initializer(Initializer.RANDOM_UNIFORM)
        .output(ActivationRange.learned("vectors/embeddings", 8), 20, 4);

    // vectors: Embedding, [20, 4] and [7] -> [7, 4], int8 in the range of vectors/embeddings
    Tensor vectors = n.gather("vectors", vectorsEmbeddings, words)
        .output(vectorsEmbeddings.range(), 7, 4);

    // lower: Lstm, [7, 4] -> [7, 5], int8
    Tensor lower = n.lstm("lower", vectors)
        .units(5)
        .bias(Initializer.ZEROS, true)
        .output(ActivationRange.fixed("lower", 8, 1.0 / 128, 0), 7, 5);

    // upper/states: UNIDIRECTIONAL_SEQUENCE_LSTM of Lstm, [7, 5] -> [7, 6], int8 in one range with
    //     upper
    Tensor upperStates = n.lstm("upper/states", lower)
        .units(6)
        .output(ActivationRange.fixed("upper/states", 8, 1.0 / 128, 0), 7, 6);

    // upper: Lstm, [7, 6] -> [6], int8 in the range of upper/states
    Tensor upper = n.lastStep("upper", upperStates).output(6);

    // logits: Dense, [6] -> [2], int8
    Tensor logits = n.fullyConnected("logits", upper)
        .kernel(6, 2)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 2);

    n.output("logits", logits);
  }
}
