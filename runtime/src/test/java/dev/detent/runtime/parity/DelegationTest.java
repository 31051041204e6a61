package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.Kernels;
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

  private static void network(NetworkBuilder n) {
    Tensor x = n.input("x").output(range("x"), SIZE);
    Tensor first = n.unary("first", UnaryKind.HARD_SWISH, x).output(range("first"), SIZE);
    Tensor second = n.unary("second", UnaryKind.TANH, first).output(SECOND, SIZE);
    Tensor third = n.unary("third", UnaryKind.HARD_SWISH, second).output(range("third"), SIZE);
    n.output("y", n.softmax("y", third).output(Y, SIZE));
  }

  @Test
  void countsWhatXnnpackLeaves() {
    TinyModel model = new TinyModel(DelegationTest::network, 1);
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
