import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.PadMode;
import dev.detent.annotations.Padding;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Rearranged} declares: 204 parameters, 896 multiply-accumulates an example.
 *
 * <pre>
 * image        Input          [8, 6, 2]
 * blocks       SpaceToDepth   [4, 3, 8]
 * mixed        Conv2D + Relu  [4, 3, 8]
 * mirrored     Pad            [6, 7, 8]
 * cropped      Crop2D         [4, 6, 8]
 * pixels       DepthToSpace   [8, 12, 2]
 * wide         UpSample2D     [8, 24, 2]
 * smooth       Resize         [5, 12, 2]
 * small        Resize         [4, 6, 2]
 * large        UpSample2D     [8, 12, 2]
 * turned       Permute        [2, 12, 8]
 * sliced       Slice          [2, 4, 8]
 * second       Split          [2, 1, 8]
 * fourth       Split          [2, 1, 8]
 * half         Split          [2, 4, 4]
 * stacked      Concat         [6, 1, 8]
 * steps        Reshape        [6, 8]
 * padded       ZeroPad1D      [9, 8]
 * shortened    Crop1D         [6, 8]
 * total        Sum            [8]
 * repeated     RepeatVector   [3, 8]
 * flat         Flatten        [24]
 * largest      Max            [2, 4]
 * largestFlat  Flatten        [8]
 * all          Concat         [32]
 * logits       Dense          [4]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class RearrangedModel extends DetentModel<Dataset> {
  /**
   * image, blocks.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);

  /**
   * mixed, mirrored, cropped, pixels, wide, smooth, small, large, turned, sliced, second, fourth, half, stacked, steps, padded, shortened, largest, largestFlat.
   */
  private static final ActivationRange MIXED = ActivationRange.learned("mixed", 8).nonNegative();

  /**
   * total, repeated/row, repeated, flat, largestFlat/quantize, all.
   */
  private static final ActivationRange TOTAL = ActivationRange.learned("total", 8).nonNegative();

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("Rearranged")
      .input("image", 8, 6, 2)
      .layer("blocks", "SpaceToDepth", 0, 0, 4, 3, 8)
      .layer("mixed", "Conv2D + Relu", 72, 768, 4, 3, 8)
      .layer("mirrored", "Pad", 0, 0, 6, 7, 8)
      .layer("cropped", "Crop2D", 0, 0, 4, 6, 8)
      .layer("pixels", "DepthToSpace", 0, 0, 8, 12, 2)
      .layer("wide", "UpSample2D", 0, 0, 8, 24, 2)
      .layer("smooth", "Resize", 0, 0, 5, 12, 2)
      .layer("small", "Resize", 0, 0, 4, 6, 2)
      .layer("large", "UpSample2D", 0, 0, 8, 12, 2)
      .layer("turned", "Permute", 0, 0, 2, 12, 8)
      .layer("sliced", "Slice", 0, 0, 2, 4, 8)
      .layer("second", "Split", 0, 0, 2, 1, 8)
      .layer("fourth", "Split", 0, 0, 2, 1, 8)
      .layer("half", "Split", 0, 0, 2, 4, 4)
      .layer("stacked", "Concat", 0, 0, 6, 1, 8)
      .layer("steps", "Reshape", 0, 0, 6, 8)
      .layer("padded", "ZeroPad1D", 0, 0, 9, 8)
      .layer("shortened", "Crop1D", 0, 0, 6, 8)
      .layer("total", "Sum", 0, 0, 8)
      .layer("repeated", "RepeatVector", 0, 0, 3, 8)
      .layer("flat", "Flatten", 0, 0, 24)
      .layer("largest", "Max", 0, 0, 2, 4)
      .layer("largestFlat", "Flatten", 0, 0, 8)
      .layer("all", "Concat", 0, 0, 32)
      .layer("logits", "Dense", 132, 128, 4)
      .output("logits", 4)
      .build();

  private RearrangedModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static RearrangedModel create(long seed) {
    return new RearrangedModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 96 values, [8, 6, 2]
   * @return logits: 4 values, [4]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void graph(GraphBuilder g) {
    // image: Input, [8, 6, 2]
    //   output int8 in range IMAGE
    LayerTensor image = g.input("image", 8, 6, 2).output(IMAGE);

    // blocks: SpaceToDepth, [8, 6, 2] -> [4, 3, 8]
    //   output int8 in range IMAGE
    LayerTensor blocks = g.move("blocks", image).spaceToDepth(2);

    // mixed: Conv2D + Relu, [4, 3, 8] -> [4, 3, 8]
    //   kernel [1, 1, 8, 8], int8 per channel; output int8 in range MIXED
    LayerTensor mixed = g.conv2d("mixed", blocks)
        .kernel(1, 1, 8, 8)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(MIXED);

    // mirrored: Pad, [4, 3, 8] -> [6, 7, 8]
    //   output int8 in range MIXED
    LayerTensor mirrored = g.move("mirrored", mixed).mirrorPad(PadMode.SYMMETRIC, 1, 1, 2, 2);

    // cropped: Crop2D, [6, 7, 8] -> [4, 6, 8]
    //   output int8 in range MIXED
    LayerTensor cropped = g.move("cropped", mirrored).slice(List.of(1, 0, 0), List.of(5, 6, 8), List.of(1, 1, 1));

    // pixels: DepthToSpace, [4, 6, 8] -> [8, 12, 2]
    //   output int8 in range MIXED
    LayerTensor pixels = g.move("pixels", cropped).depthToSpace(2);

    // wide: UpSample2D, [8, 12, 2] -> [8, 24, 2]
    //   output int8 in range MIXED
    LayerTensor wide = g.resizeNearestNeighbor("wide", pixels, 8, 24)
        .halfPixelCenters()
        .output(MIXED);

    // smooth: Resize, [8, 24, 2] -> [5, 12, 2]
    //   output int8 in range MIXED
    LayerTensor smooth = g.resizeBilinear("smooth", wide, 5, 12)
        .halfPixelCenters()
        .output(MIXED);

    // small: Resize, [5, 12, 2] -> [4, 6, 2]
    //   output int8 in range MIXED
    LayerTensor small = g.resizeNearestNeighbor("small", smooth, 4, 6)
        .alignCorners()
        .output(MIXED);

    // large: UpSample2D, [4, 6, 2] -> [8, 12, 2]
    //   output int8 in range MIXED
    LayerTensor large = g.resizeBilinear("large", small, 8, 12)
        .halfPixelCenters()
        .output(MIXED);

    // turned: Permute, [8, 12, 2] -> [2, 12, 8]
    //   output int8 in range MIXED
    LayerTensor turned = g.move("turned", large).transpose(3, 2, 1);

    // sliced: Slice, [2, 12, 8] -> [2, 4, 8]
    //   output int8 in range MIXED
    LayerTensor sliced = g.move("sliced", turned).slice(List.of(0, 1, 0), List.of(2, 11, 8), List.of(1, 3, 1));

    // second: Split, [2, 4, 8] -> [2, 1, 8]
    //   output int8 in range MIXED
    LayerTensor second = g.move("second", sliced).slice(List.of(0, 1, 0), List.of(2, 2, 8), List.of(1, 1, 1));

    // fourth: Split, [2, 4, 8] -> [2, 1, 8]
    //   output int8 in range MIXED
    LayerTensor fourth = g.move("fourth", sliced).slice(List.of(0, 3, 0), List.of(2, 4, 8), List.of(1, 1, 1));

    // half: Split, [2, 4, 8] -> [2, 4, 4]
    //   output int8 in range MIXED
    LayerTensor half = g.move("half", sliced).slice(List.of(0, 0, 4), List.of(2, 4, 8), List.of(1, 1, 1));

    // stacked: Concat, [2, 1, 8] -> [6, 1, 8]
    //   output int8 in range MIXED
    LayerTensor stacked = g.concat("stacked", 1, fourth, second, fourth).output(MIXED);

    // steps: Reshape, [6, 1, 8] -> [6, 8]
    //   output int8 in range MIXED
    LayerTensor steps = g.reshape("steps", stacked, 6, 8);

    // padded: ZeroPad1D, [6, 8] -> [9, 8]
    //   output int8 in range MIXED
    LayerTensor padded = g.move("padded", steps).zeroPad1d(2, 1);

    // shortened: Crop1D, [9, 8] -> [6, 8]
    //   output int8 in range MIXED
    LayerTensor shortened = g.move("shortened", padded).slice(List.of(0, 0), List.of(6, 8), List.of(1, 1));

    // total: Sum, [6, 8] -> [8]
    //   output int8 in range TOTAL
    LayerTensor total = g.sum("total", shortened)
        .axes(1)
        .keepDims(false)
        .output(TOTAL);

    // repeated/row: RESHAPE of RepeatVector, [8] -> [1, 8]
    //   output int8 in range TOTAL
    LayerTensor repeatedRow = g.reshape("repeated/row", total, 1, 8);

    // repeated: RepeatVector, [1, 8] -> [3, 8]
    //   output int8 in range TOTAL
    LayerTensor repeated = g.move("repeated", repeatedRow).repeat(3);

    // flat: Flatten, [3, 8] -> [24]
    //   output int8 in range TOTAL
    LayerTensor flat = g.reshape("flat", repeated, 24);

    // largest: Max, [2, 4, 4] -> [2, 4]
    //   output int8 in range MIXED
    LayerTensor largest = g.reduceMax("largest", half)
        .axes(2)
        .keepDims(false)
        .output(MIXED);

    // largestFlat: Flatten, [2, 4] -> [8]
    //   output int8 in range MIXED
    LayerTensor largestFlat = g.reshape("largestFlat", largest, 8);

    // largestFlat/quantize: QUANTIZE, [8] -> [8]
    //   output int8 in range TOTAL
    LayerTensor largestFlatQuantize = g.quantize("largestFlat/quantize", largestFlat, TOTAL);

    // all: Concat, [24] and [8] -> [32]
    //   output int8 in range TOTAL
    LayerTensor all = g.concat("all", 1, flat, largestFlatQuantize).output(TOTAL);

    // logits: Dense, [32] -> [4]
    //   kernel [32, 4], int8 per tensor; output int8 in range LOGITS
    LayerTensor logits = g.dense("logits", all)
        .kernel(32, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGITS);

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 6, 2).output(IMAGE);

    // blocks: SPACE_TO_DEPTH
    PlanTensor blocks = p.move("blocks", image).spaceToDepth(2).output(IMAGE, 4, 3, 8);

    // mixed: CONV_2D with RELU
    PlanTensor mixed = p.conv2d("mixed", blocks)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(MIXED, 4, 3, 8);

    // mirrored: MIRROR_PAD
    PlanTensor mirrored = p.move("mirrored", mixed).mirrorPad(PadMode.SYMMETRIC, 1, 1, 2, 2).output(MIXED, 6, 7, 8);

    // cropped: STRIDED_SLICE
    PlanTensor cropped = p.move("cropped", mirrored).slice(List.of(1, 0, 0), List.of(5, 6, 8), List.of(1, 1, 1)).output(MIXED, 4, 6, 8);

    // pixels: DEPTH_TO_SPACE
    PlanTensor pixels = p.move("pixels", cropped).depthToSpace(2).output(MIXED, 8, 12, 2);

    // wide: RESIZE_NEAREST_NEIGHBOR
    PlanTensor wide = p.resizeNearestNeighbor("wide", pixels)
        .halfPixelCenters()
        .output(MIXED, 8, 24, 2);

    // smooth: RESIZE_BILINEAR
    PlanTensor smooth = p.resizeBilinear("smooth", wide)
        .halfPixelCenters()
        .output(MIXED, 5, 12, 2);

    // small: RESIZE_NEAREST_NEIGHBOR
    PlanTensor small = p.resizeNearestNeighbor("small", smooth)
        .alignCorners()
        .output(MIXED, 4, 6, 2);

    // large: RESIZE_BILINEAR
    PlanTensor large = p.resizeBilinear("large", small)
        .halfPixelCenters()
        .output(MIXED, 8, 12, 2);

    // turned: TRANSPOSE
    PlanTensor turned = p.move("turned", large).transpose(3, 2, 1).output(MIXED, 2, 12, 8);

    // sliced: STRIDED_SLICE
    PlanTensor sliced = p.move("sliced", turned).slice(List.of(0, 1, 0), List.of(2, 11, 8), List.of(1, 3, 1)).output(MIXED, 2, 4, 8);

    // second: SPLIT
    PlanTensor second = p.move("second", sliced).split(2, 4, 1).output(MIXED, 2, 1, 8);

    // fourth: SPLIT
    PlanTensor fourth = p.move("fourth", sliced).split(2, 4, 3).output(MIXED, 2, 1, 8);

    // half: STRIDED_SLICE
    PlanTensor half = p.move("half", sliced).slice(List.of(0, 0, 4), List.of(2, 4, 8), List.of(1, 1, 1)).output(MIXED, 2, 4, 4);

    // stacked: CONCATENATION
    PlanTensor stacked = p.concatenation("stacked", 1, fourth, second, fourth).output(MIXED, 6, 1, 8);

    // steps: RESHAPE
    PlanTensor steps = p.reshape("steps", stacked).output(MIXED, 6, 8);

    // padded: PAD
    PlanTensor padded = p.move("padded", steps).zeroPad1d(2, 1).output(MIXED, 9, 8);

    // shortened: STRIDED_SLICE
    PlanTensor shortened = p.move("shortened", padded).slice(List.of(0, 0), List.of(6, 8), List.of(1, 1)).output(MIXED, 6, 8);

    // total: SUM
    PlanTensor total = p.sum("total", shortened)
        .axes(1)
        .keepDims(false)
        .output(TOTAL, 8);

    // repeated/row: RESHAPE
    PlanTensor repeatedRow = p.reshape("repeated/row", total).output(TOTAL, 1, 8);

    // repeated: TILE
    PlanTensor repeated = p.move("repeated", repeatedRow).repeat(3).output(TOTAL, 3, 8);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", repeated).output(TOTAL, 24);

    // largest: REDUCE_MAX
    PlanTensor largest = p.reduceMax("largest", half)
        .axes(2)
        .keepDims(false)
        .output(MIXED, 2, 4);

    // largestFlat: RESHAPE
    PlanTensor largestFlat = p.reshape("largestFlat", largest).output(MIXED, 8);

    // largestFlat/quantize: QUANTIZE
    PlanTensor largestFlatQuantize = p.quantize("largestFlat/quantize", largestFlat).output(TOTAL, 8);

    // all: CONCATENATION
    PlanTensor all = p.concatenation("all", 1, flat, largestFlatQuantize).output(TOTAL, 32);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", all).output(LOGITS, 4);

    p.output("logits", logits);
  }
}
