package dev.detent.examples.cifar;

import dev.detent.annotations.Add;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.LayerNorm;
import dev.detent.annotations.Model;
import dev.detent.annotations.MultiHeadAttention;
import dev.detent.annotations.PositionEmbedding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;
import dev.detent.annotations.Reshape;

/**
 * A small vision transformer (Dosovitskiy et al., "An Image is Worth 16x16 Words", 2021) for
 * CIFAR-10: 64 patches of 4 by 4 pixels as vectors of 64 numbers, two blocks of four heads, and the
 * mean over the patches in place of a class token (Beyer, Zhai and Kolesnikov, "Better plain ViT
 * baselines for ImageNet-1k", 2022). Between the dense layers stands a ReLU, which TFLite fuses.
 */
@Model
@Quantize
public class VisionTransformer {
  private static final int PATCH = 4;
  private static final int PATCHES = 64;
  private static final int CHANNELS = 64;
  private static final int HEADS = 4;
  private static final int KEY = 16;
  private static final int WIDE = 128;

  @Input(shape = {32, 32, 3})
  Layer image;

  @Conv2D(filters = CHANNELS, kernelSize = PATCH, strides = PATCH)
  Layer patches;

  @Reshape(shape = {PATCHES, CHANNELS})
  Layer sequence;

  @PositionEmbedding Layer embedded;

  @LayerNorm Layer norm1a;

  @MultiHeadAttention(numHeads = HEADS, keyDim = KEY)
  Layer attention1;

  @Add({"embedded", "attention1"})
  Layer sum1a;

  @LayerNorm Layer norm1b;

  @Dense(units = WIDE)
  @Relu
  Layer wide1;

  @Dense(units = CHANNELS)
  Layer narrow1;

  @Add({"sum1a", "narrow1"})
  Layer sum1b;

  @LayerNorm Layer norm2a;

  @MultiHeadAttention(numHeads = HEADS, keyDim = KEY)
  Layer attention2;

  @Add({"sum1b", "attention2"})
  Layer sum2a;

  @LayerNorm Layer norm2b;

  @Dense(units = WIDE)
  @Relu
  Layer wide2;

  @Dense(units = CHANNELS)
  Layer narrow2;

  @Add({"sum2a", "narrow2"})
  Layer sum2b;

  @LayerNorm Layer norm;

  @Reshape(shape = {PATCHES, 1, CHANNELS})
  Layer grid;

  @GlobalAveragePool2D Layer mean;

  @Dense(units = 10)
  Layer logits;
}
