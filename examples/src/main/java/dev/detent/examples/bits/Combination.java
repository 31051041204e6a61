package dev.detent.examples.bits;

import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import java.util.function.LongFunction;

/** ResNet-8 at some widths with some quantization algorithm. */
public enum Combination {
  /** 8 bits, ranges that the data have. */
  INT8_MIN_MAX("8/8", "min-max", true, EightBits_MinMaxModel::create),
  /** 8 bits, LSQ. */
  INT8_LSQ("8/8", "LSQ", true, EightBits_LearnedModel::create),
  /** 8 bits, PACT. */
  INT8_PACT("8/8", "PACT", true, EightBits_ClippingModel::create),
  /** Weights of 4 bits, ranges that the data have. */
  INT4_WEIGHTS_MIN_MAX("4/8", "min-max", true, FourBitWeights_MinMaxModel::create),
  /** Weights of 4 bits, LSQ. */
  INT4_WEIGHTS_LSQ("4/8", "LSQ", true, FourBitWeights_LearnedModel::create),
  /** Weights of 4 bits, PACT. */
  INT4_WEIGHTS_PACT("4/8", "PACT", true, FourBitWeights_ClippingModel::create),
  /** 4 bits, ranges that the data have. */
  INT4_MIN_MAX("4/4", "min-max", false, FourBits_MinMaxModel::create),
  /** 4 bits, LSQ. */
  INT4_LSQ("4/4", "LSQ", false, FourBits_LearnedModel::create),
  /** 4 bits, PACT. */
  INT4_PACT("4/4", "PACT", false, FourBits_ClippingModel::create),
  /** Activations of 16 bits, ranges that the data have. */
  INT16X8_MIN_MAX("16x8", "min-max", true, SixteenBitActivations_MinMaxModel::create),
  /** Activations of 16 bits, LSQ. */
  INT16X8_LSQ("16x8", "LSQ", true, SixteenBitActivations_LearnedModel::create),
  /** Activations of 16 bits, PACT. */
  INT16X8_PACT("16x8", "PACT", true, SixteenBitActivations_ClippingModel::create),
  /** Scales that are powers of two, ranges that the data have. */
  SHIFTS_MIN_MAX("power of two", "min-max", false, ShiftScales_MinMaxModel::create),
  /** Scales that are powers of two, LSQ. */
  SHIFTS_LSQ("power of two", "LSQ", false, ShiftScales_LearnedModel::create),
  /** Scales that are powers of two, PACT. */
  SHIFTS_PACT("power of two", "PACT", false, ShiftScales_ClippingModel::create);

  private final String widths;
  private final String algorithm;
  private final boolean deploys;
  private final LongFunction<DetentModel<Dataset>> create;

  Combination(
      String widths, String algorithm, boolean deploys, LongFunction<DetentModel<Dataset>> create) {
    this.widths = widths;
    this.algorithm = algorithm;
    this.deploys = deploys;
    this.create = create;
  }

  /** Weights / activations in bits; {@code 16x8}, as TFLite calls it, the other way round. */
  public String widths() {
    return widths;
  }

  /** How ranges are found: by its usual name. */
  public String algorithm() {
    return algorithm;
  }

  /** Whether TFLite runs it; else it is simulated. */
  public boolean deploys() {
    return deploys;
  }

  /** A new model of it, which the caller closes; all have layers of the same names. */
  public DetentModel<Dataset> create(long seed) {
    return create.apply(seed);
  }
}
