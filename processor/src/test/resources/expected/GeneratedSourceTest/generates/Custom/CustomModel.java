import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.layer.LayerSite;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.LayerQuantizer;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.WeightQuantization;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Custom} declares: 204 parameters, 1,920 multiply-accumulates an example.
 *
 * <pre>
 * image         Input                    [8, 8, 3]
 * stem          Stem                     [4, 4, 12]
 * gained        Gain                     [4, 4, 12]
 * own           Gain                     [4, 4, 12]
 * learned       Gain                     [4, 4, 12]
 * chosen        Gain                     [4, 4, 12]
 * gate          Gate + BatchNorm + Relu  [4, 4, 12]
 * both          Pair                     [4, 4, 24]
 * block/1/gain  Gain                     [4, 4, 24]
 * block/1       Add                      [4, 4, 24]
 * block/2/gain  Gain                     [4, 4, 24]
 * block         Add                      [4, 4, 24]
 * free          Gain                     [4, 4, 24]
 * flat          Flatten                  [384]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
@SuppressWarnings({"deprecation", "rawtypes", "removal", "unchecked"})
final class CustomModel extends DetentModel<Dataset> {
  /**
   * Chooses the quantizers of chosen.
   */
  private static final LayerQuantizer CHOSEN_QUANTIZER = new Custom.Chooser();

  private static final ModelSpec SPEC = ModelSpec.builder("Custom")
      .input("image", 8, 8, 3)
      .layer("stem", "Stem", 0, 0, 4, 4, 12)
      .layer("gained", "Gain", 12, 192, 4, 4, 12)
      .layer("own", "Gain", 12, 192, 4, 4, 12)
      .layer("learned", "Gain", 12, 192, 4, 4, 12)
      .layer("chosen", "Gain", 12, 192, 4, 4, 12)
      .layer("gate", "Gate + BatchNorm + Relu", 84, 0, 4, 4, 12)
      .layer("both", "Pair", 0, 0, 4, 4, 24)
      .layer("block/1/gain", "Gain", 24, 384, 4, 4, 24)
      .layer("block/1", "Add", 0, 0, 4, 4, 24)
      .layer("block/2/gain", "Gain", 24, 384, 4, 4, 24)
      .layer("block", "Add", 0, 0, 4, 4, 24)
      .layer("free", "Gain", 24, 384, 4, 4, 24)
      .layer("flat", "Flatten", 0, 0, 384)
      .output("flat", 384)
      .build();

