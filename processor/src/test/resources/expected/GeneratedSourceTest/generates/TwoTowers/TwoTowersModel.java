package zoo.towers;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.codegen.ModelExamples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The network that {@link TwoTowers} declares: 9,092 parameters, 9,344 multiply-accumulates an example.
 *
 * <pre>
 * image      Input                [8, 8, 1]
 * conv       Conv2D + Relu        [6, 6, 4]
 * embedding  GlobalAveragePool2D  [4]
 * text       Input                [12]
 * words      Dense + Relu         [4]
 * both       Concat               [8]
 * logits     Dense                [1000]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
public final class TwoTowersModel extends DetentModel<TwoTowersModel.Data> {
  private static final ModelSpec SPEC = ModelSpec.builder("TwoTowers")
      .input("image", 8, 8, 1)
      .input("text", 12)
      .layer("conv", "Conv2D + Relu", 40, 1296, 6, 6, 4)
      .layer("embedding", "GlobalAveragePool2D", 0, 0, 4)
      .layer("words", "Dense + Relu", 52, 48, 4)
      .layer("both", "Concat", 0, 0, 8)
      .layer("logits", "Dense", 9000, 8000, 1000)
      .output("embedding", 4)
      .output("logits", 1000)
      .build();

  private TwoTowersModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  public static TwoTowersModel create(long seed) {
    return new TwoTowersModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param image 64 values, [8, 8, 1]
   * @param text 12 values, [12]
   * @return the values of each output
   */
  public Outputs predict(float[] image, float[] text) {
    return new Outputs(run(image, text));
  }

  @Override
  protected void network(NetworkBuilder n) {
    // image: Input, [8, 8, 1], int8
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 8, 8, 1);

    // conv: Conv2D + Relu, [8, 8, 1] -> [6, 6, 4], int8
    Tensor conv = n.conv2d("conv", image)
        .kernel(3, 3, 1, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .activation(Activation.RELU)
        .output(ActivationRange.learned("conv", 8).nonNegative(), 6, 6, 4);

    // embedding: GlobalAveragePool2D, [6, 6, 4] -> [4], int8 in one range with words and both
    Tensor embedding = n.mean("embedding", conv)
        .axes(1, 2)
        .output(ActivationRange.learned("embedding", 8).nonNegative(), 4);

    // text: Input, [12], int8
    Tensor text = n.input("text").output(ActivationRange.learned("text", 8), 12);

    // words: Dense + Relu, [12] -> [4], int8 in the range of embedding
    Tensor words = n.fullyConnected("words", text)
        .kernel(12, 4)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .activation(Activation.RELU)
        .output(embedding.range(), 4);

    // both: Concat, [4] -> [8], int8 in the range of embedding
    Tensor both = n.concatenation("both", 1, embedding, words).output(embedding.range(), 8);

    // logits: Dense, [8] -> [1000], int8
    Tensor logits = n.fullyConnected("logits", both)
        .kernel(8, 1000)
        .bias(Initializer.ZEROS)
        .quantizeKernel(WeightQuantization.perTensor(8))
        .output(ActivationRange.learned("logits", 8), 1000);

    n.output("embedding", embedding);
    n.output("logits", logits);
  }

  /**
   * Examples for this model: as many of each input and of each output.
   */
  public static final class Data extends ModelExamples<Data> {
    /**
     * Ties inputs and outputs together.
     *
     * @param image for 'image', [8, 8, 1]
     * @param text for 'text', [12]
     * @param embedding for 'embedding', [4]
     * @param logits for 'logits', [1000]
     * @throws dev.detent.runtime.data.DataException if their numbers differ
     */
    public Data(Features image, Features text, Targets embedding, Targets logits) {
      super(List.of(image, text), List.of(embedding, logits));
    }

    @Override
    public Data with(List<Features> inputs, List<Targets> targets) {
      return new Data(inputs.get(0), inputs.get(1), targets.get(0), targets.get(1));
    }
  }

  /**
   * The values of each output for one example.
   */
  public static final class Outputs {
    private final float[][] values;

    private Outputs(float[][] values) {
      this.values = values;
    }

    /**
     * Returns 'embedding': 4 values, [4].
     */
    public float[] embedding() {
      return values[0];
    }

    /**
     * Returns 'logits': 1,000 values, [1000].
     */
    public float[] logits() {
      return values[1];
    }
  }
}
