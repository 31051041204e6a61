package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelSpecTest {
  @Test
  void printsAsATable() {
    ModelSpec spec =
        ModelSpec.builder("Digits")
            .input("image", 28, 28, 1)
            .layer("conv", "Conv2D + Relu", 80, 48_672, 26, 26, 8)
            .layer("logits", "Dense", 54_090, 54_080, 10)
            .output("logits", 10)
            .build();
    assertThat(spec.toString().lines())
        .startsWith("Digits: [image [28, 28, 1]] -> [logits [10]]")
        .anyMatch(line -> line.matches("conv +Conv2D \\+ Relu +\\[26, 26, 8] +80 +48,672 *"))
        .noneMatch(line -> line.contains("LayerSpec"));
    assertThat(spec.layers().get(0))
        .hasToString("conv: Conv2D + Relu, [26, 26, 8], 80 parameters, 48,672 MACs");
  }
}
