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
 * The network that {@link Answers.Partial} declares: 28 parameters, 24 multiply-accumulates an example.
 *
 * <pre>
 * x       Input   [6]
 * logits  Dense   [4]
 * answer  ArgMax  []
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Answers_PartialModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Answers.Partial")
      .input("x", 6)
      .layer("logits", "Dense", 28, 24, 4)
      .layer("answer", "ArgMax", 0, 0)
      .output("answer")
      .build();

  private Answers_PartialModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Answers_PartialModel create(long seed) {
    return new Answers_PartialModel(seed);
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
    // x: Input, [6], float
    Tensor x = n.input("x").output(6);

    // x/quantize: QUANTIZE, [6] -> [6], int8
    Tensor xQuantize = n.quantize("x/quantize", x)
        .output(ActivationRange.learned("x/quantize", 8), 6);

    // logits: Dense, [6] -> [4], int8
    Tensor logits = n.fullyConnected("logits", xQuantize)
        .kernel(6, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 4);

    // answer: ArgMax, [4] -> [], int32
    Tensor answer = n.argMax("answer", logits, 1).output();

    n.output("answer", answer);
  }
}
