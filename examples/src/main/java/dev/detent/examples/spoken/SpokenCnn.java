package dev.detent.examples.spoken;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Conv1D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Dropout;
import dev.detent.annotations.GlobalAveragePool1D;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.MaxPool1D;
import dev.detent.annotations.Model;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;
import dev.detent.annotations.SeparableConv1D;

/**
 * Convolutions over the frames of a log-mel spectrogram, whose bands are their channels; the first
 * is a full one, the others are separable.
 */
@Model
@Quantize
public class SpokenCnn {
  static final int FRAMES = 49;
  static final int BANDS = 40;

  @Input(shape = {FRAMES, BANDS})
  Layer spectrogram;

  @Conv1D(filters = 48, kernelSize = 5, strides = 2, padding = Padding.SAME, useBias = false)
  @BatchNorm
  @Relu
  Layer conv1;

  @SeparableConv1D(filters = 64, kernelSize = 5, padding = Padding.SAME, useBias = false)
  @BatchNorm
  @Relu
  Layer conv2;

  @MaxPool1D(poolSize = 2)
  Layer pool;

  @SeparableConv1D(filters = 96, kernelSize = 5, padding = Padding.SAME, useBias = false)
  @BatchNorm
  @Relu
  Layer conv3;

  @GlobalAveragePool1D Layer mean;

  @Dropout(rate = 0.2)
  Layer dropout;

  @Dense(units = 10)
  Layer logits;
}
