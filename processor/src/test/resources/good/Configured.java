package zoo.chips;

import dev.detent.annotations.Activations;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.QuantizeConfig;
import dev.detent.annotations.Weights;
import dev.detent.runtime.quantizer.Grid;
import dev.detent.runtime.quantizer.LastValue;
import dev.detent.runtime.quantizer.ActivationQuantizer;
import dev.detent.runtime.quantizer.Site;

/** The nearest configuration counts: the field's, else the class's; the user's own stand for one. */
@Model
@Quantize
@QuantizeConfig(weights = @Weights(granularity = Granularity.PER_TENSOR))
public class Configured {
  @Input(shape = 16) Layer values;
  @Dense(units = 8) Layer ofTheClass;

  @Dense(units = 8)
  @QuantizeConfig(bits = 8, activations = @Activations(bits = 8, symmetric = true))
  Layer ofTheField;

  @Dense(units = 8) @MyChip Layer ofTheUser;
  @Dense(units = 8) @MyOtherChip Layer ofTheUserTwice;

  @Dense(units = 8)
  @QuantizeConfig(activations = @Activations(quantizer = Widest.class))
  Layer ofAQuantizer;

  @Dense(units = 8)
  @QuantizeConfig(activations = @Activations(quantizer = LastValue.class))
  Layer logits;

  /** A quantizer of the user's own. */
  static final class Widest implements ActivationQuantizer {
    @Override
    public Grid grid(Site site) {
      return Grid.of(site, site.tf().constant(0.5f));
    }
  }
}

@QuantizeConfig(
    weights = @Weights(bits = 8, narrowRange = true),
    activations = @Activations(symmetric = true, quantizer = Configured.Widest.class))
@interface MyChip {}

@MyChip
@interface MyOtherChip {}
