package dev.detent.examples.sequences;

import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.MultiHeadAttention;

/** Queries, keys and values of three sequences of one channel; all kernels are ones. */
@Model
class Crossing {
  static final int QUERIES = 2;
  static final int STEPS = 3;

  @Input(shape = {STEPS, 1})
  Layer keys;

  @Input(shape = {STEPS, 1})
  Layer values;

  @Input(shape = {QUERIES, 1})
  Layer queries;

  @MultiHeadAttention(
      numHeads = 1,
      keyDim = 1,
      useBias = false,
      kernelInitializer = Initializer.ONES,
      valueFrom = "values",
      keyFrom = "keys")
  Layer attended;
}
