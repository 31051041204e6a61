package dev.detent.runtime;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import java.util.Random;
import java.util.function.Consumer;

/** A model of a few layers, given as what the processor would generate, with its parts in reach. */
public final class TinyModel extends DetentModel<Examples> {
  private final Consumer<NetworkBuilder> network;

  /** A model called "Tiny". */
  public TinyModel(Consumer<NetworkBuilder> network, long seed) {
    super(ModelSpec.builder("Tiny").build(), seed);
    this.network = network;
  }

  @Override
  protected void network(NetworkBuilder n) {
    network.accept(n);
  }

  /** Its graph. */
  public ModelGraph graph() {
    return modelGraph();
  }

  /** One example through the model as it is. */
  public float[][] predict(float[]... inputs) {
    return run(inputs);
  }

  /** The scale and zero point that the export writes for a range. */
  public Encoding encoding(ActivationRange range) {
    return range.fixed().orElseGet(() -> GraphValues.fetch(modelGraph(), true).encoding(range));
  }

  /** The values of a variable. */
  public float[] get(String variable) {
    return variables().read(variables().find(variable));
  }

  /** Sets a variable. */
  public void set(String variable, float... values) {
    variables().write(variables().find(variable), values);
  }

  /** All variables of the passes in use. */
  public Variables variables() {
    modelGraph().pass(Pass.FLOAT);
    modelGraph().pass(Pass.QUANTIZED);
    return modelGraph().variables();
  }

  /**
   * Sets everything that does not start at random as a hard training would leave it: biases and
   * batch-norm statistics anywhere, every third batch-norm factor negative, every fifth tiny, and
   * the first output channel of every kernel all zero.
   */
  public TinyModel shuffled(Random random) {
    for (Variables.Variable variable : variables().all()) {
      String name = variable.name();
      float[] values = variables().read(variable);
      int[] shape = variable.shape();
      for (int i = 0; i < values.length; i++) {
        if (name.endsWith("/kernel") && i % channels(shape) == 0) {
          values[i] = 0;
        } else if (name.endsWith("/bias")
            || name.endsWith("/beta")
            || name.endsWith("/moving_mean")) {
          values[i] = (float) random.nextGaussian() * 0.5f;
        } else if (name.endsWith("/moving_variance")) {
          values[i] = 0.05f + 2 * random.nextFloat();
        } else if (name.endsWith("/gamma")) {
          values[i] =
              (i % 3 == 0 ? -1 : 1)
                  * (0.2f + random.nextFloat())
                  * (i % 5 == 4 ? (float) Math.pow(10, -2 - 2 * random.nextInt(3)) : 1);
        }
      }
      variables().write(variable, values);
    }
    return this;
  }

  /** How many values in a row belong to different channels; a depthwise kernel has two axes. */
  private static int channels(int[] shape) {
    return shape.length == 4 ? shape[2] * shape[3] : shape[shape.length - 1];
  }
}
