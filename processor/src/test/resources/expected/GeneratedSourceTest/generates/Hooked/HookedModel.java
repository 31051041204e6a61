import dev.detent.annotations.Activation;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.LayerQuantizer;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.Pact;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Hooked} declares: 516 parameters, 6,960 multiply-accumulates an example.
 *
 * <pre>
 * image    Input          [8, 8, 3]
 * stepped  Conv2D + Relu  [6, 6, 4]
 * twice    Conv2D         [4, 4, 4]
 * whole    Conv2D         [2, 2, 4]
 * named    Conv2D         [2, 2, 4]
 * clipped  Conv2D + Relu  [2, 2, 4]
 * flat     Flatten        [16]
 * logits   Dense          [4]
 * </pre>
 *
 * <p>Where a field says nothing else, as asked by {@code @Hooked.Stepped}.
 */
@Generated("dev.detent.processor.DetentProcessor")
@SuppressWarnings({"deprecation", "rawtypes", "removal", "unchecked"})
final class HookedModel extends DetentModel<Dataset> {
  /**
   * Chooses the quantizers of whole.
   */
  private static final LayerQuantizer WHOLE_QUANTIZER = new Hooked.Whole();

  /**
   * Chooses the quantizers of named.
   */
  private static final LayerQuantizer NAMED_QUANTIZER = new Hooked.Whole("kernel");

  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8)
      .quantizer(() -> new Hooked.Steps(0.5, 3L, "", 'x', Granularity.PER_CHANNEL, Object.class, new int[] {}));

  /**
   * stepped.
   */
  private static final ActivationRange STEPPED = ActivationRange.learned("stepped", 8).nonNegative()
      .quantizer(() -> new Hooked.Steps(0.25, 7L, "a \"b\"", '\'', Granularity.PER_TENSOR, String.class, new int[] {1, 2}));

  /**
   * twice.
   */
  private static final ActivationRange TWICE = ActivationRange.learned("twice", 8)
      .quantizer(() -> new Hooked.Steps(2.0, 3L, "", 'x', Granularity.PER_CHANNEL, Object.class, new int[] {}));

  /**
   * whole.
   */
  private static final ActivationRange WHOLE = ActivationRange.learned("whole", 8)
      .quantizer(WHOLE_QUANTIZER);

  /**
   * named.
   */
  private static final ActivationRange NAMED = ActivationRange.learned("named", 8)
      .quantizer(NAMED_QUANTIZER);

  /**
   * clipped, flat.
   */
  private static final ActivationRange CLIPPED = ActivationRange.learned("clipped", 8).nonNegative()
      .quantizer(() -> new Pact(0.001));

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("Hooked")
      .input("image", 8, 8, 3)
      .layer("stepped", "Conv2D + Relu", 112, 3888, 6, 6, 4)
      .layer("twice", "Conv2D", 148, 2304, 4, 4, 4)
      .layer("whole", "Conv2D", 148, 576, 2, 2, 4)
      .layer("named", "Conv2D", 20, 64, 2, 2, 4)
      .layer("clipped", "Conv2D + Relu", 20, 64, 2, 2, 4)
      .layer("flat", "Flatten", 0, 0, 16)
      .layer("logits", "Dense", 68, 64, 4)
      .output("logits", 4)
      .build();

  private HookedModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static HookedModel create(long seed) {
    return new HookedModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 192 values, [8, 8, 3]
   * @return logits: 4 values, [4]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void graph(GraphBuilder g) {
    // image: Input, [8, 8, 3]
    //   output int8 in range IMAGE by Hooked.Steps(0.5, 3L, "", 'x', dev.detent.annotations.Granularity.PER_CHANNEL, java.lang.Object.class, new int[] {})
    LayerTensor image = g.input("image", 8, 8, 3).output(IMAGE);

    // stepped: Conv2D + Relu, [8, 8, 3] -> [6, 6, 4]
    //   kernel [3, 3, 3, 4], int8 per tensor by Hooked.Steps(0.25, 7L, "a \"b\"", '\'', dev.detent.annotations.Granularity.PER_TENSOR, java.lang.String.class, new int[] {1, 2}); output int8 in range STEPPED by Hooked.Steps(0.25, 7L, "a \"b\"", '\'', dev.detent.annotations.Granularity.PER_TENSOR, java.lang.String.class, new int[] {1, 2})
    //   as asked by @Hooked.Stepped(step=0.25, count=7L, name="a \"b\"", letter='\'', granularity=PER_TENSOR, of=String.class, numbers={1, 2})
    LayerTensor stepped = g.conv2d("stepped", image)
        .kernel(3, 3, 3, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8).quantizer(() -> new Hooked.Steps(0.25, 7L, "a \"b\"", '\'', Granularity.PER_TENSOR, String.class, new int[] {1, 2})))
        .activation(Activation.RELU)
        .output(STEPPED);

    // twice: Conv2D, [6, 6, 4] -> [4, 4, 4]
    //   kernel [3, 3, 4, 4], int8 per tensor by Hooked.Steps(2.0, 3L, "", 'x', dev.detent.annotations.Granularity.PER_CHANNEL, java.lang.Object.class, new int[] {}); output int8 in range TWICE by Hooked.Steps(2.0, 3L, "", 'x', dev.detent.annotations.Granularity.PER_CHANNEL, java.lang.Object.class, new int[] {})
    //   as asked by @Hooked.Twice
    LayerTensor twice = g.conv2d("twice", stepped)
        .kernel(3, 3, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8).quantizer(() -> new Hooked.Steps(2.0, 3L, "", 'x', Granularity.PER_CHANNEL, Object.class, new int[] {})))
        .output(TWICE);

    // whole: Conv2D, [4, 4, 4] -> [2, 2, 4]
    //   kernel [3, 3, 4, 4], int8 per channel by Hooked.Whole; output int8 in range WHOLE by Hooked.Whole
    //   as asked by @QuantizeConfig(layer=Hooked.Whole.class)
    LayerTensor whole = g.conv2d("whole", twice)
        .kernel(3, 3, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8).quantizer(WHOLE_QUANTIZER, "kernel"))
        .output(WHOLE);

    // named: Conv2D, [2, 2, 4] -> [2, 2, 4]
    //   kernel [1, 1, 4, 4], int8 per channel by Hooked.Whole("kernel"); output int8 in range NAMED by Hooked.Whole("kernel")
    //   as asked by @Hooked.ByWhole(name="kernel")
    LayerTensor named = g.conv2d("named", whole)
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8).quantizer(NAMED_QUANTIZER, "kernel"))
        .output(NAMED);

    // clipped: Conv2D + Relu, [2, 2, 4] -> [2, 2, 4]
    //   kernel [1, 1, 4, 4], int8 per channel by LearnedStep; output int8 in range CLIPPED by Pact(0.001)
    //   as asked by @Hooked.Clipped(decay=0.001)
    LayerTensor clipped = g.conv2d("clipped", named)
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8).quantizer(LearnedStep::new))
        .activation(Activation.RELU)
        .output(CLIPPED);

    // flat: Flatten, [2, 2, 4] -> [16]
    //   output int8 in range CLIPPED by Pact(0.001)
    LayerTensor flat = g.reshape("flat", clipped, 16);

    // logits: Dense, [16] -> [4]
    //   kernel [16, 4], float; output int8 in range LOGITS
    //   as asked by @QuantizeConfig(weights=@Weights(quantizer=None.class))
    LayerTensor logits = g.dense("logits", flat)
        .kernel(16, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .output(LOGITS);

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 3).output(IMAGE);

    // stepped: CONV_2D with RELU
    PlanTensor stepped = p.conv2d("stepped", image)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(STEPPED, 6, 6, 4);

    // twice: CONV_2D
    PlanTensor twice = p.conv2d("twice", stepped)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(TWICE, 4, 4, 4);

    // whole: CONV_2D
    PlanTensor whole = p.conv2d("whole", twice)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(WHOLE, 2, 2, 4);

    // named: CONV_2D
    PlanTensor named = p.conv2d("named", whole)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(NAMED, 2, 2, 4);

    // clipped: CONV_2D with RELU
    PlanTensor clipped = p.conv2d("clipped", named)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(CLIPPED, 2, 2, 4);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", clipped).output(CLIPPED, 16);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", flat).output(LOGITS, 4);

    p.output("logits", logits);
  }
}
