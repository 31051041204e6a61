package dev.detent.examples.zoo;

import dev.detent.annotations.Dense;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;

/** MLPerf Tiny's anomaly detection: an autoencoder of log-mel energies (Banbury et al., 2021). */
@Model
@Quantize
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
