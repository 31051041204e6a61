import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import javax.annotation.processing.Generated;

/**
 * The network that {@link KeptFloat} declares: 466 parameters, 7,648 multiply-accumulates an example.
 *
 * <pre>
 * image          Input          [8, 8, 4]
 * conv           Conv2D         [6, 6, 4]
 * middle         Conv2D + Relu  [4, 4, 4]
 * pool           MaxPool2D      [2, 2, 4]
 * flat           Flatten        [16]
 * logits         Dense          [10]
 * probabilities  Softmax        [10]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class KeptFloatModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("KeptFloat")
      .input("image", 8, 8, 4)
      .layer("conv", "Conv2D", 148, 5184, 6, 6, 4)
      .layer("middle", "Conv2D + Relu", 148, 2304, 4, 4, 4)
      .layer("pool", "MaxPool2D", 0, 0, 2, 2, 4)
      .layer("flat", "Flatten", 0, 0, 16)
      .layer("logits", "Dense", 170, 160, 10)
      .layer("probabilities", "Softmax", 0, 0, 10)
      .output("probabilities", 10)
      .build();

  private KeptFloatModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static KeptFloatModel create(long seed) {
    return new KeptFloatModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 256 values, [8, 8, 4]
   * @return probabilities: 10 values, [10]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 4], float
    Tensor image = n.input("image").output(8, 8, 4);

    // conv: Conv2D, [8, 8, 4] -> [6, 6, 4], float
    Tensor conv = n.conv2d("conv", image)
        .kernel(3, 3, 4, 4)
        .bias(Initializer.ZEROS)
        .output(6, 6, 4);

    // conv/quantize: QUANTIZE, [6, 6, 4] -> [6, 6, 4], int8
    Tensor convQuantize = n.quantize("conv/quantize", conv)
        .output(ActivationRange.learned("conv/quantize", 8), 6, 6, 4);

    // middle: Conv2D + Relu, [6, 6, 4] -> [4, 4, 4], int8
    Tensor middle = n.conv2d("middle", convQuantize)
        .kernel(3, 3, 4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("middle", 8).nonNegative(), 4, 4, 4);

    // middle/dequantize: DEQUANTIZE, [4, 4, 4] -> [4, 4, 4], float
    Tensor middleDequantize = n.dequantize("middle/dequantize", middle).output(4, 4, 4);

    // pool: MaxPool2D, [4, 4, 4] -> [2, 2, 4], float
    Tensor pool = n.maxPool2d("pool", middleDequantize).poolSize(2, 2).output(2, 2, 4);

    // pool/quantize: QUANTIZE, [2, 2, 4] -> [2, 2, 4], int8 in one range with flat
    Tensor poolQuantize = n.quantize("pool/quantize", pool)
        .output(ActivationRange.learned("pool/quantize", 8).nonNegative(), 2, 2, 4);

    // flat: Flatten, [2, 2, 4] -> [16], int8 in the range of pool/quantize
    Tensor flat = n.reshape("flat", poolQuantize).output(16);

    // logits: Dense, [16] -> [10], int8
    Tensor logits = n.fullyConnected("logits", flat)
        .kernel(16, 10)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 10);

    // logits/dequantize: DEQUANTIZE, [10] -> [10], float
    Tensor logitsDequantize = n.dequantize("logits/dequantize", logits).output(10);

    // probabilities: Softmax, [10] -> [10], float
    Tensor probabilities = n.softmax("probabilities", logitsDequantize).output(10);

    n.output("probabilities", probabilities);
  }
}
