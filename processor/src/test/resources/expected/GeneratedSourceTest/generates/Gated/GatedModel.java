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
 * The network that {@link Gated} declares: 440 parameters, 13,984 multiply-accumulates an example.
 *
 * <pre>
 * image       Input                      [8, 8, 3]
 * features    Conv2D + BatchNorm + Relu  [8, 8, 8]
 * squeezed    GlobalAveragePool2D        [1, 1, 8]
 * narrow      Conv2D + Relu              [1, 1, 4]
 * gate        Conv2D + Relu6             [1, 1, 8]
 * gated       Multiply                   [8, 8, 8]
 * row         GlobalAveragePool2D        [8]
 * rowGate     Dense + Relu6              [8]
 * gatedAgain  Multiply + Relu            [8, 8, 8]
 * difference  Subtract                   [8, 8, 8]
 * average     Average                    [8, 8, 8]
 * largest     Maximum                    [8, 8, 8]
 * smallest    Minimum                    [8, 8, 8]
 * sum         Add + Relu                 [8, 8, 8]
 * mean        Mean                       [8]
 * logits      Dense                      [4]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class GatedModel extends DetentModel<Dataset> {
  /**
   * image.
   */
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);

  /**
   * features, gate, difference, average, largest/maximum1, largest, smallest.
   */
  private static final ActivationRange FEATURES = ActivationRange.learned("features", 8);

  /**
   * squeezed.
   */
  private static final ActivationRange SQUEEZED = ActivationRange.learned("squeezed", 8).nonNegative();

  /**
   * narrow.
   */
  private static final ActivationRange NARROW = ActivationRange.learned("narrow", 8).nonNegative();

  /**
   * gated.
   */
  private static final ActivationRange GATED = ActivationRange.learned("gated", 8).nonNegative();

  /**
   * row.
   */
  private static final ActivationRange ROW = ActivationRange.learned("row", 8).nonNegative();

  /**
   * rowGate, gatedAgain/reshape_rowGate.
   */
  private static final ActivationRange ROW_GATE = ActivationRange.learned("rowGate", 8).nonNegative().atMost(6);

  /**
   * gatedAgain.
   */
  private static final ActivationRange GATED_AGAIN = ActivationRange.learned("gatedAgain", 8).nonNegative();

  /**
   * average/sum1.
   */
  private static final ActivationRange AVERAGE_SUM1 = ActivationRange.learned("average/sum1", 8);

  /**
   * average/sum2.
   */
  private static final ActivationRange AVERAGE_SUM2 = ActivationRange.learned("average/sum2", 8);

  /**
   * sum.
   */
  private static final ActivationRange SUM = ActivationRange.learned("sum", 8).nonNegative();

  /**
   * mean.
   */
  private static final ActivationRange MEAN = ActivationRange.learned("mean", 8).nonNegative();

  /**
   * logits.
   */
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  private static final ModelSpec SPEC = ModelSpec.builder("Gated")
      .input("image", 8, 8, 3)
      .layer("features", "Conv2D + BatchNorm + Relu", 256, 13_824, 8, 8, 8)
      .layer("squeezed", "GlobalAveragePool2D", 0, 0, 1, 1, 8)
      .layer("narrow", "Conv2D + Relu", 36, 32, 1, 1, 4)
      .layer("gate", "Conv2D + Relu6", 40, 32, 1, 1, 8)
      .layer("gated", "Multiply", 0, 0, 8, 8, 8)
      .layer("row", "GlobalAveragePool2D", 0, 0, 8)
      .layer("rowGate", "Dense + Relu6", 72, 64, 8)
      .layer("gatedAgain", "Multiply + Relu", 0, 0, 8, 8, 8)
      .layer("difference", "Subtract", 0, 0, 8, 8, 8)
      .layer("average", "Average", 0, 0, 8, 8, 8)
      .layer("largest", "Maximum", 0, 0, 8, 8, 8)
      .layer("smallest", "Minimum", 0, 0, 8, 8, 8)
      .layer("sum", "Add + Relu", 0, 0, 8, 8, 8)
      .layer("mean", "Mean", 0, 0, 8)
      .layer("logits", "Dense", 36, 32, 4)
      .output("logits", 4)
      .build();

  private GatedModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static GatedModel create(long seed) {
    return new GatedModel(seed);
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
    //   output int8 in range IMAGE
    LayerTensor image = g.input("image", 8, 8, 3).output(IMAGE);

    // features: Conv2D + BatchNorm + Relu, [8, 8, 3] -> [8, 8, 8]
    //   kernel [3, 3, 3, 8], int8 per channel; output int8 in range FEATURES
    LayerTensor features = g.conv2d("features", image)
        .kernel(3, 3, 3, 8)
        .strides(1, 1)
        .padding(Padding.SAME)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(FEATURES);

    // squeezed: GlobalAveragePool2D, [8, 8, 8] -> [1, 1, 8]
    //   output int8 in range SQUEEZED
    LayerTensor squeezed = g.globalAveragePool2d("squeezed", features)
        .keepDims(true)
        .output(SQUEEZED);

    // narrow: Conv2D + Relu, [1, 1, 8] -> [1, 1, 4]
    //   kernel [1, 1, 8, 4], int8 per channel; output int8 in range NARROW
    LayerTensor narrow = g.conv2d("narrow", squeezed)
        .kernel(1, 1, 8, 4)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(NARROW);

    // gate: Conv2D + Relu6, [1, 1, 4] -> [1, 1, 8]
    //   kernel [1, 1, 4, 8], int8 per channel; output int8 in range FEATURES
    LayerTensor gate = g.conv2d("gate", narrow)
        .kernel(1, 1, 4, 8)
        .strides(1, 1)
        .padding(Padding.VALID)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU6)
        .output(FEATURES);

    // gated: Multiply, [8, 8, 8] and [1, 1, 8] -> [8, 8, 8]
    //   output int8 in range GATED
    LayerTensor gated = g.multiply("gated", features, gate).output(GATED);

    // row: GlobalAveragePool2D, [8, 8, 8] -> [8]
    //   output int8 in range ROW
    LayerTensor row = g.globalAveragePool2d("row", gated)
        .keepDims(false)
        .output(ROW);

    // rowGate: Dense + Relu6, [8] -> [8]
    //   kernel [8, 8], int8 per tensor; output int8 in range ROW_GATE
    LayerTensor rowGate = g.dense("rowGate", row)
        .kernel(8, 8)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .activation(Activation.RELU6)
        .output(ROW_GATE);

    // gatedAgain/reshape_rowGate: RESHAPE of Multiply + Relu, [8] -> [1, 1, 8]
    //   output int8 in range ROW_GATE
    LayerTensor gatedAgainReshape_rowGate = g.reshape("gatedAgain/reshape_rowGate", rowGate, 1, 1, 8);

    // gatedAgain: Multiply + Relu, [1, 1, 8] and [8, 8, 8] -> [8, 8, 8]
    //   output int8 in range GATED_AGAIN
    LayerTensor gatedAgain = g.multiply("gatedAgain", gatedAgainReshape_rowGate, gated)
        .activation(Activation.RELU)
        .output(GATED_AGAIN);

    // difference: Subtract, [8, 8, 8] -> [8, 8, 8]
    //   output int8 in range FEATURES
    LayerTensor difference = g.subtract("difference", gatedAgain, features).output(FEATURES);

    // average/sum1: ADD of Average, [8, 8, 8] -> [8, 8, 8]
    //   output int8 in range AVERAGE_SUM1
    LayerTensor averageSum1 = g.add("average/sum1", difference, gated).output(AVERAGE_SUM1);

    // average/sum2: ADD of Average, [8, 8, 8] -> [8, 8, 8]
    //   output int8 in range AVERAGE_SUM2
    LayerTensor averageSum2 = g.add("average/sum2", averageSum1, features).output(AVERAGE_SUM2);

    // average: Average, [8, 8, 8] -> [8, 8, 8]
    //   output int8 in range FEATURES
    LayerTensor average = g.multiplyConstant("average", averageSum2, 1.0 / 3).output(FEATURES);

    // largest/maximum1: Maximum, [8, 8, 8] -> [8, 8, 8]
    //   output int8 in range FEATURES
    LayerTensor largestMaximum1 = g.maximum("largest/maximum1", average, difference).output(FEATURES);

    // largest: Maximum, [8, 8, 8] and [1, 1, 8] -> [8, 8, 8]
    //   output int8 in range FEATURES
    LayerTensor largest = g.maximum("largest", largestMaximum1, gate).output(FEATURES);

    // smallest: Minimum, [8, 8, 8] -> [8, 8, 8]
    //   output int8 in range FEATURES
    LayerTensor smallest = g.minimum("smallest", largest, features).output(FEATURES);

    // sum: Add + Relu, [8, 8, 8] and [1, 1, 8] -> [8, 8, 8]
    //   output int8 in range SUM
    LayerTensor sum = g.add("sum", smallest, squeezed)
        .activation(Activation.RELU)
        .output(SUM);

    // mean: Mean, [8, 8, 8] -> [8]
    //   output int8 in range MEAN
    LayerTensor mean = g.mean("mean", sum)
        .axes(1, 2)
        .keepDims(false)
        .output(MEAN);

    // logits: Dense, [8] -> [4]
    //   kernel [8, 4], int8 per tensor; output int8 in range LOGITS
    LayerTensor logits = g.dense("logits", mean)
        .kernel(8, 4)
        .kernelInitializer(Initializer.GLOROT_UNIFORM)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(LOGITS);

    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    // image: input
    PlanTensor image = p.input("image", 8, 8, 3).output(IMAGE);

    // features: CONV_2D with RELU; the batch norm is in its weights
    PlanTensor features = p.conv2d("features", image)
        .strides(1, 1)
        .padding(Padding.SAME)
        .activation(Activation.RELU)
        .output(FEATURES, 8, 8, 8);

    // squeezed: MEAN
    PlanTensor squeezed = p.mean("squeezed", features)
        .axes(1, 2)
        .keepDims(true)
        .output(SQUEEZED, 1, 1, 8);

    // narrow: CONV_2D with RELU
    PlanTensor narrow = p.conv2d("narrow", squeezed)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU)
        .output(NARROW, 1, 1, 4);

    // gate: CONV_2D with RELU6
    PlanTensor gate = p.conv2d("gate", narrow)
        .strides(1, 1)
        .padding(Padding.VALID)
        .activation(Activation.RELU6)
        .output(FEATURES, 1, 1, 8);

    // gated: MUL
    PlanTensor gated = p.multiply("gated", features, gate).output(GATED, 8, 8, 8);

    // row: MEAN
    PlanTensor row = p.mean("row", gated)
        .axes(1, 2)
        .keepDims(false)
        .output(ROW, 8);

    // rowGate: FULLY_CONNECTED with RELU6
    PlanTensor rowGate = p.fullyConnected("rowGate", row)
        .activation(Activation.RELU6)
        .output(ROW_GATE, 8);

    // gatedAgain/reshape_rowGate: RESHAPE
    PlanTensor gatedAgainReshape_rowGate = p.reshape("gatedAgain/reshape_rowGate", rowGate).output(ROW_GATE, 1, 1, 8);

    // gatedAgain: MUL with RELU
    PlanTensor gatedAgain = p.multiply("gatedAgain", gatedAgainReshape_rowGate, gated)
        .activation(Activation.RELU)
        .output(GATED_AGAIN, 8, 8, 8);

    // difference: SUB
    PlanTensor difference = p.subtract("difference", gatedAgain, features).output(FEATURES, 8, 8, 8);

    // average/sum1: ADD
    PlanTensor averageSum1 = p.add("average/sum1", difference, gated).output(AVERAGE_SUM1, 8, 8, 8);

    // average/sum2: ADD
    PlanTensor averageSum2 = p.add("average/sum2", averageSum1, features).output(AVERAGE_SUM2, 8, 8, 8);

    // average: MUL
    PlanTensor average = p.multiplyConstant("average", averageSum2, 1.0 / 3).output(FEATURES, 8, 8, 8);

    // largest/maximum1: MAXIMUM
    PlanTensor largestMaximum1 = p.maximum("largest/maximum1", average, difference).output(FEATURES, 8, 8, 8);

    // largest: MAXIMUM
    PlanTensor largest = p.maximum("largest", largestMaximum1, gate).output(FEATURES, 8, 8, 8);

    // smallest: MINIMUM
    PlanTensor smallest = p.minimum("smallest", largest, features).output(FEATURES, 8, 8, 8);

    // sum: ADD with RELU
    PlanTensor sum = p.add("sum", smallest, squeezed)
        .activation(Activation.RELU)
        .output(SUM, 8, 8, 8);

    // mean: MEAN
    PlanTensor mean = p.mean("mean", sum)
        .axes(1, 2)
        .keepDims(false)
        .output(MEAN, 8);

    // logits: FULLY_CONNECTED
    PlanTensor logits = p.fullyConnected("logits", mean).output(LOGITS, 4);

    p.output("logits", logits);
  }
}
