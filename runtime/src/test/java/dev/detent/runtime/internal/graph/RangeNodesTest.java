package dev.detent.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

class RangeNodesTest {
  private static final ActivationRange X = ActivationRange.learned("x", 8);

  /** To the bit: the multipliers of the kernels follow from it. */
  @Test
  void scaleAndZeroPointAreThoseThatTheExportWrites() {
    Random random = new Random(3);
    try (TinyModel model = new TinyModel(n -> n.output("x", n.input("x").output(X, 2)), 1)) {
      RangeNodes nodes = model.graph().pass(Pass.QUANTIZED).ranges().get("x");
      model.variables();
      for (int i = 0; i < 200; i++) {
        model.set("x/range/min", -3 * random.nextFloat());
        model.set("x/range/max", 5 * random.nextFloat());
        try (Result result =
            model.graph().session().runner().fetch(nodes.scale()).fetch(nodes.zeroPoint()).run()) {
          Encoding encoding = model.encoding(X);
          assertThat(Tensors.toArray((TFloat32) result.get(0))).containsExactly(encoding.scale());
          assertThat(Tensors.toArray((TFloat32) result.get(1)))
              .containsExactly((float) encoding.zeroPoint());
        }
      }
    }
  }
}
