package dev.detent.examples.sequences;

import dev.detent.annotations.BatchMatMul;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.LayerNorm;
import dev.detent.annotations.Model;
import dev.detent.annotations.MultiHeadAttention;
import dev.detent.annotations.PositionEmbedding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.ScaledDotProductAttention;

/**
 * Every way to put attention together: by hand from two inputs, and the whole layer of one head.
 */
@Model
@Quantize
class Matching {
  @Input(shape = {5, 6})
  Layer query;

  @Input(shape = {7, 6})
  Layer key;

  @BatchMatMul(
      value = {"query", "key"},
      transposeB = true)
  Layer similarity;

  @Dense(units = 6)
  Layer wide;

  @Dense(units = 4, from = "key")
  Layer value;

  @ScaledDotProductAttention({"wide", "key", "value"})
  Layer attended;

  @PositionEmbedding Layer placed;

  @LayerNorm(center = false, scale = false)
  Layer norm;

  @MultiHeadAttention(numHeads = 1, keyDim = 3, valueDim = 5, dropout = 0.1, useBias = false)
  Layer alone;

  @Flatten Layer flat;

  @Dense(units = 2)
  Layer logits;
}
