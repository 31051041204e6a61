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
 * The network that {@link Chip} declares: 148 parameters, 3,904 multiply-accumulates an example.
 *
 * <pre>
 * image          Input                      [8, 8, 3]
 * conv           Conv2D + BatchNorm + Relu  [6, 6, 4]
 * pool           MaxPool2D                  [3, 3, 4]
 * mean           GlobalAveragePool2D        [4]
 * logits         Dense                      [4]
 * probabilities  Softmax                    [4]
 * </pre>
 *
 * <p>Quantized for {@link FixedPoint}: fixed point "A1", which is simulated and cannot be exported.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class ChipModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Chip")
      .simulatedOnly("fixed point \"A1\"")
      .input("image", 8, 8, 3)
      .layer("conv", "Conv2D + BatchNorm + Relu", 128, 3888, 6, 6, 4)
      .layer("pool", "MaxPool2D", 0, 0, 3, 3, 4)
      .layer("mean", "GlobalAveragePool2D", 0, 0, 4)
      .layer("logits", "Dense", 20, 16, 4)
      .layer("probabilities", "Softmax", 0, 0, 4)
      .output("probabilities", 4)
      .build();

  private ChipModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static ChipModel create(long seed) {
    return new ChipModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 192 values, [8, 8, 3]
   * @return probabilities: 4 values, [4]
   */
  float[] predict(float[] image) {
    return run(image)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 3], int8 symmetric scaled by a power of two
    Tensor image = n.input("image")
        .output(ActivationRange.learned("image", 8).symmetric().powerOfTwo(), 8, 8, 3);

    // conv: Conv2D + BatchNorm + Relu, [8, 8, 3] -> [6, 6, 4], int8 symmetric scaled by a power of
    //     two in one range with pool/moved
    Tensor conv = n.conv2d("conv", image)
        .kernel(3, 3, 3, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8).fullRange().powerOfTwo())
        .biasBits(16)
        .batchNorm(0.99, 0.001)
        .activation(Activation.RELU)
        .output(ActivationRange.learned("conv", 8).symmetric().powerOfTwo(), 6, 6, 4);

    // pool/moved: MAX_POOL_2D of MaxPool2D, [6, 6, 4] -> [3, 3, 4], int8 symmetric scaled by a
    //     power of two in the range of conv
    Tensor poolMoved = n.maxPool2d("pool/moved", conv).poolSize(2, 2).output(conv.range(), 3, 3, 4);

    // pool: QUANTIZE, [3, 3, 4] -> [3, 3, 4], int8 symmetric scaled by a power of two in one range
    //     with mean
    Tensor pool = n.quantize("pool", poolMoved)
        .output(ActivationRange.learned("pool", 8).symmetric().powerOfTwo(), 3, 3, 4);

    // mean: GlobalAveragePool2D, [3, 3, 4] -> [4], int8 symmetric scaled by a power of two in the
    //     range of pool
    Tensor mean = n.mean("mean", pool).axes(1, 2).output(pool.range(), 4);

    // logits: Dense, [4] -> [4], int8 symmetric scaled by a power of two
    //   as asked by @QuantizeConfig(weights=@Weights(bits=4))
    Tensor logits = n.fullyConnected("logits", mean)
        .kernel(4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(4).fullRange().powerOfTwo())
        .biasBits(16)
        .output(ActivationRange.learned("logits", 8).symmetric().powerOfTwo(), 4);

    // logits/quantize: QUANTIZE, [4] -> [4], int6 scaled by a power of two
    Tensor logitsQuantize = n.quantize("logits/quantize", logits)
        .output(ActivationRange.learned("logits/quantize", 6).powerOfTwo(), 4);

    // probabilities: Softmax, [4] -> [4], int6
    Tensor probabilities = n.softmax("probabilities", logitsQuantize)
        .output(ActivationRange.fixed("probabilities", 6, 1.0 / 64, 0), 4);

    n.output("probabilities", probabilities);
  }
}
