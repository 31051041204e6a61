package dev.detent.examples.zoo;

import dev.detent.annotations.Dense;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.QuantizeConfig;
import dev.detent.annotations.Weights;

/**
 * MLPerf Tiny's anomaly detection: an autoencoder of log-mel energies (Banbury et al., 2021). Its
 * dense layers have one scale each, as in the published int8 file: a scale for each of 640 outputs
 * of so small a layer would be a tenth of it.
 */
@Model
@Quantize
@QuantizeConfig(weights = @Weights(granularity = Granularity.PER_TENSOR))
public final class Autoencoder {
  @Input(shape = 640)
  Layer energies;

  @DenseUnit(units = 128, repeat = 4)
  Layer encoder;

  @DenseUnit(units = 8)
  Layer code;

  @DenseUnit(units = 128, repeat = 4)
  Layer decoder;

  @Dense(units = 640)
  Layer reconstruction;
}
