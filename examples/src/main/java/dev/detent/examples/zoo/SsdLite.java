package dev.detent.examples.zoo;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Concat;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Output;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu6;

/**
 * A small detector: the first stages of MobileNetV2 at a width of 0.35 and SSDLite's heads (Sandler
 * et al., 2018, section 6.2) on two feature maps, of 12 by 12 and 6 by 6 places with three boxes
 * each. Its outputs have a row for each of the 540 boxes: scores of the background and four
 * classes, and the box as offsets from its place (Liu et al., 2016, section 2.2).
 */
@Model
@Quantize
public final class SsdLite {
  static final double alpha = 0.35;

  @Input(shape = {96, 96, 3})
  Layer image;

  @Conv2D(filters = 16, kernelSize = 3, strides = 2, padding = Padding.SAME, useBias = false)
  @BatchNorm
  @Relu6
  Layer stem;

  @InvertedResidual(expansion = 1, filters = 16)
  Layer stage1;

  @InvertedResidual(filters = 24, strides = 2, repeat = 2)
  Layer stage2;

  @InvertedResidual(filters = 32, strides = 2, repeat = 3)
  Layer fine;

  @InvertedResidual(filters = 64, strides = 2, repeat = 4)
  Layer coarse;

  @BoxPredictor(boxes = 3, values = 5, from = "fine")
  Layer fineScores;

  @BoxPredictor(boxes = 3, values = 5, from = "coarse")
  Layer coarseScores;

  @Concat(
      value = {"fineScores", "coarseScores"},
      axis = 1)
  @Output
  Layer scores;

  @BoxPredictor(boxes = 3, values = 4, from = "fine")
  Layer fineBoxes;

  @BoxPredictor(boxes = 3, values = 4, from = "coarse")
  Layer coarseBoxes;

  @Concat(
      value = {"fineBoxes", "coarseBoxes"},
      axis = 1)
  @Output
  Layer boxes;
}
