import dev.detent.annotations.*;

/** Layers of sequences, each lowered to several operations or reading constants. */
class Attention {
  @Model
  @Quantize
  static class Heads {
    @Input(shape = {6, 8}) Layer steps;
    @PositionEmbedding Layer placed;
    @LayerNorm Layer norm;
    @MultiHeadAttention(numHeads = 2, keyDim = 3, valueDim = 5, dropout = 0.1) Layer heads;
    @Add({"placed", "heads"}) Layer sum;
    @LayerNorm(center = false, scale = false, epsilon = 1e-5) Layer plain;
    @MultiHeadAttention(numHeads = 1, keyDim = 4, useBias = false) Layer alone;
    @ScaledDotProductAttention({"alone", "placed", "sum"}) Layer attended;
    @BatchMatMul(value = {"attended", "norm"}, transposeB = true) Layer similarity;
    @Dense(units = 3) @Relu Layer logits;
  }

  /** Queries of one sequence, keys and values of others. */
  @Model
  @Quantize
  static class Cross {
    @Input(shape = {7, 5}) Layer encoded;
    @Dense(units = 6) Layer keys;
    @Input(shape = {4, 8}) Layer query;
    @MultiHeadAttention(numHeads = 2, keyDim = 3, valueFrom = "encoded") Layer heads;

    @MultiHeadAttention(
        numHeads = 1,
        keyDim = 4,
        valueDim = 2,
        from = "query",
        valueFrom = "encoded",
        keyFrom = "keys")
    Layer alone;

    @Add({"heads", "alone"}) Layer sum;
  }

  @Model
  @Quantize
  static class Words {
    @Input(shape = 7, dataType = DataType.INT32) Layer words;
    @Embedding(inputDim = 20, outputDim = 4) Layer vectors;
    @Lstm(units = 5, returnSequences = true) Layer lower;
    @Lstm(units = 6, useBias = false) Layer upper;
    @Dense(units = 2) Layer logits;
  }

  /** Two ways to reset, all states and the last one. */
  @Model
  @Quantize
  static class Unrolled {
    @Input(shape = {2, 3}) Layer steps;
    @Gru(units = 4, returnSequences = true) Layer lower;
    @Gru(units = 5, resetAfter = false) Layer upper;
  }

  /** Indices stay integers where all else is float. */
  @Model
  static class FloatWords {
    @Input(shape = 7, dataType = DataType.INT32) Layer words;
    @Embedding(inputDim = 20, outputDim = 4) Layer vectors;
    @LayerNorm @Quantize Layer norm;
    @Lstm(units = 5) Layer memory;
  }
}
