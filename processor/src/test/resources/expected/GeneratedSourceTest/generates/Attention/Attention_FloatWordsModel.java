import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
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
  /**
   * vectors/quantize.
   */
  private static final ActivationRange VECTORS_QUANTIZE = ActivationRange.learned("vectors/quantize", 8);

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
  private static final ActivationRange NORM = ActivationRange.learned("norm", 8);

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
  protected void graph(GraphBuilder g) {
    // words: Input, [7]
    //   output int32
    LayerTensor words = g.indices("words", 7);

    // vectors/embeddings: constant of Embedding, [20, 4]
    //   output float
    LayerTensor vectorsEmbeddings = g.parameter("vectors/embeddings", 20, 4)
        .initializer(Initializer.RANDOM_UNIFORM)
        .output();

    // vectors: Embedding, [20, 4] and [7] -> [7, 4]
    //   output float
    LayerTensor vectors = g.gather("vectors", vectorsEmbeddings, words).output();

    // vectors/quantize: QUANTIZE, [7, 4] -> [7, 4]
    //   output int8 in range VECTORS_QUANTIZE
    LayerTensor vectorsQuantize = g.quantize("vectors/quantize", vectors, VECTORS_QUANTIZE);

    // norm/mean: MEAN of LayerNorm, [7, 4] -> [7, 1]
    //   output int8 in range NORM_MEAN
    LayerTensor normMean = g.channelMean("norm/mean", vectorsQuantize).output(NORM_MEAN);

    // norm/centered: SUB of LayerNorm, [7, 4] and [7, 1] -> [7, 4]
    //   output int8 in range NORM_CENTERED
    LayerTensor normCentered = g.subtract("norm/centered", vectorsQuantize, normMean).output(NORM_CENTERED);

    // norm/unit: L2_NORMALIZATION of LayerNorm, [7, 4] -> [7, 4]
    //   output int8 in range NORM_UNIT
    LayerTensor normUnit = g.l2Normalization("norm/unit", normCentered)
        .epsilon(0.001)
        .output(NORM_UNIT);

    // norm/gamma: constant of LayerNorm, [4]
    //   output int8 in range NORM_GAMMA
    LayerTensor normGamma = g.parameter("norm/gamma", 4)
        .initializer(Initializer.ONES)
        .factor(2.0)
        .output(NORM_GAMMA);

    // norm/scaled: MUL of LayerNorm, [7, 4] and [4] -> [7, 4]
    //   output int8 in range NORM_SCALED
    LayerTensor normScaled = g.multiply("norm/scaled", normUnit, normGamma).output(NORM_SCALED);

    // norm/beta: constant of LayerNorm, [4]
    //   output int8 in range NORM_BETA
    LayerTensor normBeta = g.parameter("norm/beta", 4)
        .initializer(Initializer.ZEROS)
        .output(NORM_BETA);

    // norm: LayerNorm, [7, 4] and [4] -> [7, 4]
    //   output int8 in range NORM
    LayerTensor norm = g.add("norm", normScaled, normBeta).output(NORM);

    // norm/dequantize: DEQUANTIZE, [7, 4] -> [7, 4]
    //   output float
    LayerTensor normDequantize = g.dequantize("norm/dequantize", norm);

    // memory/states: UNIDIRECTIONAL_SEQUENCE_LSTM of Lstm, [7, 4] -> [7, 5]
    //   output float
    LayerTensor memoryStates = g.lstm("memory/states", normDequantize)
        .units(5)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .recurrentInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS, true)
        .output();

    // memory: Lstm, [7, 5] -> [5]
    //   output float
    LayerTensor memory = g.lastStep("memory", memoryStates);

    g.output("memory", memory);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // words: input of int32
    PlanTensor words = p.indices("words", 7);

    // vectors/embeddings: constant
    PlanTensor vectorsEmbeddings = p.parameter("vectors/embeddings", 20, 4).output();

    // vectors: GATHER
    PlanTensor vectors = p.gather("vectors", vectorsEmbeddings, words).floatOutput(7, 4);

    // vectors/quantize: QUANTIZE
    PlanTensor vectorsQuantize = p.quantize("vectors/quantize", vectors).output(VECTORS_QUANTIZE, 7, 4);

    // norm/mean: MEAN
    PlanTensor normMean = p.mean("norm/mean", vectorsQuantize)
        .axes(2)
        .keepDims(true)
        .output(NORM_MEAN, 7, 1);

    // norm/centered: SUB
    PlanTensor normCentered = p.subtract("norm/centered", vectorsQuantize, normMean).output(NORM_CENTERED, 7, 4);

    // norm/unit: L2_NORMALIZATION
    PlanTensor normUnit = p.l2Normalize("norm/unit", normCentered).output(NORM_UNIT, 7, 4);

    // norm/gamma: constant
    PlanTensor normGamma = p.parameter("norm/gamma", 4).output(NORM_GAMMA);

    // norm/scaled: MUL
    PlanTensor normScaled = p.multiply("norm/scaled", normUnit, normGamma).output(NORM_SCALED, 7, 4);

    // norm/beta: constant
    PlanTensor normBeta = p.parameter("norm/beta", 4).output(NORM_BETA);

    // norm: ADD
    PlanTensor norm = p.add("norm", normScaled, normBeta).output(NORM, 7, 4);

    // norm/dequantize: DEQUANTIZE
    PlanTensor normDequantize = p.dequantize("norm/dequantize", norm).floatOutput(7, 4);

    // memory/states: UNIDIRECTIONAL_SEQUENCE_LSTM
    PlanTensor memoryStates = p.lstm("memory/states", normDequantize)
        .units(5)
        .floatOutput(7, 5);

    // memory: STRIDED_SLICE
    PlanTensor memory = p.lastStep("memory", memoryStates).floatOutput(5);

    p.output("memory", memory);
  }
}
