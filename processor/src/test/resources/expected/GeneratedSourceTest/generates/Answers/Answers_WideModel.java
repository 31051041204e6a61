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
 * The network that {@link Answers.Wide} declares: 28 parameters, 24 multiply-accumulates an example.
 *
 * <pre>
 * x       Input   [6]
 * logits  Dense   [4]
 * answer  ArgMax  []
 * </pre>
 *
 * <p>Quantized for {@link dev.detent.annotations.scheme.TfliteInt16x8}: TFLite int16 activations.
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Answers_WideModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Answers.Wide")
      .input("x", 6)
      .layer("logits", "Dense", 28, 24, 4)
      .layer("answer", "ArgMax", 0, 0)
      .output("answer")
      .build();

  private Answers_WideModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Answers_WideModel create(long seed) {
    return new Answers_WideModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param x 6 values, [6]
   * @return answer: 1 values, []
   */
  float[] predict(float[] x) {
    return run(x)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // x: Input, [6], int16 symmetric
    Tensor x = n.input("x").output(ActivationRange.learned("x", 16).symmetric(), 6);

    // logits: Dense, [6] -> [4], int16 symmetric
    Tensor logits = n.fullyConnected("logits", x)
        .kernel(6, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(ActivationRange.learned("logits", 16).symmetric(), 4);

    // logits/dequantize: DEQUANTIZE, [4] -> [4], float
    Tensor logitsDequantize = n.dequantize("logits/dequantize", logits).output(4);

    // answer: ArgMax, [4] -> [], int32
    Tensor answer = n.argMax("answer", logitsDequantize, 1).output();

    n.output("answer", answer);
  }
}
