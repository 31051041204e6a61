package zoo.chips;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.LastValue;
import dev.detent.runtime.quantizer.WeightQuantization;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Configured} declares: 496 parameters, 448 multiply-accumulates an example.
 *
 * <pre>
 * values          Input  [16]
 * ofTheClass      Dense  [8]
 * ofTheField      Dense  [8]
 * ofTheUser       Dense  [8]
 * ofTheUserTwice  Dense  [8]
 * ofAQuantizer    Dense  [8]
 * logits          Dense  [8]
 * </pre>
 *
 * <p>Where a field says nothing else, as asked by {@code @QuantizeConfig(weights=@Weights(granularity=PER_TENSOR))}.
 */
@Generated("dev.detent.processor.DetentProcessor")
@SuppressWarnings({"deprecation", "rawtypes", "removal", "unchecked"})
public final class ConfiguredModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Configured")
      .input("values", 16)
      .layer("ofTheClass", "Dense", 136, 128, 8)
      .layer("ofTheField", "Dense", 72, 64, 8)
      .layer("ofTheUser", "Dense", 72, 64, 8)
      .layer("ofTheUserTwice", "Dense", 72, 64, 8)
      .layer("ofAQuantizer", "Dense", 72, 64, 8)
      .layer("logits", "Dense", 72, 64, 8)
      .output("logits", 8)
      .build();

  private ConfiguredModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  public static ConfiguredModel create(long seed) {
    return new ConfiguredModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param values 16 values, [16]
   * @return logits: 8 values, [8]
   */
  public float[] predict(float[] values) {
    return run(values)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // values: Input, [16], int8
    Tensor values = n.input("values").output(ActivationRange.learned("values", 8), 16);

    // ofTheClass: Dense, [16] -> [8], int8
    Tensor ofTheClass = n.fullyConnected("ofTheClass", values)
        .kernel(16, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("ofTheClass", 8), 8);

    // ofTheField: Dense, [8] -> [8], int8 symmetric
    //   as asked by @QuantizeConfig(bits=8, activations=@Activations(bits=8, symmetric=true))
    Tensor ofTheField = n.fullyConnected("ofTheField", ofTheClass)
        .kernel(8, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("ofTheField", 8).symmetric(), 8);

    // ofTheUser: Dense, [8] -> [8], int8 symmetric
    //   as asked by @MyChip
    Tensor ofTheUser = n.fullyConnected("ofTheUser", ofTheField)
        .kernel(8, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("ofTheUser", 8).symmetric().quantizer(Configured.Widest::new), 8);

    // ofTheUserTwice: Dense, [8] -> [8], int8 symmetric
    //   as asked by @MyOtherChip
    Tensor ofTheUserTwice = n.fullyConnected("ofTheUserTwice", ofTheUser)
        .kernel(8, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("ofTheUserTwice", 8).symmetric().quantizer(Configured.Widest::new), 8);

    // ofAQuantizer: Dense, [8] -> [8], int8
    //   as asked by @QuantizeConfig(activations=@Activations(quantizer=Configured.Widest.class))
    Tensor ofAQuantizer = n.fullyConnected("ofAQuantizer", ofTheUserTwice)
        .kernel(8, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("ofAQuantizer", 8).quantizer(Configured.Widest::new), 8);

    // logits: Dense, [8] -> [8], int8
    //   as asked by @QuantizeConfig(activations=@Activations(quantizer=LastValue.class))
    Tensor logits = n.fullyConnected("logits", ofAQuantizer)
        .kernel(8, 8)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8).quantizer(LastValue::new), 8);

    n.output("logits", logits);
  }
}
