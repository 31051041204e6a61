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
 * The network that {@link Requantized} declares: 48 parameters, 40 multiply-accumulates an example.
 *
 * <pre>
 * values         Input    [6]
 * logits         Dense    [4]
 * probabilities  Softmax  [4]
 * symmetric      Dense    [4]
 * merged         Concat   [12]
 * again          Concat   [16]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class RequantizedModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Requantized")
      .input("values", 6)
      .layer("logits", "Dense", 28, 24, 4)
      .layer("probabilities", "Softmax", 0, 0, 4)
      .layer("symmetric", "Dense", 20, 16, 4)
      .layer("merged", "Concat", 0, 0, 12)
      .layer("again", "Concat", 0, 0, 16)
      .output("again", 16)
      .build();

  private RequantizedModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static RequantizedModel create(long seed) {
    return new RequantizedModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param values 6 values, [6]
   * @return again: 16 values, [16]
   */
  float[] predict(float[] values) {
    return run(values)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // values: Input, [6], int8
    Tensor values = n.input("values").output(ActivationRange.learned("values", 8), 6);

    // logits: Dense, [6] -> [4], int8 in one range with probabilities/quantize and 3 more
    Tensor logits = n.fullyConnected("logits", values)
        .kernel(6, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 4);

    // probabilities: Softmax, [4] -> [4], int8
    Tensor probabilities = n.softmax("probabilities", logits)
        .output(ActivationRange.fixed("probabilities", 8, 1.0 / 256, -128), 4);

    // symmetric: Dense, [4] -> [4], int8 symmetric
    //   as asked by @QuantizeConfig(activations=@Activations(symmetric=true))
    Tensor symmetric = n.fullyConnected("symmetric", probabilities)
        .kernel(4, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("symmetric", 8).symmetric(), 4);

    // probabilities/quantize: QUANTIZE, [4] -> [4], int8 in the range of logits
    Tensor probabilitiesQuantize = n.quantize("probabilities/quantize", probabilities)
        .output(logits.range(), 4);

    // symmetric/quantize: QUANTIZE, [4] -> [4], int8 in the range of logits
    Tensor symmetricQuantize = n.quantize("symmetric/quantize", symmetric)
        .output(logits.range(), 4);

    // merged: Concat, [4] -> [12], int8 in the range of logits
    Tensor merged = n.concatenation("merged", 1, logits, probabilitiesQuantize, symmetricQuantize)
        .output(logits.range(), 12);

    // again: Concat, [4] and [12] -> [16], int8 in the range of logits
    Tensor again = n.concatenation("again", 1, probabilitiesQuantize, merged)
        .output(logits.range(), 16);

    n.output("again", again);
  }
}
