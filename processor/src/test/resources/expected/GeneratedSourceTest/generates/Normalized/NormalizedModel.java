import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Normalized} declares: 676 parameters, 19,712 multiply-accumulates an example.
 *
 * <pre>
 * image            Input               [8, 8, 3]
 * rescaled         Rescaling           [8, 8, 3]
 * doubled          Rescaling           [8, 8, 3]
 * byChannel        Normalization       [8, 8, 3]
 * whole            Normalization       [8, 8, 3]
 * alreadyCentered  Normalization       [8, 8, 3]
 * first            Conv2D              [8, 8, 16]
 * grouped          GroupNormalization  [8, 8, 16]
 * active           Relu                [8, 8, 16]
 * second           Conv2D              [8, 8, 16]
 * scaled           LayerScale          [8, 8, 16]
 * dropped          StochasticDepth     [8, 8, 16]
 * sum              Add                 [8, 8, 16]
 * whole1           GroupNormalization  [8, 8, 16]
 * small            MaxPool2D           [2, 2, 16]
 * byInstance       GroupNormalization  [2, 2, 16]
 * rms              RmsNormalization    [2, 2, 16]
 * flat             Flatten             [64]
 * logits           Dense               [4]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class NormalizedModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Normalized")
      .input("image", 8, 8, 3)
      .layer("rescaled", "Rescaling", 0, 0, 8, 8, 3)
      .layer("doubled", "Rescaling", 0, 0, 8, 8, 3)
      .layer("byChannel", "Normalization", 0, 0, 8, 8, 3)
      .layer("whole", "Normalization", 0, 0, 8, 8, 3)
      .layer("alreadyCentered", "Normalization", 0, 0, 8, 8, 3)
      .layer("first", "Conv2D", 64, 3072, 8, 8, 16)
      .layer("grouped", "GroupNormalization", 32, 0, 8, 8, 16)
      .layer("active", "Relu", 0, 0, 8, 8, 16)
      .layer("second", "Conv2D", 272, 16_384, 8, 8, 16)
      .layer("scaled", "LayerScale", 16, 0, 8, 8, 16)
      .layer("dropped", "StochasticDepth", 0, 0, 8, 8, 16)
      .layer("sum", "Add", 0, 0, 8, 8, 16)
      .layer("whole1", "GroupNormalization", 0, 0, 8, 8, 16)
      .layer("small", "MaxPool2D", 0, 0, 2, 2, 16)
      .layer("byInstance", "GroupNormalization", 16, 0, 2, 2, 16)
      .layer("rms", "RmsNormalization", 16, 0, 2, 2, 16)
      .layer("flat", "Flatten", 0, 0, 64)
      .layer("logits", "Dense", 260, 256, 4)
      .output("logits", 4)
      .build();

  private NormalizedModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static NormalizedModel create(long seed) {
    return new NormalizedModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 192 values, [8, 8, 3]
   * @return logits: 4 values, [4]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 3], int8
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 8, 8, 3);

    // rescaled/scaled: MUL of Rescaling, [8, 8, 3] -> [8, 8, 3], int8
    Tensor rescaledScaled = n.multiplyConstant("rescaled/scaled", image, 0.00784313725490196)
        .output(ActivationRange.learned("rescaled/scaled", 8), 8, 8, 3);

    // rescaled: Rescaling, [8, 8, 3] -> [8, 8, 3], int8
    Tensor rescaled = n.addConstant("rescaled", rescaledScaled, -1.0)
        .output(ActivationRange.learned("rescaled", 8), 8, 8, 3);

    // doubled: Rescaling, [8, 8, 3] -> [8, 8, 3], int8
    Tensor doubled = n.multiplyConstant("doubled", rescaled, 2.0)
        .output(ActivationRange.learned("doubled", 8), 8, 8, 3);

    // byChannel/mean: constant of Normalization, [3], int8
    Tensor byChannelMean = n.parameter("byChannel/mean")
        .values(0.48, 0.45, 0.4)
        .untrained()
        .output(ActivationRange.learned("byChannel/mean", 8), 3);

    // byChannel/centered: SUB of Normalization, [8, 8, 3] and [3] -> [8, 8, 3], int8
    Tensor byChannelCentered = n.subtract("byChannel/centered", doubled, byChannelMean)
        .output(ActivationRange.learned("byChannel/centered", 8), 8, 8, 3);

    // byChannel/inverseDeviation: constant of Normalization, [3], int8
    Tensor byChannelInverseDeviation = n.parameter("byChannel/inverseDeviation")
        .values(4.47213595499958, 4.47213595499958, 4.08248290463863)
        .untrained()
        .output(ActivationRange.learned("byChannel/inverseDeviation", 8), 3);

    // byChannel: Normalization, [8, 8, 3] and [3] -> [8, 8, 3], int8
    Tensor byChannel = n.multiply("byChannel", byChannelCentered, byChannelInverseDeviation)
        .output(ActivationRange.learned("byChannel", 8), 8, 8, 3);

    // whole/centered: ADD of Normalization, [8, 8, 3] -> [8, 8, 3], int8
    Tensor wholeCentered = n.addConstant("whole/centered", byChannel, -0.5)
        .output(ActivationRange.learned("whole/centered", 8), 8, 8, 3);

    // whole: Normalization, [8, 8, 3] -> [8, 8, 3], int8
    Tensor whole = n.multiplyConstant("whole", wholeCentered, 0.5)
        .output(ActivationRange.learned("whole", 8), 8, 8, 3);

    // alreadyCentered/inverseDeviation: constant of Normalization, [3], int8
    Tensor alreadyCenteredInverseDeviation = n.parameter("alreadyCentered/inverseDeviation")
        .values(2.0, 1.0, 0.5)
        .untrained()
        .output(ActivationRange.learned("alreadyCentered/inverseDeviation", 8), 3);

    // alreadyCentered: Normalization, [8, 8, 3] and [3] -> [8, 8, 3], int8
    Tensor alreadyCentered = n.multiply("alreadyCentered", whole, alreadyCenteredInverseDeviation)
        .output(ActivationRange.learned("alreadyCentered", 8), 8, 8, 3);

    // first: Conv2D, [8, 8, 3] -> [8, 8, 16], int8 in one range with grouped/apart and 2 more
    Tensor first = n.conv2d("first", alreadyCentered)
        .kernel(1, 1, 3, 16)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("first", 8), 8, 8, 16);

    // grouped/apart: RESHAPE of GroupNormalization, [8, 8, 16] -> [64, 4, 4], int8 in the range of
    //     first
    Tensor groupedApart = n.reshape("grouped/apart", first).output(64, 4, 4);

    // grouped/together: TRANSPOSE of GroupNormalization, [64, 4, 4] -> [4, 64, 4], int8 in the
    //     range of first
    Tensor groupedTogether = n.transpose("grouped/together", groupedApart, 2, 1, 3)
        .output(4, 64, 4);

    // grouped/rows: RESHAPE of GroupNormalization, [4, 64, 4] -> [4, 256], int8 in the range of
    //     first
    Tensor groupedRows = n.reshape("grouped/rows", groupedTogether).output(4, 256);

    // grouped/mean: MEAN of GroupNormalization, [4, 256] -> [4, 1], int8
    Tensor groupedMean = n.mean("grouped/mean", groupedRows)
        .axes(2)
        .keepDims()
        .output(ActivationRange.learned("grouped/mean", 8), 4, 1);

    // grouped/centered: SUB of GroupNormalization, [4, 256] and [4, 1] -> [4, 256], int8 in one
    //     range with grouped/pieces
    Tensor groupedCentered = n.subtract("grouped/centered", groupedRows, groupedMean)
        .output(ActivationRange.learned("grouped/centered", 8), 4, 256);

    // grouped/pieces: RESHAPE of GroupNormalization, [4, 256] -> [4, 16, 16], int8 in the range of
    //     grouped/centered
    Tensor groupedPieces = n.reshape("grouped/pieces", groupedCentered).output(4, 16, 16);

    // grouped/units: L2_NORMALIZATION of GroupNormalization, [4, 16, 16] -> [4, 16, 16], int8
    Tensor groupedUnits = n.l2Normalization("grouped/units", groupedPieces, 0.001)
        .output(ActivationRange.fixed("grouped/units", 8, 1.0 / 128, 0), 4, 16, 16);

    // grouped/products: MUL of GroupNormalization, [4, 16, 16] -> [4, 16, 16], int8
    Tensor groupedProducts = n.multiply("grouped/products", groupedPieces, groupedUnits)
        .output(ActivationRange.learned("grouped/products", 8), 4, 16, 16);

    // grouped/lengths: MEAN of GroupNormalization, [4, 16, 16] -> [4, 16, 1], int8 in one range
    //     with grouped/lengthsInARow
    Tensor groupedLengths = n.mean("grouped/lengths", groupedProducts)
        .axes(3)
        .keepDims()
        .output(ActivationRange.learned("grouped/lengths", 8), 4, 16, 1);

    // grouped/lengthsInARow: RESHAPE of GroupNormalization, [4, 16, 1] -> [4, 16], int8 in the
    //     range of grouped/lengths
    Tensor groupedLengthsInARow = n.reshape("grouped/lengthsInARow", groupedLengths).output(4, 16);

    // grouped/shares: L2_NORMALIZATION of GroupNormalization, [4, 16] -> [4, 16], int8 in one range
    //     with grouped/sharesInAColumn
    Tensor groupedShares = n.l2Normalization("grouped/shares", groupedLengthsInARow, 6.25e-5)
        .output(ActivationRange.fixed("grouped/shares", 8, 1.0 / 128, 0), 4, 16);

    // grouped/sharesInAColumn: RESHAPE of GroupNormalization, [4, 16] -> [4, 16, 1], int8 in the
    //     range of grouped/shares
    Tensor groupedSharesInAColumn = n.reshape("grouped/sharesInAColumn", groupedShares)
        .output(4, 16, 1);

    // grouped/unit: MUL of GroupNormalization, [4, 16, 16] and [4, 16, 1] -> [4, 16, 16], int8 in
    //     one range with grouped/unitTogether and 2 more
    Tensor groupedUnit = n.multiply("grouped/unit", groupedUnits, groupedSharesInAColumn)
        .output(ActivationRange.learned("grouped/unit", 8), 4, 16, 16);

    // grouped/unitTogether: RESHAPE of GroupNormalization, [4, 16, 16] -> [4, 64, 4], int8 in the
    //     range of grouped/unit
    Tensor groupedUnitTogether = n.reshape("grouped/unitTogether", groupedUnit).output(4, 64, 4);

    // grouped/unitApart: TRANSPOSE of GroupNormalization, [4, 64, 4] -> [64, 4, 4], int8 in the
    //     range of grouped/unit
    Tensor groupedUnitApart = n.transpose("grouped/unitApart", groupedUnitTogether, 2, 1, 3)
        .output(64, 4, 4);

    // grouped/normalized: RESHAPE of GroupNormalization, [64, 4, 4] -> [8, 8, 16], int8 in the
    //     range of grouped/unit
    Tensor groupedNormalized = n.reshape("grouped/normalized", groupedUnitApart).output(8, 8, 16);

    // grouped/gamma: constant of GroupNormalization, [16], int8
    Tensor groupedGamma = n.parameter("grouped/gamma")
        .initializer(Initializer.ONES)
        .factor(16.0)
        .output(ActivationRange.learned("grouped/gamma", 8), 16);

    // grouped/scaled: MUL of GroupNormalization, [8, 8, 16] and [16] -> [8, 8, 16], int8
    Tensor groupedScaled = n.multiply("grouped/scaled", groupedNormalized, groupedGamma)
        .output(ActivationRange.learned("grouped/scaled", 8), 8, 8, 16);

    // grouped/beta: constant of GroupNormalization, [16], int8
    Tensor groupedBeta = n.parameter("grouped/beta")
        .output(ActivationRange.learned("grouped/beta", 8), 16);

    // grouped: GroupNormalization, [8, 8, 16] and [16] -> [8, 8, 16], int8
    Tensor grouped = n.add("grouped", groupedScaled, groupedBeta)
        .output(ActivationRange.learned("grouped", 8), 8, 8, 16);

    // active: Relu, [8, 8, 16] -> [8, 8, 16], int8
    Tensor active = n.unary("active", UnaryKind.RELU, grouped)
        .output(ActivationRange.learned("active", 8).nonNegative(), 8, 8, 16);

    // second: Conv2D, [8, 8, 16] -> [8, 8, 16], int8
    Tensor second = n.conv2d("second", active)
        .kernel(1, 1, 16, 16)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("second", 8), 8, 8, 16);

    // scaled/gamma: constant of LayerScale, [16], int8
    Tensor scaledGamma = n.parameter("scaled/gamma")
        .values(0.1)
        .output(ActivationRange.learned("scaled/gamma", 8), 16);

    // scaled: LayerScale, [8, 8, 16] and [16] -> [8, 8, 16], int8 in one range with dropped
    Tensor scaled = n.multiply("scaled", second, scaledGamma)
        .output(ActivationRange.learned("scaled", 8), 8, 8, 16);

    // dropped: StochasticDepth, [8, 8, 16] -> [8, 8, 16], int8 in the range of scaled
    Tensor dropped = n.stochasticDepth("dropped", scaled, 0.2);

    // sum: Add, [8, 8, 16] -> [8, 8, 16], int8 in one range with whole1/rows
    Tensor sum = n.add("sum", grouped, dropped).output(ActivationRange.learned("sum", 8), 8, 8, 16);

    // whole1/rows: RESHAPE of GroupNormalization, [8, 8, 16] -> [1, 1024], int8 in the range of sum
    Tensor whole1Rows = n.reshape("whole1/rows", sum).output(1, 1024);

    // whole1/mean: MEAN of GroupNormalization, [1, 1024] -> [1, 1], int8
    Tensor whole1Mean = n.mean("whole1/mean", whole1Rows)
        .axes(2)
        .keepDims()
        .output(ActivationRange.learned("whole1/mean", 8), 1, 1);

    // whole1/centered: SUB of GroupNormalization, [1, 1024] and [1, 1] -> [1, 1024], int8 in one
    //     range with whole1/pieces
    Tensor whole1Centered = n.subtract("whole1/centered", whole1Rows, whole1Mean)
        .output(ActivationRange.learned("whole1/centered", 8), 1, 1024);

    // whole1/pieces: RESHAPE of GroupNormalization, [1, 1024] -> [1, 32, 32], int8 in the range of
    //     whole1/centered
    Tensor whole1Pieces = n.reshape("whole1/pieces", whole1Centered).output(1, 32, 32);

    // whole1/units: L2_NORMALIZATION of GroupNormalization, [1, 32, 32] -> [1, 32, 32], int8
    Tensor whole1Units = n.l2Normalization("whole1/units", whole1Pieces, 0.001)
        .output(ActivationRange.fixed("whole1/units", 8, 1.0 / 128, 0), 1, 32, 32);

    // whole1/products: MUL of GroupNormalization, [1, 32, 32] -> [1, 32, 32], int8
    Tensor whole1Products = n.multiply("whole1/products", whole1Pieces, whole1Units)
        .output(ActivationRange.learned("whole1/products", 8), 1, 32, 32);

    // whole1/lengths: MEAN of GroupNormalization, [1, 32, 32] -> [1, 32, 1], int8 in one range with
    //     whole1/lengthsInARow
    Tensor whole1Lengths = n.mean("whole1/lengths", whole1Products)
        .axes(3)
        .keepDims()
        .output(ActivationRange.learned("whole1/lengths", 8), 1, 32, 1);

    // whole1/lengthsInARow: RESHAPE of GroupNormalization, [1, 32, 1] -> [1, 32], int8 in the range
    //     of whole1/lengths
    Tensor whole1LengthsInARow = n.reshape("whole1/lengthsInARow", whole1Lengths).output(1, 32);

    // whole1/shares: L2_NORMALIZATION of GroupNormalization, [1, 32] -> [1, 32], int8 in one range
    //     with whole1/sharesInAColumn
    Tensor whole1Shares = n.l2Normalization("whole1/shares", whole1LengthsInARow, 3.125e-5)
        .output(ActivationRange.fixed("whole1/shares", 8, 1.0 / 128, 0), 1, 32);

    // whole1/sharesInAColumn: RESHAPE of GroupNormalization, [1, 32] -> [1, 32, 1], int8 in the
    //     range of whole1/shares
    Tensor whole1SharesInAColumn = n.reshape("whole1/sharesInAColumn", whole1Shares)
        .output(1, 32, 1);

    // whole1/unit: MUL of GroupNormalization, [1, 32, 32] and [1, 32, 1] -> [1, 32, 32], int8 in
    //     one range with whole1/normalized
    Tensor whole1Unit = n.multiply("whole1/unit", whole1Units, whole1SharesInAColumn)
        .output(ActivationRange.learned("whole1/unit", 8), 1, 32, 32);

    // whole1/normalized: RESHAPE of GroupNormalization, [1, 32, 32] -> [8, 8, 16], int8 in the
    //     range of whole1/unit
    Tensor whole1Normalized = n.reshape("whole1/normalized", whole1Unit).output(8, 8, 16);

    // whole1/gamma: constant of GroupNormalization, [16], int8
    Tensor whole1Gamma = n.parameter("whole1/gamma")
        .initializer(Initializer.ONES)
        .factor(32.0)
        .untrained()
        .output(ActivationRange.learned("whole1/gamma", 8), 16);

    // whole1: GroupNormalization, [8, 8, 16] and [16] -> [8, 8, 16], int8 in one range with small
    //     and 3 more
    Tensor whole1 = n.multiply("whole1", whole1Normalized, whole1Gamma)
        .output(ActivationRange.learned("whole1", 8), 8, 8, 16);

    // small: MaxPool2D, [8, 8, 16] -> [2, 2, 16], int8 in the range of whole1
    Tensor small = n.maxPool2d("small", whole1).poolSize(4, 4).output(whole1.range(), 2, 2, 16);

    // byInstance/apart: RESHAPE of GroupNormalization, [2, 2, 16] -> [4, 16, 1], int8 in the range
    //     of whole1
    Tensor byInstanceApart = n.reshape("byInstance/apart", small).output(4, 16, 1);

    // byInstance/together: TRANSPOSE of GroupNormalization, [4, 16, 1] -> [16, 4, 1], int8 in the
    //     range of whole1
    Tensor byInstanceTogether = n.transpose("byInstance/together", byInstanceApart, 2, 1, 3)
        .output(16, 4, 1);

    // byInstance/rows: RESHAPE of GroupNormalization, [16, 4, 1] -> [16, 4], int8 in the range of
    //     whole1
    Tensor byInstanceRows = n.reshape("byInstance/rows", byInstanceTogether).output(16, 4);

    // byInstance/mean: MEAN of GroupNormalization, [16, 4] -> [16, 1], int8
    Tensor byInstanceMean = n.mean("byInstance/mean", byInstanceRows)
        .axes(2)
        .keepDims()
        .output(ActivationRange.learned("byInstance/mean", 8), 16, 1);

    // byInstance/centered: SUB of GroupNormalization, [16, 4] and [16, 1] -> [16, 4], int8
    Tensor byInstanceCentered = n.subtract("byInstance/centered", byInstanceRows, byInstanceMean)
        .output(ActivationRange.learned("byInstance/centered", 8), 16, 4);

    // byInstance/unit: L2_NORMALIZATION of GroupNormalization, [16, 4] -> [16, 4], int8 in one
    //     range with byInstance/unitTogether and 2 more
    Tensor byInstanceUnit = n.l2Normalization("byInstance/unit", byInstanceCentered, 0.001)
        .output(ActivationRange.fixed("byInstance/unit", 8, 1.0 / 128, 0), 16, 4);

    // byInstance/unitTogether: RESHAPE of GroupNormalization, [16, 4] -> [16, 4, 1], int8 in the
    //     range of byInstance/unit
    Tensor byInstanceUnitTogether = n.reshape("byInstance/unitTogether", byInstanceUnit)
        .output(16, 4, 1);

    // byInstance/unitApart: TRANSPOSE of GroupNormalization, [16, 4, 1] -> [4, 16, 1], int8 in the
    //     range of byInstance/unit
    Tensor byInstanceUnitApart = n.transpose("byInstance/unitApart", byInstanceUnitTogether, 2, 1, 3)
        .output(4, 16, 1);

    // byInstance/normalized: RESHAPE of GroupNormalization, [4, 16, 1] -> [2, 2, 16], int8 in the
    //     range of byInstance/unit
    Tensor byInstanceNormalized = n.reshape("byInstance/normalized", byInstanceUnitApart)
        .output(2, 2, 16);

    // byInstance/gamma: constant of GroupNormalization, [16], int8
    Tensor byInstanceGamma = n.parameter("byInstance/gamma")
        .initializer(Initializer.ONES)
        .factor(2.0)
        .output(ActivationRange.learned("byInstance/gamma", 8), 16);

    // byInstance: GroupNormalization, [2, 2, 16] and [16] -> [2, 2, 16], int8
    Tensor byInstance = n.multiply("byInstance", byInstanceNormalized, byInstanceGamma)
        .output(ActivationRange.learned("byInstance", 8), 2, 2, 16);

    // rms/unit: L2_NORMALIZATION of RmsNormalization, [2, 2, 16] -> [2, 2, 16], int8
    Tensor rmsUnit = n.l2Normalization("rms/unit", byInstance, 1e-6)
        .output(ActivationRange.fixed("rms/unit", 8, 1.0 / 128, 0), 2, 2, 16);

    // rms/gamma: constant of RmsNormalization, [16], int8
    Tensor rmsGamma = n.parameter("rms/gamma")
        .initializer(Initializer.ONES)
        .factor(4.0)
        .output(ActivationRange.learned("rms/gamma", 8), 16);

    // rms: RmsNormalization, [2, 2, 16] and [16] -> [2, 2, 16], int8 in one range with flat
    Tensor rms = n.multiply("rms", rmsUnit, rmsGamma)
        .output(ActivationRange.learned("rms", 8), 2, 2, 16);

    // flat: Flatten, [2, 2, 16] -> [64], int8 in the range of rms
    Tensor flat = n.reshape("flat", rms).output(64);

    // logits: Dense, [64] -> [4], int8
    Tensor logits = n.fullyConnected("logits", flat)
        .kernel(64, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 4);

    n.output("logits", logits);
  }
}
