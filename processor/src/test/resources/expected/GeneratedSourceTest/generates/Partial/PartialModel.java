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
 * The network that {@link Partial} declares: 706 parameters, 19,840 multiply-accumulates an example.
 *
 * <pre>
 * image    Input          [8, 8, 4]
 * before   Conv2D + Relu  [8, 8, 4]
 * first    Conv2D         [8, 8, 4]
 * second   Conv2D         [8, 8, 4]
 * follows  MaxPool2D      [4, 4, 4]
 * average  AveragePool2D  [4, 4, 4]
 * flat     Flatten        [64]
 * dropped  Dropout        [64]
 * logits   Dense          [3]
 * other    Flatten        [64]
 * more     Dense          [3]
 * sum      Add            [3]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class PartialModel extends DetentModel<Dataset> {
  /**
   * before/quantize.
   */
  private static final ActivationRange BEFORE_QUANTIZE = ActivationRange.learned("before/quantize", 8).nonNegative();

  /**
   * first, follows, flat, dropped.
   */
  private static final ActivationRange FIRST = ActivationRange.learned("first", 8);

  /**
   * second.
   */
  private static final ActivationRange SECOND = ActivationRange.learned("second", 8);

  /**
   * other/quantize.
   */
  private static final ActivationRange OTHER_QUANTIZE = ActivationRange.learned("other/quantize", 8);

  /**
   * more.
   */
  private static final ActivationRange MORE = ActivationRange.learned("more", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("Partial")
      .input("image", 8, 8, 4)
      .layer("before", "Conv2D + Relu", 148, 9216, 8, 8, 4)
      .layer("first", "Conv2D", 148, 9216, 8, 8, 4)
      .layer("second", "Conv2D", 20, 1024, 8, 8, 4)
      .layer("follows", "MaxPool2D", 0, 0, 4, 4, 4)
      .layer("average", "AveragePool2D", 0, 0, 4, 4, 4)
      .layer("flat", "Flatten", 0, 0, 64)
      .layer("dropped", "Dropout", 0, 0, 64)
      .layer("logits", "Dense", 195, 192, 3)
      .layer("other", "Flatten", 0, 0, 64)
      .layer("more", "Dense", 195, 192, 3)
      .layer("sum", "Add", 0, 0, 3)
      .output("sum", 3)
      .build();

  private PartialModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static PartialModel create(long seed) {
    return new PartialModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 256 values, [8, 8, 4]
   * @return sum: 3 values, [3]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void graph(GraphBuilder g) {
    // image: Input, [8, 8, 4]
    //   output float
    LayerTensor image = g.input("image", 8, 8, 4).output();

    // before: Conv2D + Relu, [8, 8, 4] -> [8, 8, 4]
    //   kernel [3, 3, 4, 4], float; output float
    LayerTensor before = g.conv2d("before", image)
        .kernel(3, 3, 4, 4)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .activation(Activation.RELU)
        .output();

    // before/quantize: QUANTIZE, [8, 8, 4] -> [8, 8, 4]
    //   output int8 in range BEFORE_QUANTIZE
    LayerTensor beforeQuantize = g.quantize("before/quantize", before, BEFORE_QUANTIZE);

    // first: Conv2D, [8, 8, 4] -> [8, 8, 4]
    //   kernel [3, 3, 4, 4], int8 per channel; output int8 in range FIRST
    LayerTensor first = g.conv2d("first", beforeQuantize)
        .kernel(3, 3, 4, 4)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(FIRST);

    // second: Conv2D, [8, 8, 4] -> [8, 8, 4]
    //   kernel [1, 1, 4, 4], int8 per channel; output int8 in range SECOND
    LayerTensor second = g.conv2d("second", beforeQuantize)
        .kernel(1, 1, 4, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(SECOND);

    // follows: MaxPool2D, [8, 8, 4] -> [4, 4, 4]
    //   output int8 in range FIRST
    LayerTensor follows = g.maxPool2d("follows", first)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(FIRST);

    // second/dequantize: DEQUANTIZE, [8, 8, 4] -> [8, 8, 4]
    //   output float
    LayerTensor secondDequantize = g.dequantize("second/dequantize", second);

    // average: AveragePool2D, [8, 8, 4] -> [4, 4, 4]
    //   output float
    LayerTensor average = g.averagePool2d("average", secondDequantize)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output();

    // flat: Flatten, [4, 4, 4] -> [64]
    //   output int8 in range FIRST
    LayerTensor flat = g.reshape("flat", follows, 64);

    // dropped: Dropout, [64] -> [64]
    //   output int8 in range FIRST
    LayerTensor dropped = g.dropout("dropped", flat, 0.5);

    // dropped/dequantize: DEQUANTIZE, [64] -> [64]
    //   output float
    LayerTensor droppedDequantize = g.dequantize("dropped/dequantize", dropped);

    // logits: Dense, [64] -> [3]
    //   kernel [64, 3], float; output float
    LayerTensor logits = g.dense("logits", droppedDequantize)
        .kernel(64, 3)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .output();

    // other: Flatten, [4, 4, 4] -> [64]
    //   output float
    LayerTensor other = g.reshape("other", average, 64);

    // other/quantize: QUANTIZE, [64] -> [64]
    //   output int8 in range OTHER_QUANTIZE
    LayerTensor otherQuantize = g.quantize("other/quantize", other, OTHER_QUANTIZE);

    // more: Dense, [64] -> [3]
    //   kernel [64, 3], int8 per tensor; output int8 in range MORE
    LayerTensor more = g.dense("more", otherQuantize)
        .kernel(64, 3)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(MORE);

    // more/dequantize: DEQUANTIZE, [3] -> [3]
    //   output float
    LayerTensor moreDequantize = g.dequantize("more/dequantize", more);

    // sum: Add, [3] -> [3]
    //   output float
    LayerTensor sum = g.add("sum", logits, moreDequantize).output();

    g.output("sum", sum);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 4).output();

    // before: CONV_2D with RELU
    PlanTensor before = p.conv2d("before", image)
        .strides(1, 1)
        .padding(Padding.SAME)
        .activation(Activation.RELU)
        .floatOutput(8, 8, 4);

    // before/quantize: QUANTIZE
    PlanTensor beforeQuantize = p.quantize("before/quantize", before).output(BEFORE_QUANTIZE, 8, 8, 4);

    // first: CONV_2D
    PlanTensor first = p.conv2d("first", beforeQuantize)
        .strides(1, 1)
        .padding(Padding.SAME)
        .output(FIRST, 8, 8, 4);

    // second: CONV_2D
    PlanTensor second = p.conv2d("second", beforeQuantize)
        .strides(1, 1)
        .padding(Padding.VALID)
        .output(SECOND, 8, 8, 4);

    // follows: MAX_POOL_2D
    PlanTensor follows = p.maxPool2d("follows", first)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .output(FIRST, 4, 4, 4);

    // second/dequantize: DEQUANTIZE
    PlanTensor secondDequantize = p.dequantize("second/dequantize", second).floatOutput(8, 8, 4);

    // average: AVERAGE_POOL_2D
    PlanTensor average = p.averagePool2d("average", secondDequantize)
        .poolSize(2, 2)
        .strides(2, 2)
        .padding(Padding.VALID)
        .floatOutput(4, 4, 4);

    // flat: RESHAPE
    PlanTensor flat = p.reshape("flat", follows).output(FIRST, 64);

    // dropped: its input: the deployed model drops nothing
    PlanTensor dropped = p.alias("dropped", flat);

    // dropped/dequantize: DEQUANTIZE
    PlanTensor droppedDequantize = p.dequantize("dropped/dequantize", dropped).floatOutput(64);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", droppedDequantize).floatOutput(3);

    // other: RESHAPE
    PlanTensor other = p.reshape("other", average).floatOutput(64);

    // other/quantize: QUANTIZE
    PlanTensor otherQuantize = p.quantize("other/quantize", other).output(OTHER_QUANTIZE, 64);

    // more: FULLY_CONNECTED
    PlanTensor more = p.fullyConnected("more", otherQuantize).output(MORE, 3);

    // more/dequantize: DEQUANTIZE
    PlanTensor moreDequantize = p.dequantize("more/dequantize", more).floatOutput(3);

    // sum: ADD
    PlanTensor sum = p.add("sum", logits, moreDequantize).floatOutput(3);

    p.output("sum", sum);
  }
}
