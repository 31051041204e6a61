import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.layer.LayerSite;
import dev.detent.runtime.layer.PlacedLayer;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.LayerQuantizer;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
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

  /**
   * image, stem.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);

  /**
   * gained.
   */
  private static final ActivationRange GAINED = ActivationRange.learned("gained", 8);

  /**
   * own.
   */
  private static final ActivationRange OWN = ActivationRange.learned("own", 8);

  /**
   * learned.
   */
  private static final ActivationRange LEARNED = ActivationRange.learned("learned", 8);

  /**
   * chosen.
   */
  private static final ActivationRange CHOSEN = ActivationRange.learned("chosen", 8)
      .quantizer(CHOSEN_QUANTIZER);

  /**
   * gate.
   */
  private static final ActivationRange GATE = ActivationRange.learned("gate", 8).nonNegative();

  /**
   * both.
   */
  private static final ActivationRange BOTH = ActivationRange.fixed("both", 8, 1.0 / 16, 3);

  /**
   * block/1/gain.
   */
  private static final ActivationRange BLOCK_1_GAIN = ActivationRange.learned("block/1/gain", 8);

  /**
   * block/1.
   */
  private static final ActivationRange BLOCK_1 = ActivationRange.learned("block/1", 8);

  /**
   * block/2/gain.
   */
  private static final ActivationRange BLOCK_2_GAIN = ActivationRange.learned("block/2/gain", 8);

  /**
   * block.
   */
  private static final ActivationRange BLOCK = ActivationRange.learned("block", 8);

  /**
   * free/quantize, flat.
   */
  private static final ActivationRange FREE_QUANTIZE = ActivationRange.learned("free/quantize", 8);

  /**
   * Computes stem.
   */
  private static final PlacedLayer STEM_LAYER = PlacedLayer.of(
      "Stem",
      new Custom.SpaceToDepth(2),
      LayerSite.of("stem", 4, 4, 12)
          .output(IMAGE));

  /**
   * Computes gained.
   */
  private static final PlacedLayer GAINED_LAYER = PlacedLayer.of(
      "Gain",
      new Custom.ChannelGain(),
      LayerSite.of("gained", 4, 4, 12)
          .output(GAINED)
          .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8).quantizer(LearnedStep::new), 1, 1, 12, 1));

  /**
   * Computes own.
   */
  private static final PlacedLayer OWN_LAYER = PlacedLayer.of(
      "Gain",
      new Custom.ChannelGain(),
      LayerSite.of("own", 4, 4, 12)
          .output(OWN)
          .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8), 1, 1, 12, 1));

  /**
   * Computes learned.
   */
  private static final PlacedLayer LEARNED_LAYER = PlacedLayer.of(
      "Gain",
      new Custom.ChannelGain(),
      LayerSite.of("learned", 4, 4, 12)
          .output(LEARNED)
          .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8).quantizer(LearnedStep::new), 1, 1, 12, 1));

  /**
   * Computes chosen.
   */
  private static final PlacedLayer CHOSEN_LAYER = PlacedLayer.of(
      "Gain",
      new Custom.ChannelGain(),
      LayerSite.of("chosen", 4, 4, 12)
          .output(CHOSEN)
          .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8).quantizer(CHOSEN_QUANTIZER, "kernel"), 1, 1, 12, 1));

  /**
   * Computes gate.
   */
  private static final PlacedLayer GATE_LAYER = PlacedLayer.of(
      "Gate",
      new Custom.GateOperation(0.5),
      LayerSite.of("gate", 4, 4, 12)
          .output(GATE)
          .activation(Activation.RELU)
          .batchNorm(0.99, 0.001, true, true)
          .weight("factor", Initializer.GLOROT_UNIFORM, WeightQuantization.perChannel(8), 12, 2)
          .weight("shift", Initializer.GLOROT_UNIFORM, 12));

  /**
   * Computes both.
   */
  private static final PlacedLayer BOTH_LAYER = PlacedLayer.of(
      "Pair",
      new Custom.Side(),
      LayerSite.of("both", 4, 4, 24)
          .output(BOTH));

  /**
   * Computes block/1/gain.
   */
  private static final PlacedLayer BLOCK_1_GAIN_LAYER = PlacedLayer.of(
      "Gain",
      new Custom.ChannelGain(),
      LayerSite.of("block/1/gain", 4, 4, 24)
          .output(BLOCK_1_GAIN)
          .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8).quantizer(LearnedStep::new), 1, 1, 24, 1));

  /**
   * Computes block/2/gain.
   */
  private static final PlacedLayer BLOCK_2_GAIN_LAYER = PlacedLayer.of(
      "Gain",
      new Custom.ChannelGain(),
      LayerSite.of("block/2/gain", 4, 4, 24)
          .output(BLOCK_2_GAIN)
          .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8).quantizer(LearnedStep::new), 1, 1, 24, 1));

  /**
   * Computes free.
   */
  private static final PlacedLayer FREE_LAYER = PlacedLayer.of(
      "Gain",
      new Custom.ChannelGain(),
      LayerSite.of("free", 4, 4, 24)
          .weight("kernel", Initializer.ONES, 1, 1, 24, 1));

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
  protected void graph(GraphBuilder g) {
    // image: Input, [8, 8, 3]
    //   output int8 in range IMAGE
    LayerTensor image = g.input("image", 8, 8, 3).output(IMAGE);

    // stem: Stem, [8, 8, 3] -> [4, 4, 12]
    //   output int8 in range IMAGE
    LayerTensor stem = STEM_LAYER.graph(g, image);

    // gained: Gain, [4, 4, 12] -> [4, 4, 12]
    //   kernel [1, 1, 12, 1], int8 per channel by LearnedStep; output int8 in range GAINED
    //   as asked by @Custom.Gain
    LayerTensor gained = GAINED_LAYER.graph(g, stem);

    // own: Gain, [4, 4, 12] -> [4, 4, 12]
    //   kernel [1, 1, 12, 1], int8 per channel; output int8 in range OWN
    //   as asked by @QuantizeConfig(weights=@Weights(bits=8))
    LayerTensor own = OWN_LAYER.graph(g, gained);

    // learned: Gain, [4, 4, 12] -> [4, 4, 12]
    //   kernel [1, 1, 12, 1], int8 per channel by LearnedStep; output int8 in range LEARNED
    //   as asked by @Custom.Learned(bits=8)
    LayerTensor learned = LEARNED_LAYER.graph(g, own);

    // chosen: Gain, [4, 4, 12] -> [4, 4, 12]
    //   kernel [1, 1, 12, 1], int8 per channel by Custom.Chooser; output int8 in range CHOSEN by Custom.Chooser
    //   as asked by @QuantizeConfig(layer=Custom.Chooser.class)
    LayerTensor chosen = CHOSEN_LAYER.graph(g, learned);

    // gate: Gate + BatchNorm + Relu, [4, 4, 12] -> [4, 4, 12]
    //   factor [12, 2], int8 per channel; shift [12]; output int8 in range GATE
    LayerTensor gate = GATE_LAYER.graph(g, chosen);

    // both: Pair, [4, 4, 12] -> [4, 4, 24]
    //   output int8 in range BOTH
    LayerTensor both = BOTH_LAYER.graph(g, own, gate);

    // block/1/gain: Gain, [4, 4, 24] -> [4, 4, 24]
    //   kernel [1, 1, 24, 1], int8 per channel by LearnedStep; output int8 in range BLOCK_1_GAIN
    //   as asked by @Custom.Gain
    LayerTensor block1Gain = BLOCK_1_GAIN_LAYER.graph(g, both);

    // block/1: Add, [4, 4, 24] -> [4, 4, 24]
    //   output int8 in range BLOCK_1
    LayerTensor block1 = g.add("block/1", both, block1Gain).output(BLOCK_1);

    // block/2/gain: Gain, [4, 4, 24] -> [4, 4, 24]
    //   kernel [1, 1, 24, 1], int8 per channel by LearnedStep; output int8 in range BLOCK_2_GAIN
    //   as asked by @Custom.Gain
    LayerTensor block2Gain = BLOCK_2_GAIN_LAYER.graph(g, block1);

    // block: Add, [4, 4, 24] -> [4, 4, 24]
    //   output int8 in range BLOCK
    LayerTensor block = g.add("block", block1, block2Gain).output(BLOCK);

    // block/dequantize: DEQUANTIZE, [4, 4, 24] -> [4, 4, 24]
    //   output float
    LayerTensor blockDequantize = g.dequantize("block/dequantize", block);

    // free: Gain, [4, 4, 24] -> [4, 4, 24]
    //   kernel [1, 1, 24, 1], float; output float
    LayerTensor free = FREE_LAYER.graph(g, blockDequantize);

    // free/quantize: QUANTIZE, [4, 4, 24] -> [4, 4, 24]
    //   output int8 in range FREE_QUANTIZE
    LayerTensor freeQuantize = g.quantize("free/quantize", free, FREE_QUANTIZE);

    // flat: Flatten, [4, 4, 24] -> [384]
    //   output int8 in range FREE_QUANTIZE
    LayerTensor flat = g.reshape("flat", freeQuantize, 384);

    g.output("flat", flat);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 3).output(IMAGE);

    // stem: as Custom.SpaceToDepth deploys it
    PlanTensor stem = STEM_LAYER.plan(p, image);

    // gained: as Custom.ChannelGain deploys it
    PlanTensor gained = GAINED_LAYER.plan(p, stem);

    // own: as Custom.ChannelGain deploys it
    PlanTensor own = OWN_LAYER.plan(p, gained);

    // learned: as Custom.ChannelGain deploys it
    PlanTensor learned = LEARNED_LAYER.plan(p, own);

    // chosen: as Custom.ChannelGain deploys it
    PlanTensor chosen = CHOSEN_LAYER.plan(p, learned);

    // gate: as Custom.GateOperation deploys it
    PlanTensor gate = GATE_LAYER.plan(p, chosen);

    // both: as Custom.Side deploys it
    PlanTensor both = BOTH_LAYER.plan(p, own, gate);

    // block/1/gain: as Custom.ChannelGain deploys it
    PlanTensor block1Gain = BLOCK_1_GAIN_LAYER.plan(p, both);

    // block/1: ADD
    PlanTensor block1 = p.add("block/1", both, block1Gain).output(BLOCK_1, 4, 4, 24);

    // block/2/gain: as Custom.ChannelGain deploys it
    PlanTensor block2Gain = BLOCK_2_GAIN_LAYER.plan(p, block1);

    // block: ADD
    PlanTensor block = p.add("block", block1, block2Gain).output(BLOCK, 4, 4, 24);

    // block/dequantize: DEQUANTIZE
    PlanTensor blockDequantize = p.dequantize("block/dequantize", block).floatOutput(4, 4, 24);

    // free: as Custom.ChannelGain deploys it
    PlanTensor free = FREE_LAYER.plan(p, blockDequantize);

    // free/quantize: QUANTIZE
    PlanTensor freeQuantize = p.quantize("free/quantize", free).output(FREE_QUANTIZE, 4, 4, 24);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", freeQuantize).output(FREE_QUANTIZE, 384);

    p.output("flat", flat);
  }
}
