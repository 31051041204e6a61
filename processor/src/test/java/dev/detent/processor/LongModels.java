package dev.detent.processor;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;

/** Models of any length. */
public final class LongModels {
  private LongModels() {}

  /**
   * A residual network: an input, then convolutions with batch norm, every third layer a sum with
   * the layer three above it, so that parts of a split method read tensors of other parts.
   *
   * @param name of the class
   * @param layers how many fields, the input included, at least 1
   */
  static JavaFileObject residual(String name, int layers) {
    StringBuilder source = new StringBuilder("@Input(shape = {16, 16, 8}) Layer layer0;\n");
    for (int i = 1; i < layers; i++) {
      source
          .append(
              i % 3 == 0
                  ? "@Add({\"layer" + (i - 1) + "\", \"layer" + (i - 3) + "\"}) @Relu"
                  : "@Conv2D(filters = 8, kernelSize = 3, padding = Padding.SAME) @BatchNorm"
                      + " @Relu")
          .append(" Layer layer")
          .append(i)
          .append(";\n");
    }
    return quantized(name, source.toString());
  }

  /**
   * A unit that is unrolled: some 17 operations a step, and one that reads the states of all steps.
   *
   * @param name of the class
   * @param steps how many
   */
  static JavaFileObject gru(String name, int steps) {
    return quantized(
        name,
        """
        @Input(shape = {%d, 4}) Layer x;
        @Gru(units = 4, returnSequences = true) Layer states;
        @GlobalAveragePool1D Layer mean;
        @Dense(units = 2) Layer logits;
        """
            .formatted(steps));
  }

  /**
   * As many layers on one input, which the deployed model passes on, and one that puts them all
   * side by side.
   *
   * @param name of the class
   * @param branches how many
   */
  public static JavaFileObject wide(String name, int branches) {
    StringBuilder fields = new StringBuilder("@Input(shape = {2, 2, 1}) Layer x;\n");
    for (int i = 0; i < branches; i++) {
      fields.append("@Dropout(rate = 0.5, from = \"x\") Layer a").append(i).append(";\n");
    }
    fields.append(
        IntStream.range(0, branches)
            .mapToObj(i -> "\"a" + i + "\"")
            .collect(Collectors.joining(", ", "@Concat({", "}) Layer all;\n")));
    return quantized(name, fields.toString());
  }

  /**
   * A quantizer that is told as many numbers, which are not the same.
   *
   * @param name of the class
   * @param numbers how many
   */
  public static JavaFileObject withTable(String name, int numbers) {
    String table =
        IntStream.range(0, numbers).mapToObj(i -> i + ".5").collect(Collectors.joining(", "));
    return quantized(
        name,
        """
        static double[] read;
        @Input(shape = 4) Layer x;
        @Dense(units = 2) @With(table = {%s}) Layer logits;

        @QuantizeWith(layer = Told.class)
        @interface With {
          double[] table();
        }

        static final class Told implements dev.detent.runtime.quantizer.LayerQuantizer {
          Told(double[] table) {
            read = table;
          }
        }
        """
            .formatted(table));
  }

  private static JavaFileObject quantized(String name, String fields) {
    return Sources.text(
        name,
        "import dev.detent.annotations.*;\n@Model @Quantize\nclass %s {\n%s}\n"
            .formatted(name, fields));
  }
}
