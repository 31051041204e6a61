package dev.detent.examples.sequences;

import dev.detent.annotations.DataType;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Embedding;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Lstm;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;

/** Which of two words comes first: a table, and two memories one above the other. */
@Model
@Quantize
class WordOrder {
  static final int WORDS = 8;
  static final int VOCABULARY = 12;

  @Input(shape = WORDS, dataType = DataType.INT32)
  Layer words;

  @Embedding(inputDim = VOCABULARY, outputDim = 6)
  Layer vectors;

  @Lstm(units = 10, returnSequences = true)
  Layer lower;

  @Lstm(units = 8)
  Layer upper;

  @Dense(units = 2)
  Layer logits;
}
