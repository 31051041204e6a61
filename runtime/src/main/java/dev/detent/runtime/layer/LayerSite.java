package dev.detent.runtime.layer;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.network.BatchNormalization;
import dev.detent.runtime.network.DeclaredWeight;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.MovingAverage;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a custom layer is told of its place in a model. */
public final class LayerSite {
  private final Builder told;
  private final Set<String> asked;

  private LayerSite(Builder told, Set<String> asked) {
    this.told = told;
    this.asked = asked;
  }

  /**
   * Begins the site of a layer.
   *
   * @param shape the declared sizes of its output, without the batch
   */
  public static Builder of(String name, int... shape) {
    return new Builder(name, shape);
  }

  /** The field's name, which the layer's last tensor has. */
  public String name() {
    return told.name;
  }

  /** The name of another tensor or operation of the layer: {@code layer/part}. */
  public String name(String part) {
    return told.name + "/" + part;
  }

  /** The declared sizes of the output, without the batch. */
  public int[] shape() {
    return told.shape.clone();
  }

  /** The range of the output; null where the layer stays float. */
  public @Nullable ActivationRange output() {
    return told.output;
  }

  /**
   * A range of its own for a tensor inside of the layer, quantized in the form of the output; null
   * where the layer stays float.
   */
  public @Nullable ActivationRange range(String part) {
    ActivationRange output = told.output;
    if (output == null) {
      return null;
    }
    ActivationRange range = ActivationRange.learned(name(part), output.bits());
    if (output.isSymmetric() && output.fixed().isEmpty()) {
      range = range.symmetric();
    }
    if (output.isPowerOfTwo()) {
      range = range.powerOfTwo();
    }
    return output.fixed().isEmpty()
        ? range.quantizer(output.quantizerFactory())
        : range.quantizer(MovingAverage::new);
  }

  /** The activation that stands after the layer, which fuses it into its last operation. */
  public Activation activation() {
    return told.activation;
  }

  /** The batch norm that stands after the layer, which has it folded; null if there is none. */
  public @Nullable BatchNormalization batchNorm() {
    return told.batchNorm;
  }

  /**
   * A declared weight.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public DeclaredWeight weight(String weight) {
    DeclaredWeight found = told.weights.get(weight);
    if (found == null) {
      throw new IllegalArgumentException(
          "layer '%s' asks for the weight '%s', but %s. Declare it in 'weights' of @CustomLayer"
              .formatted(
                  name(),
                  weight,
                  told.weights.isEmpty()
                      ? "its annotation declares none"
                      : "its annotation declares " + told.weights.keySet()));
    }
    asked.add(weight);
    return found;
  }

  /** The names of the declared weights, in order. */
  public List<String> weights() {
    return List.copyOf(told.weights.keySet());
  }

  /** The same site, which notes the weights that it is asked for. */
  LayerSite noting(Set<String> notes) {
    return new LayerSite(told, notes);
  }

  /** Collects what a layer is told; generated code calls it. */
  public static final class Builder {
    private final String name;
    private final int[] shape;
    private @Nullable ActivationRange output;
    private Activation activation = Activation.NONE;
    private @Nullable BatchNormalization batchNorm;
    private final Map<String, DeclaredWeight> weights = new LinkedHashMap<>();

    private Builder(String name, int[] shape) {
      this.name = name;
      this.shape = shape.clone();
    }

    /** Quantizes the output. */
    public Builder output(ActivationRange range) {
      output = range;
      return this;
    }

    /** Puts an activation after the layer. */
    public Builder activation(Activation fused) {
      activation = fused;
      return this;
    }

    /** Puts a batch norm after the layer. */
    public Builder batchNorm(double momentum, double epsilon) {
      return batchNorm(momentum, epsilon, true, true);
    }

    /** Puts a batch norm after the layer. */
    public Builder batchNorm(double momentum, double epsilon, boolean center, boolean scale) {
      batchNorm = new BatchNormalization(momentum, epsilon, center, scale);
      return this;
    }

    /** Declares a weight that stays float, or is the bias of an operation. */
    public Builder weight(String weight, Initializer initializer, int... sizes) {
      return weight(weight, initializer, null, sizes);
    }

    /** Declares a weight that is quantized. */
    public Builder weight(
        String weight,
        Initializer initializer,
        @Nullable WeightQuantization quantization,
        int... sizes) {
      weights.put(weight, new DeclaredWeight(weight, initializer, quantization, sizes));
      return this;
    }

    /**
     * Describes the layer in this place.
     *
     * @param annotation the simple name of the user's annotation, for messages
     * @param implementation the layer itself
     * @throws IllegalStateException if it is not what its annotation declares
     */
    public Tensor build(
        NetworkBuilder n, String annotation, LayerImplementation implementation, Tensor... inputs) {
      LayerSite site = new LayerSite(this, new HashSet<>());
      return new PlacedLayer(annotation, implementation, site).build(n, List.of(inputs));
    }
  }
}
