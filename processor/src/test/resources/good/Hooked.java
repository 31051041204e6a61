import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

/** Quantizers of the user's own, named by class or by annotations that carry their parameters. */
@Model
@Quantize
@Hooked.Stepped
class Hooked {
  @Input(shape = {8, 8, 3}) Layer image;

  @Conv2D(filters = 4, kernelSize = 3)
  @Relu
  @Stepped(
      step = 0.25,
      count = 7,
      name = "a \"b\"",
      letter = '\'',
      granularity = Granularity.PER_TENSOR,
      of = String.class,
      numbers = {1, 2})
  Layer stepped;

  @Conv2D(filters = 4, kernelSize = 3) @Twice Layer twice;
  @Conv2D(filters = 4, kernelSize = 3) @QuantizeConfig(layer = Whole.class) Layer whole;
  @Conv2D(filters = 4, kernelSize = 1) @ByWhole(name = "kernel") Layer named;
  @Conv2D(filters = 4, kernelSize = 1) @Relu @Clipped(decay = 1e-3) Layer clipped;
  @Flatten Layer flat;

  @Dense(units = 4)
  @QuantizeConfig(weights = @Weights(quantizer = None.class))
  Layer logits;

  @QuantizeWith(weights = Steps.class, activations = Steps.class)
  @QuantizeConfig(weights = @Weights(granularity = Granularity.PER_TENSOR))
  @interface Stepped {
    double step() default 0.5;

    int bits() default 0;

    long count() default 3;

    String name() default "";

    char letter() default 'x';

    Granularity granularity() default Granularity.PER_CHANNEL;

    Class<?> of() default Object.class;

    int[] numbers() default {};
  }

  @Stepped(step = 2, bits = 8)
  @interface Twice {}

  @QuantizeWith(layer = Whole.class)
  @interface ByWhole {
    String name();
  }

  /** The parameter goes to the quantizer that takes it. */
  @QuantizeWith(weights = LearnedStep.class, activations = Pact.class)
  @interface Clipped {
    double decay();
  }

  record Steps(
      double step,
      long count,
      String name,
      char letter,
      Granularity granularity,
      Class<?> of,
      int[] numbers)
      implements WeightQuantizer, ActivationQuantizer {
    @Override
    public Grid grid(Site site) {
      return Grid.of(site, site.tf().constant((float) step));
    }
  }

  static class Whole implements LayerQuantizer {
    Whole() {}

    Whole(String name) {}
  }
}
