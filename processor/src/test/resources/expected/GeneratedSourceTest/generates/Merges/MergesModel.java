import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Merges} declares: 414 parameters, 25,344 multiply-accumulates an example.
 *
 * <pre>
 * image     Input           [8, 8, 6]
 * wide      Conv2D + Relu   [8, 8, 6]
 * narrow    Conv2D          [8, 8, 6]
 * sum       Add + Relu      [8, 8, 6]
 * pooled    MaxPool2D       [8, 8, 6]
 * first     Conv2D + Relu6  [8, 8, 2]
 * second    Conv2D          [8, 8, 4]
 * channels  Concat          [8, 8, 12]
 * rows      Concat          [16, 8, 12]
 * doubled   Add             [16, 8, 12]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class MergesModel extends DetentModel<Dataset> {
  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);

  /**
   * wide.
   */
  private static final ActivationRange WIDE = ActivationRange.learned("wide", 8).nonNegative();

  /**
   * narrow.
   */
  private static final ActivationRange NARROW = ActivationRange.learned("narrow", 8);

  /**
   * sum/sum1.
   */
  private static final ActivationRange SUM_SUM1 = ActivationRange.learned("sum/sum1", 8);

  /**
   * sum, pooled, first, second, channels, rows.
   */
  private static final ActivationRange SUM = ActivationRange.learned("sum", 8);

  /**
   * doubled.
   */
  private static final ActivationRange DOUBLED = ActivationRange.learned("doubled", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("Merges")
      .input("image", 8, 8, 6)
      .layer("wide", "Conv2D + Relu", 330, 20_736, 8, 8, 6)
      .layer("narrow", "Conv2D", 42, 2304, 8, 8, 6)
      .layer("sum", "Add + Relu", 0, 0, 8, 8, 6)
      .layer("pooled", "MaxPool2D", 0, 0, 8, 8, 6)
      .layer("first", "Conv2D + Relu6", 14, 768, 8, 8, 2)
      .layer("second", "Conv2D", 28, 1536, 8, 8, 4)
      .layer("channels", "Concat", 0, 0, 8, 8, 12)
      .layer("rows", "Concat", 0, 0, 16, 8, 12)
      .layer("doubled", "Add", 0, 0, 16, 8, 12)
      .output("doubled", 16, 8, 12)
      .build();

  private MergesModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static MergesModel create(long seed) {
    return new MergesModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 384 values, [8, 8, 6]
   * @return doubled: 1,536 values, [16, 8, 12]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void graph(GraphBuilder g) {
    // image: Input, [8, 8, 6]
    //   output int8 in range IMAGE
    LayerTensor image = g.input("image", 8, 8, 6).output(IMAGE);

    // wide: Conv2D + Relu, [8, 8, 6] -> [8, 8, 6]
    //   kernel [3, 3, 6, 6], int8 per channel; output int8 in range WIDE
    LayerTensor wide = g.conv2d("wide", image)
        .kernel(3, 3, 6, 6)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(WIDE);

    // narrow: Conv2D, [8, 8, 6] -> [8, 8, 6]
    //   kernel [1, 1, 6, 6], int8 per channel; output int8 in range NARROW
    LayerTensor narrow = g.conv2d("narrow", image)
        .kernel(1, 1, 6, 6)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(NARROW);

    // sum/sum1: Add + Relu, [8, 8, 6] -> [8, 8, 6]
    //   output int8 in range SUM_SUM1
    LayerTensor sumSum1 = g.add("sum/sum1", wide, narrow).output(SUM_SUM1);

    // sum: Add + Relu, [8, 8, 6] -> [8, 8, 6]
    //   output int8 in range SUM
    LayerTensor sum = g.add("sum", sumSum1, image)
        .activation(Activation.RELU)
        .output(SUM);

    // pooled: MaxPool2D, [8, 8, 6] -> [8, 8, 6]
    //   output int8 in range SUM
    LayerTensor pooled = g.maxPool2d("pooled", sum)
        .poolSize(3, 3)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(SUM);

    // first: Conv2D + Relu6, [8, 8, 6] -> [8, 8, 2]
    //   kernel [1, 1, 6, 2], int8 per channel; output int8 in range SUM
    LayerTensor first = g.conv2d("first", sum)
        .kernel(1, 1, 6, 2)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU6)
        .output(SUM);

    // second: Conv2D, [8, 8, 6] -> [8, 8, 4]
    //   kernel [1, 1, 6, 4], int8 per channel; output int8 in range SUM
    LayerTensor second = g.conv2d("second", sum)
        .kernel(1, 1, 6, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(SUM);

    // channels: Concat, [8, 8, 2] and [8, 8, 4] and [8, 8, 6] -> [8, 8, 12]
    //   output int8 in range SUM
    LayerTensor channels = g.concat("channels", 3, first, second, pooled).output(SUM);

    // rows: Concat, [8, 8, 12] -> [16, 8, 12]
    //   output int8 in range SUM
    LayerTensor rows = g.concat("rows", 1, channels, channels).output(SUM);

    // doubled: Add, [16, 8, 12] -> [16, 8, 12]
    //   output int8 in range DOUBLED
    LayerTensor doubled = g.add("doubled", rows, rows).output(DOUBLED);

    g.output("doubled", doubled);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 6).output(IMAGE);

    // wide: CONV_2D with RELU
    PlanTensor wide = p.conv2d("wide", image)
        .strides(1, 1)
        .padding(Padding.SAME)
        .activation(Activation.RELU)
        .output(WIDE, 8, 8, 6);

    // narrow: CONV_2D
    PlanTensor narrow = p.conv2d("narrow", image)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(NARROW, 8, 8, 6);

    // sum/sum1: ADD
    PlanTensor sumSum1 = p.add("sum/sum1", wide, narrow).output(SUM_SUM1, 8, 8, 6);

    // sum: ADD with RELU
    PlanTensor sum = p.add("sum", sumSum1, image)
        .activation(Activation.RELU)
        .output(SUM, 8, 8, 6);

    // pooled: MAX_POOL_2D
    PlanTensor pooled = p.maxPool2d("pooled", sum)
        .poolSize(3, 3)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(SUM, 8, 8, 6);

    // first: CONV_2D with RELU6
    PlanTensor first = p.conv2d("first", sum)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU6)
        .output(SUM, 8, 8, 2);

    // second: CONV_2D
    PlanTensor second = p.conv2d("second", sum)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(SUM, 8, 8, 4);

    // channels: CONCATENATION
    PlanTensor channels = p.concatenation("channels", 3, first, second, pooled).output(SUM, 8, 8, 12);

    // rows: CONCATENATION
    PlanTensor rows = p.concatenation("rows", 1, channels, channels).output(SUM, 16, 8, 12);

    // doubled: ADD
    PlanTensor doubled = p.add("doubled", rows, rows).output(DOUBLED, 16, 8, 12);

    p.output("doubled", doubled);
  }
}
