import dev.detent.annotations.Activation;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.LayerQuantizer;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.Pact;
import dev.detent.runtime.quantizer.WeightQuantization;
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
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 3], int8
    Tensor image = n.input("image")
        .output(ActivationRange.learned("image", 8).quantizer(() -> new Hooked.Steps(0.5, 3L, "", 'x', Granularity.PER_CHANNEL, Object.class, new int[] {})), 8, 8, 3);

    // stepped: Conv2D + Relu, [8, 8, 3] -> [6, 6, 4], int8
    //   as asked by @Hooked.Stepped(step=0.25, count=7L, name="a \"b\"", letter='\'',
    //     granularity=PER_TENSOR, of=String.class, numbers={1, 2})
    Tensor stepped = n.conv2d("stepped", image)
        .kernel(3, 3, 3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8).quantizer(() -> new Hooked.Steps(0.25, 7L, "a \"b\"", '\'', Granularity.PER_TENSOR, String.class, new int[] {1, 2})))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("stepped", 8).nonNegative().quantizer(() -> new Hooked.Steps(0.25, 7L, "a \"b\"", '\'', Granularity.PER_TENSOR, String.class, new int[] {1, 2})), 6, 6, 4);

    // twice: Conv2D, [6, 6, 4] -> [4, 4, 4], int8
    //   as asked by @Hooked.Twice
    Tensor twice = n.conv2d("twice", stepped)
        .kernel(3, 3, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8).quantizer(() -> new Hooked.Steps(2.0, 3L, "", 'x', Granularity.PER_CHANNEL, Object.class, new int[] {})))
        .output(ActivationRange.learned("twice", 8).quantizer(() -> new Hooked.Steps(2.0, 3L, "", 'x', Granularity.PER_CHANNEL, Object.class, new int[] {})), 4, 4, 4);

    // whole: Conv2D, [4, 4, 4] -> [2, 2, 4], int8
    //   as asked by @QuantizeConfig(layer=Hooked.Whole.class)
    Tensor whole = n.conv2d("whole", twice)
        .kernel(3, 3, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8).quantizer(WHOLE_QUANTIZER, "kernel"))
        .output(ActivationRange.learned("whole", 8).quantizer(WHOLE_QUANTIZER), 2, 2, 4);

    // named: Conv2D, [2, 2, 4] -> [2, 2, 4], int8
    //   as asked by @Hooked.ByWhole(name="kernel")
    Tensor named = n.conv2d("named", whole)
        .kernel(1, 1, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8).quantizer(NAMED_QUANTIZER, "kernel"))
        .output(ActivationRange.learned("named", 8).quantizer(NAMED_QUANTIZER), 2, 2, 4);

    // clipped: Conv2D + Relu, [2, 2, 4] -> [2, 2, 4], int8 in one range with flat
    //   as asked by @Hooked.Clipped(decay=0.001)
    Tensor clipped = n.conv2d("clipped", named)
        .kernel(1, 1, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8).quantizer(LearnedStep::new))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("clipped", 8).nonNegative().quantizer(() -> new Pact(0.001)), 2, 2, 4);

    // flat: Flatten, [2, 2, 4] -> [16], int8 in the range of clipped
    Tensor flat = n.reshape("flat", clipped).output(16);

    // logits: Dense, [16] -> [4], int8
    //   as asked by @QuantizeConfig(weights=@Weights(quantizer=None.class))
    Tensor logits = n.fullyConnected("logits", flat)
        .kernel(16, 4)
        .bias(Initializer.ZEROS)
        .output(ActivationRange.learned("logits", 8), 4);

    n.output("logits", logits);
  }
}
