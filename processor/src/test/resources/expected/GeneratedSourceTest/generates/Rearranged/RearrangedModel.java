import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.PadMode;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
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
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 6, 2], int8 in one range with blocks
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 8, 6, 2);

    // blocks: SpaceToDepth, [8, 6, 2] -> [4, 3, 8], int8 in the range of image
    Tensor blocks = n.spaceToDepth("blocks", image, 2).output(4, 3, 8);

    // mixed: Conv2D + Relu, [4, 3, 8] -> [4, 3, 8], int8 in one range with mirrored and 17 more
    Tensor mixed = n.conv2d("mixed", blocks)
        .kernel(1, 1, 8, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("mixed", 8).nonNegative(), 4, 3, 8);

    // mirrored: Pad, [4, 3, 8] -> [6, 7, 8], int8 in the range of mixed
    Tensor mirrored = n.mirrorPad("mirrored", mixed, PadMode.SYMMETRIC, 1, 1, 2, 2).output(6, 7, 8);

    // cropped: Crop2D, [6, 7, 8] -> [4, 6, 8], int8 in the range of mixed
    Tensor cropped = n.slice("cropped", mirrored, List.of(1, 0, 0), List.of(5, 6, 8), List.of(1, 1, 1))
        .output(4, 6, 8);

    // pixels: DepthToSpace, [4, 6, 8] -> [8, 12, 2], int8 in the range of mixed
    Tensor pixels = n.depthToSpace("pixels", cropped, 2).output(8, 12, 2);

    // wide: UpSample2D, [8, 12, 2] -> [8, 24, 2], int8 in the range of mixed
    Tensor wide = n.resizeNearestNeighbor("wide", pixels)
        .halfPixelCenters()
        .output(mixed.range(), 8, 24, 2);

    // smooth: Resize, [8, 24, 2] -> [5, 12, 2], int8 in the range of mixed
    Tensor smooth = n.resizeBilinear("smooth", wide)
        .halfPixelCenters()
        .output(mixed.range(), 5, 12, 2);

    // small: Resize, [5, 12, 2] -> [4, 6, 2], int8 in the range of mixed
    Tensor small = n.resizeNearestNeighbor("small", smooth)
        .alignCorners()
        .output(mixed.range(), 4, 6, 2);

    // large: UpSample2D, [4, 6, 2] -> [8, 12, 2], int8 in the range of mixed
    Tensor large = n.resizeBilinear("large", small)
        .halfPixelCenters()
        .output(mixed.range(), 8, 12, 2);

    // turned: Permute, [8, 12, 2] -> [2, 12, 8], int8 in the range of mixed
    Tensor turned = n.transpose("turned", large, 3, 2, 1).output(2, 12, 8);

    // sliced: Slice, [2, 12, 8] -> [2, 4, 8], int8 in the range of mixed
    Tensor sliced = n.slice("sliced", turned, List.of(0, 1, 0), List.of(2, 11, 8), List.of(1, 3, 1))
        .output(2, 4, 8);

    // second: Split, [2, 4, 8] -> [2, 1, 8], int8 in the range of mixed
    Tensor second = n.split("second", sliced, 2, 4, 1).output(2, 1, 8);

    // fourth: Split, [2, 4, 8] -> [2, 1, 8], int8 in the range of mixed
    Tensor fourth = n.split("fourth", sliced, 2, 4, 3).output(2, 1, 8);

    // half: Split, [2, 4, 8] -> [2, 4, 4], int8 in the range of mixed
    Tensor half = n.slice("half", sliced, List.of(0, 0, 4), List.of(2, 4, 8), List.of(1, 1, 1))
        .output(2, 4, 4);

    // stacked: Concat, [2, 1, 8] -> [6, 1, 8], int8 in the range of mixed
    Tensor stacked = n.concatenation("stacked", 1, fourth, second, fourth)
        .output(mixed.range(), 6, 1, 8);

    // steps: Reshape, [6, 1, 8] -> [6, 8], int8 in the range of mixed
    Tensor steps = n.reshape("steps", stacked).output(6, 8);

    // padded: ZeroPad1D, [6, 8] -> [9, 8], int8 in the range of mixed
    Tensor padded = n.zeroPad1d("padded", steps, 2, 1).output(9, 8);

    // shortened: Crop1D, [9, 8] -> [6, 8], int8 in the range of mixed
    Tensor shortened = n.slice("shortened", padded, List.of(0, 0), List.of(6, 8), List.of(1, 1))
        .output(6, 8);

    // total: Sum, [6, 8] -> [8], int8 in one range with repeated/row and 4 more
    Tensor total = n.sum("total", shortened)
        .axes(1)
        .output(ActivationRange.learned("total", 8).nonNegative(), 8);

    // repeated/row: RESHAPE of RepeatVector, [8] -> [1, 8], int8 in the range of total
    Tensor repeatedRow = n.reshape("repeated/row", total).output(1, 8);

    // repeated: RepeatVector, [1, 8] -> [3, 8], int8 in the range of total
    Tensor repeated = n.tile("repeated", repeatedRow, 3).output(3, 8);

    // flat: Flatten, [3, 8] -> [24], int8 in the range of total
    Tensor flat = n.reshape("flat", repeated).output(24);

    // largest: Max, [2, 4, 4] -> [2, 4], int8 in the range of mixed
    Tensor largest = n.reduceMax("largest", half).axes(2).output(mixed.range(), 2, 4);

    // largestFlat: Flatten, [2, 4] -> [8], int8 in the range of mixed
    Tensor largestFlat = n.reshape("largestFlat", largest).output(8);

    // largestFlat/quantize: QUANTIZE, [8] -> [8], int8 in the range of total
    Tensor largestFlatQuantize = n.quantize("largestFlat/quantize", largestFlat)
        .output(total.range(), 8);

    // all: Concat, [24] and [8] -> [32], int8 in the range of total
    Tensor all = n.concatenation("all", 1, flat, largestFlatQuantize).output(total.range(), 32);

    // logits: Dense, [32] -> [4], int8
    Tensor logits = n.fullyConnected("logits", all)
        .kernel(32, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 4);

    n.output("logits", logits);
  }
}
