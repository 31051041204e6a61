package dev.detent.runtime;

import dev.detent.runtime.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the processor knew about a model at compile time.
 *
 * @param name the annotated class's name
 * @param inputs in order of declaration
 * @param outputs in order of declaration
 * @param layers in order of data flow
 * @param simulatedScheme the name of a scheme that TFLite cannot deploy, so that the model is
 *     trained and evaluated only; empty for all others
 */
public record ModelSpec(
    String name,
    List<TensorSpec> inputs,
    List<TensorSpec> outputs,
    List<LayerSpec> layers,
    Optional<String> simulatedScheme) {

  /** Copies the lists. */
  public ModelSpec {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    layers = List.copyOf(layers);
  }

  /**
   * An input or output.
   *
   * @param name its field's name
   * @param shape without the batch
   */
  public record TensorSpec(String name, List<Integer> shape) {
    /** Copies the list. */
    public TensorSpec {
      shape = List.copyOf(shape);
    }

    /** How many numbers one example has. */
    public int elements() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** The sizes as an array. */
    public int[] dimensions() {
      return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Name and shape: {@code image [28, 28, 1]}. */
    @Override
    public String toString() {
      return name + " " + shape;
    }
  }

  /**
   * A layer.
   *
   * @param name its field's name
   * @param kind its annotations: {@code Conv2D + BatchNorm + Relu}
   * @param parameters how many numbers it holds, batch-norm statistics included, as Keras counts
   * @param multiplyAccumulates for one example
   * @param shape of its output, without the batch
   */
  public record LayerSpec(
      String name, String kind, long parameters, long multiplyAccumulates, List<Integer> shape) {
    /** Copies the list. */
    public LayerSpec {
      shape = List.copyOf(shape);
    }

    /** All of it in words: {@code conv: Conv2D + Relu, [26, 26, 8], 80 parameters, 48,672 MACs}. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %s, %s, %,d parameters, %,d MACs",
          name,
          kind,
          shape,
          parameters,
          multiplyAccumulates);
    }
  }

  /** All numbers that the model holds, as Keras counts them. */
  public long parameters() {
    return layers.stream().mapToLong(LayerSpec::parameters).sum();
  }

  /** Multiply-accumulates for one example. */
  public long multiplyAccumulates() {
    return layers.stream().mapToLong(LayerSpec::multiplyAccumulates).sum();
  }

  /** A table of the layers with shapes, parameters and multiply-accumulates, and their sums. */
  public String summary() {
    TextTable table = TextTable.of("layer", "kind", "output", "parameters", "MACs");
    for (LayerSpec layer : layers) {
      table.row(
          layer.name,
          layer.kind,
          layer.shape.toString(),
          String.format(Locale.ROOT, "%,d", layer.parameters),
          String.format(Locale.ROOT, "%,d", layer.multiplyAccumulates));
    }
    table.row(
        name,
        "",
        "",
        String.format(Locale.ROOT, "%,d", parameters()),
        String.format(Locale.ROOT, "%,d", multiplyAccumulates()));
    return table.toString();
  }

  /** The inputs and outputs, and the {@link #summary()}. */
  @Override
  public String toString() {
    return name + ": " + inputs + " -> " + outputs + "\n" + summary();
  }

  /** Starts a description; generated code calls this. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Collects a description. */
  public static final class Builder {
    private final String name;
    private final List<TensorSpec> inputs = new ArrayList<>();
    private final List<TensorSpec> outputs = new ArrayList<>();
    private final List<LayerSpec> layers = new ArrayList<>();
    private Optional<String> simulatedScheme = Optional.empty();

    private Builder(String name) {
      this.name = name;
    }

    /** Adds an input. */
    public Builder input(String input, int... shape) {
      inputs.add(new TensorSpec(input, boxed(shape)));
      return this;
    }

    /** Adds an output. */
    public Builder output(String output, int... shape) {
      outputs.add(new TensorSpec(output, boxed(shape)));
      return this;
    }

    /** Adds a layer. */
    public Builder layer(
        String layer, String kind, long parameters, long multiplyAccumulates, int... shape) {
      layers.add(new LayerSpec(layer, kind, parameters, multiplyAccumulates, boxed(shape)));
      return this;
    }

    /** Says that TFLite cannot deploy the model's scheme. */
    public Builder simulatedOnly(String scheme) {
      simulatedScheme = Optional.of(scheme);
      return this;
    }

    /** The description. */
    public ModelSpec build() {
      return new ModelSpec(name, inputs, outputs, layers, simulatedScheme);
    }

    private static List<Integer> boxed(int[] shape) {
      return java.util.Arrays.stream(shape).boxed().toList();
    }
  }
}
