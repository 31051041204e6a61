package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import dev.detent.runtime.verify.Delegation;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What XNNPACK leaves to the built-in kernels. */
class DelegationTest {
  private static final int SIZE = 6;
  private static final ActivationRange SECOND = ActivationRange.fixed("second", 8, 1 / 128.0, 0);
  private static final ActivationRange Y = ActivationRange.fixed("y", 8, 1 / 256.0, -128);

  private static ActivationRange range(String name) {
    return ActivationRange.learned(name, 8);
  }

  private static void graph(GraphBuilder g) {
    LayerTensor x = g.input("x", SIZE).output(range("x"));
    LayerTensor first = g.hardSwish("first", x).output(range("first"));
    LayerTensor second = g.tanh("second", first).output(SECOND);
    LayerTensor third = g.hardSwish("third", second).output(range("third"));
    g.output("y", g.softmax("y", third).output(Y));
  }

  private static void plan(PlanBuilder p) {
    PlanTensor x = p.input("x", SIZE).output(range("x"));
    PlanTensor first = p.hardSwish("first", x).output(range("first"), SIZE);
    PlanTensor second = p.tanh("second", first).output(SECOND, SIZE);
    PlanTensor third = p.hardSwish("third", second).output(range("third"), SIZE);
    p.output("y", p.softmax("y", third).output(Y, SIZE));
  }

  @Test
  void countsWhatXnnpackLeaves() {
    TinyModel model = new TinyModel(DelegationTest::graph, DelegationTest::plan, 1);
    try (Parity parity = Parity.of(model, Parity.gaussian(new Random(1), 20, 0, 2, SIZE));
        var xnnpack = TfliteInterpreter.open(parity.file(), Kernels.XNNPACK)) {
      Delegation delegation = Delegation.of(xnnpack);

      assertThat(delegation.left()).containsExactly(entry("HARD_SWISH", 2), entry("SOFTMAX", 1));
      assertThat(delegation)
          .hasToString(
              "XNNPACK leaves 3 of 4 operations to the built-in kernels: 2 HARD_SWISH, 1 SOFTMAX.");
    }
  }

  @Test
  void nothingLeftIsSaidToo() {
    Delegation all = new Delegation(16, Map.of());

    assertThat(all.isComplete()).isTrue();
    assertThat(all.leftAsText()).isEmpty();
    assertThat(all).hasToString("XNNPACK runs all 16 operations.");
  }
}
