package dev.detent.examples.detection;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Concat;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Output;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;
import dev.detent.examples.zoo.BoxPredictor;
import dev.detent.runtime.detection.Anchors;
import java.util.List;

/**
 * A small single-shot detector (Liu et al., 2016) for images of 48 by 48 pixels: seven
 * convolutions, and SSDLite's heads on feature maps of 6 by 6 and 3 by 3 places. For each of the
 * 180 anchors it answers scores of the background and three classes, and the box as offsets from
 * the anchor.
 */
@Model
@Quantize
public final class ShapeDetector {
  /** Four at each place: three proportions, and a larger square. */
  public static final Anchors ANCHORS = Anchors.ssd(0.3, 0.55, List.of(1.0, 2.0, 0.5), 6, 3);

  @Input(shape = {48, 48, 3})
  Layer image;

  @Conv2D(
      filters = 16,
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer half;

  @Conv2D(
      filters = 32,
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer quarter;

  @Conv2D(
      filters = 32,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer edges;

  @Conv2D(
      filters = 64,
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer eighth;

  @Conv2D(
      filters = 64,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer fine;

  @Conv2D(
      filters = 96,
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer sixteenth;

  @Conv2D(
      filters = 96,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer coarse;

  @BoxPredictor(boxes = 4, values = 4, from = "fine")
  Layer fineScores;

  @BoxPredictor(boxes = 4, values = 4, from = "coarse")
  Layer coarseScores;

  @Concat(
      value = {"fineScores", "coarseScores"},
      axis = 1)
  @Output
  Layer scores;

  @BoxPredictor(boxes = 4, values = 4, from = "fine")
  Layer fineBoxes;

  @BoxPredictor(boxes = 4, values = 4, from = "coarse")
  Layer coarseBoxes;

  @Concat(
      value = {"fineBoxes", "coarseBoxes"},
      axis = 1)
  @Output
  Layer boxes;
}
