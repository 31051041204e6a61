package dev.detent.processor.placement;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.LoweredModel;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.model.QuantizationConfig;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What TFLite's 8-bit scheme can do. */
final class EightBitScheme {
  private static final int BITS = 8;

  private EightBitScheme() {}

  /** Reports each configuration that it cannot do, once. */
  static void check(LoweredModel model, Reporter reporter) {
    Set<QuantizationConfig> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Operation operation : model.operations()) {
      operation
          .layer()
          .declaration()
          .quantization()
          .filter(config -> config.source().isPresent() && seen.add(config))
          .ifPresent(config -> check(config, config.source().get(), reporter));
    }
  }

  private static void check(
      QuantizationConfig config, QuantizationConfig.Source source, Reporter reporter) {
    boolean sameBits = config.weightBits() == config.activationBits();
    if (config.weightBits() != BITS) {
      reporter.report(
          DiagnosticId.QUANTIZE_BITS,
          source.weightBits(),
          (sameBits ? "bits is " : "bits of weights is ")
              + config.weightBits()
              + ", but TFLite's 8-bit scheme has weights "
              + (sameBits ? "and activations " : "")
              + "of 8 bits. Set it to 8.");
    }
    if (config.activationBits() != BITS && !sameBits) {
      reporter.report(
          DiagnosticId.QUANTIZE_BITS,
          source.activationBits(),
          "bits of activations is "
              + config.activationBits()
              + ", but TFLite's 8-bit scheme has activations of 8 bits. Set it to 8.");
    }
    if (!config.narrowRange()) {
      reporter.report(
          DiagnosticId.QUANTIZE_FULL_RANGE,
          source.narrowRange(),
          "narrowRange is false, but TFLite's 8-bit scheme has weights from -127 to 127: its"
              + " kernels may multiply two of them into 16 bits, which -128 * -128 overflows."
              + " Remove the attribute.");
    }
  }
}