  private CustomModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static CustomModel create(long seed) {
    return new CustomModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 192 values, [8, 8, 3]
   * @return flat: 384 values, [384]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 3], int8 in one range with stem
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 8, 8, 3);

    // stem: Stem, [8, 8, 3] -> [4, 4, 12], int8 in the range of image
    Tensor stem = LayerSite.of("stem", 4, 4, 12)
        .output(image.range())
        .build(n, "Stem", new Custom.SpaceToDepth(2), image);

    // gained: Gain, [4, 4, 12] -> [4, 4, 12], int8
    //   as asked by @Custom.Gain
    Tensor gained = LayerSite.of("gained", 4, 4, 12)
        .output(ActivationRange.learned("gained", 8))
        .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8).quantizer(LearnedStep::new), 1, 1, 12, 1)
        .build(n, "Gain", new Custom.ChannelGain(), stem);

    // own: Gain, [4, 4, 12] -> [4, 4, 12], int8
    //   as asked by @QuantizeConfig(weights=@Weights(bits=8))
    Tensor own = LayerSite.of("own", 4, 4, 12)
        .output(ActivationRange.learned("own", 8))
        .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8), 1, 1, 12, 1)
        .build(n, "Gain", new Custom.ChannelGain(), gained);

    // learned: Gain, [4, 4, 12] -> [4, 4, 12], int8
    //   as asked by @Custom.Learned(bits=8)
    Tensor learned = LayerSite.of("learned", 4, 4, 12)
        .output(ActivationRange.learned("learned", 8))
        .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8).quantizer(LearnedStep::new), 1, 1, 12, 1)
        .build(n, "Gain", new Custom.ChannelGain(), own);

    // chosen: Gain, [4, 4, 12] -> [4, 4, 12], int8
    //   as asked by @QuantizeConfig(layer=Custom.Chooser.class)
    Tensor chosen = LayerSite.of("chosen", 4, 4, 12)
        .output(ActivationRange.learned("chosen", 8).quantizer(CHOSEN_QUANTIZER))
        .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8).quantizer(CHOSEN_QUANTIZER, "kernel"), 1, 1, 12, 1)
        .build(n, "Gain", new Custom.ChannelGain(), learned);

    // gate: Gate + BatchNorm + Relu, [4, 4, 12] -> [4, 4, 12], int8
    Tensor gate = LayerSite.of("gate", 4, 4, 12)
        .output(ActivationRange.learned("gate", 8).nonNegative())
        .activation(Activation.RELU)
        .batchNorm(0.99, 0.001)
        .weight("factor", Initializer.GLOROT_UNIFORM, WeightQuantization.perChannel(8), 12, 2)
        .weight("shift", Initializer.GLOROT_UNIFORM, 12)
        .build(n, "Gate", new Custom.GateOperation(0.5), chosen);

    // both: Pair, [4, 4, 12] -> [4, 4, 24], int8
    Tensor both = LayerSite.of("both", 4, 4, 24)
        .output(ActivationRange.fixed("both", 8, 1.0 / 16, 3))
        .build(n, "Pair", new Custom.Side(), own, gate);

    // block/1/gain: Gain, [4, 4, 24] -> [4, 4, 24], int8
    //   as asked by @Custom.Gain
    Tensor block1Gain = LayerSite.of("block/1/gain", 4, 4, 24)
        .output(ActivationRange.learned("block/1/gain", 8))
        .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8).quantizer(LearnedStep::new), 1, 1, 24, 1)
        .build(n, "Gain", new Custom.ChannelGain(), both);

    // block/1: Add, [4, 4, 24] -> [4, 4, 24], int8
    Tensor block1 = n.add("block/1", both, block1Gain)
        .output(ActivationRange.learned("block/1", 8), 4, 4, 24);

    // block/2/gain: Gain, [4, 4, 24] -> [4, 4, 24], int8
    //   as asked by @Custom.Gain
    Tensor block2Gain = LayerSite.of("block/2/gain", 4, 4, 24)
        .output(ActivationRange.learned("block/2/gain", 8))
        .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8).quantizer(LearnedStep::new), 1, 1, 24, 1)
        .build(n, "Gain", new Custom.ChannelGain(), block1);

    // block: Add, [4, 4, 24] -> [4, 4, 24], int8
    Tensor block = n.add("block", block1, block2Gain)
        .output(ActivationRange.learned("block", 8), 4, 4, 24);

    // block/dequantize: DEQUANTIZE, [4, 4, 24] -> [4, 4, 24], float
    Tensor blockDequantize = n.dequantize("block/dequantize", block).output(4, 4, 24);

    // free: Gain, [4, 4, 24] -> [4, 4, 24], float
    Tensor free = LayerSite.of("free", 4, 4, 24)
        .weight("kernel", Initializer.ONES, 1, 1, 24, 1)
        .build(n, "Gain", new Custom.ChannelGain(), blockDequantize);

    // free/quantize: QUANTIZE, [4, 4, 24] -> [4, 4, 24], int8 in one range with flat
    Tensor freeQuantize = n.quantize("free/quantize", free)
        .output(ActivationRange.learned("free/quantize", 8), 4, 4, 24);

    // flat: Flatten, [4, 4, 24] -> [384], int8 in the range of free/quantize
    Tensor flat = n.reshape("flat", freeQuantize).output(384);

    n.output("flat", flat);
  }
}
