package dev.detent.processor;

import javax.tools.JavaFileObject;

/** Models of any length. */
final class LongModels {
  private LongModels() {}

  /**
   * A residual network: an input, then convolutions with batch norm, every third layer a sum with
   * the layer three above it, so that parts of a split method read tensors of other parts.
   *
   * @param name of the class
   * @param layers how many fields, the input included, at least 1
   */
  static JavaFileObject residual(String name, int layers) {
    StringBuilder source =
        new StringBuilder("import dev.detent.annotations.*;\n@Model @Quantize\n");
    source.append("class ").append(name).append(" {\n");
    source.append("  @Input(shape = {16, 16, 8}) Layer layer0;\n");
    for (int i = 1; i < layers; i++) {
      source
          .append(
              i % 3 == 0
                  ? "  @Add({\"layer" + (i - 1) + "\", \"layer" + (i - 3) + "\"}) @Relu"
                  : "  @Conv2D(filters = 8, kernelSize = 3, padding = Padding.SAME) @BatchNorm"
                      + " @Relu")
          .append(" Layer layer")
          .append(i)
          .append(";\n");
    }
    return Sources.text(name, source.append("}\n").toString());
  }
}
