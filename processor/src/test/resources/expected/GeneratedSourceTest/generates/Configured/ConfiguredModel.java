package zoo.chips;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.LastValue;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
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
  /**
   * values.
   */
  private static final ActivationRange VALUES = ActivationRange.learned("values", 8);

  /**
   * ofTheClass.
   */
  private static final ActivationRange OF_THE_CLASS = ActivationRange.learned("ofTheClass", 8);

  /**
   * ofTheField.
   */
  private static final ActivationRange OF_THE_FIELD = ActivationRange.learned("ofTheField", 8).symmetric();

  /**
   * ofTheUser.
   */
  private static final ActivationRange OF_THE_USER = ActivationRange.learned("ofTheUser", 8).symmetric()
      .quantizer(Configured.Widest::new);

  /**
   * ofTheUserTwice.
   */
  private static final ActivationRange OF_THE_USER_TWICE = ActivationRange.learned("ofTheUserTwice", 8).symmetric()
      .quantizer(Configured.Widest::new);

  /**
   * ofAQuantizer.
   */
  private static final ActivationRange OF_A_QUANTIZER = ActivationRange.learned("ofAQuantizer", 8)
      .quantizer(Configured.Widest::new);

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8)
      .quantizer(LastValue::new);

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
  protected void graph(GraphBuilder g) {
    // values: Input, [16]
    //   output int8 in range VALUES
    LayerTensor values = g.input("values", 16).output(VALUES);

    // ofTheClass: Dense, [16] -> [8]
    //   kernel [16, 8], int8 per tensor; output int8 in range OF_THE_CLASS
    LayerTensor ofTheClass = g.dense("ofTheClass", values)
        .kernel(16, 8)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(OF_THE_CLASS);

    // ofTheField: Dense, [8] -> [8]
    //   kernel [8, 8], int8 per tensor; output int8 symmetric in range OF_THE_FIELD
    //   as asked by @QuantizeConfig(bits=8, activations=@Activations(bits=8, symmetric=true))
    LayerTensor ofTheField = g.dense("ofTheField", ofTheClass)
        .kernel(8, 8)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(OF_THE_FIELD);

    // ofTheUser: Dense, [8] -> [8]
    //   kernel [8, 8], int8 per tensor; output int8 symmetric in range OF_THE_USER by Configured.Widest
    //   as asked by @MyChip
    LayerTensor ofTheUser = g.dense("ofTheUser", ofTheField)
        .kernel(8, 8)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(OF_THE_USER);

    // ofTheUserTwice: Dense, [8] -> [8]
    //   kernel [8, 8], int8 per tensor; output int8 symmetric in range OF_THE_USER_TWICE by Configured.Widest
    //   as asked by @MyOtherChip
    LayerTensor ofTheUserTwice = g.dense("ofTheUserTwice", ofTheUser)
        .kernel(8, 8)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(OF_THE_USER_TWICE);

    // ofAQuantizer: Dense, [8] -> [8]
    //   kernel [8, 8], int8 per tensor; output int8 in range OF_A_QUANTIZER by Configured.Widest
    //   as asked by @QuantizeConfig(activations=@Activations(quantizer=Configured.Widest.class))
    LayerTensor ofAQuantizer = g.dense("ofAQuantizer", ofTheUserTwice)
        .kernel(8, 8)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(OF_A_QUANTIZER);

    // logits: Dense, [8] -> [8]
    //   kernel [8, 8], int8 per tensor; output int8 in range LOGITS by LastValue
    //   as asked by @QuantizeConfig(activations=@Activations(quantizer=LastValue.class))
    LayerTensor logits = g.dense("logits", ofAQuantizer)
        .kernel(8, 8)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGITS);

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // values: input
    PlanTensor values = p.input("values", 16).output(VALUES);

    // ofTheClass: FULLY_CONNECTED
    PlanTensor ofTheClass = p.fullyConnected("ofTheClass", values).output(OF_THE_CLASS, 8);

    // ofTheField: FULLY_CONNECTED
    PlanTensor ofTheField = p.fullyConnected("ofTheField", ofTheClass).output(OF_THE_FIELD, 8);

    // ofTheUser: FULLY_CONNECTED
    PlanTensor ofTheUser = p.fullyConnected("ofTheUser", ofTheField).output(OF_THE_USER, 8);

    // ofTheUserTwice: FULLY_CONNECTED
    PlanTensor ofTheUserTwice = p.fullyConnected("ofTheUserTwice", ofTheUser).output(OF_THE_USER_TWICE, 8);

    // ofAQuantizer: FULLY_CONNECTED
    PlanTensor ofAQuantizer = p.fullyConnected("ofAQuantizer", ofTheUserTwice).output(OF_A_QUANTIZER, 8);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", ofAQuantizer).output(LOGITS, 8);

    p.output("logits", logits);
  }
}
