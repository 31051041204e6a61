import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Attention.FloatWords} declares: 288 parameters, 1,260 multiply-accumulates an example.
 *
 * <pre>
 * words    Input      [7]
 * vectors  Embedding  [7, 4]
 * norm     LayerNorm  [7, 4]
 * memory   Lstm       [5]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Attention_FloatWordsModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Attention.FloatWords")
      .input("words", 7)
      .layer("vectors", "Embedding", 80, 0, 7, 4)
      .layer("norm", "LayerNorm", 8, 0, 7, 4)
      .layer("memory", "Lstm", 200, 1260, 5)
      .output("memory", 5)
      .build();

  private Attention_FloatWordsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Attention_FloatWordsModel create(long seed) {
    return new Attention_FloatWordsModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param words 7 values, [7]
   * @return memory: 5 values, [5]
   */
  float[] predict(float[] words) {
    return run(words)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // words: Input, [7], int32
    Tensor words = n.indices("words", 7);

    // vectors/embeddings: constant of Embedding, [20, 4], float
    Tensor vectorsEmbeddings = n.parameter("vectors/embeddings")
        .initializer(Initializer.RANDOM_UNIFORM)
        .output(20, 4);

    // vectors: Embedding, [20, 4] and [7] -> [7, 4], float
    Tensor vectors = n.gather("vectors", vectorsEmbeddings, words).output(7, 4);

    // vectors/quantize: QUANTIZE, [7, 4] -> [7, 4], int8
    Tensor vectorsQuantize = n.quantize("vectors/quantize", vectors)
        .output(ActivationRange.learned("vectors/quantize", 8), 7, 4);

    // norm/mean: MEAN of LayerNorm, [7, 4] -> [7, 1], int8
    Tensor normMean = n.mean("norm/mean", vectorsQuantize)
        .axes(2)
        .keepDims()
        .output(ActivationRange.learned("norm/mean", 8), 7, 1);

    // norm/centered: SUB of LayerNorm, [7, 4] and [7, 1] -> [7, 4], int8
    Tensor normCentered = n.subtract("norm/centered", vectorsQuantize, normMean)
        .output(ActivationRange.learned("norm/centered", 8), 7, 4);

    // norm/unit: L2_NORMALIZATION of LayerNorm, [7, 4] -> [7, 4], int8
    Tensor normUnit = n.l2Normalization("norm/unit", normCentered, 0.001)
        .output(ActivationRange.fixed("norm/unit", 8, 1.0 / 128, 0), 7, 4);

    // norm/gamma: constant of LayerNorm, [4], int8
    Tensor normGamma = n.parameter("norm/gamma")
        .initializer(Initializer.ONES)
        .factor(2.0)
        .output(ActivationRange.learned("norm/gamma", 8), 4);

    // norm/scaled: MUL of LayerNorm, [7, 4] and [4] -> [7, 4], int8
    Tensor normScaled = n.multiply("norm/scaled", normUnit, normGamma)
        .output(ActivationRange.learned("norm/scaled", 8), 7, 4);

    // norm/beta: constant of LayerNorm, [4], int8
    Tensor normBeta = n.parameter("norm/beta").output(ActivationRange.learned("norm/beta", 8), 4);

    // norm: LayerNorm, [7, 4] and [4] -> [7, 4], int8
    Tensor norm = n.add("norm", normScaled, normBeta)
        .output(ActivationRange.learned("norm", 8), 7, 4);

    // norm/dequantize: DEQUANTIZE, [7, 4] -> [7, 4], float
    Tensor normDequantize = n.dequantize("norm/dequantize", norm).output(7, 4);

    // memory/states: UNIDIRECTIONAL_SEQUENCE_LSTM of Lstm, [7, 4] -> [7, 5], float
    Tensor memoryStates = n.lstm("memory/states", normDequantize)
        .units(5)
        .bias(Initializer.ZEROS, true)
        .output(7, 5);

    // memory: Lstm, [7, 5] -> [5], float
    Tensor memory = n.lastStep("memory", memoryStates).output(5);

    n.output("memory", memory);
  }
}
