package dev.detent.runtime.quantizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.internal.natives.NativeLog;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.quantization.FakeQuantWithMinMaxVars;
import org.tensorflow.types.TFloat32;

class EncodingTest {
  private static final int VALUES = 400;

  static {
    NativeLog.quieten();
  }

  @Test
  void zeroIsExactAndTheEndsAreClamped() {
    Encoding encoding = new Encoding(0.5f, -10, 8);
    assertThat(encoding.quantize(0)).isEqualTo(-10);
    assertThat(encoding.dequantize(-10)).isZero();
    assertThat(encoding.quantize(1e30f)).isEqualTo(127);
    assertThat(encoding.quantize(Float.NEGATIVE_INFINITY)).isEqualTo(-128);
    assertThat(encoding.quantize(Float.NaN)).isEqualTo(-10);
    assertThat(encoding.quantize(0.25f)).isEqualTo(-9); // half up
    assertThat(encoding.quantize(-0.25f)).isEqualTo(-10);
    assertThat(new Encoding(1, 0, 4).quantize(100)).isEqualTo(7);
  }

  /** Integers of their own come back, whatever the range. */
  @Property(tries = 300)
  void everyIntegerSurvives(
      @ForAll @Scale(3) @FloatRange(min = -1000, max = 0) float min,
      @ForAll @Scale(3) @FloatRange(min = 0.001f, max = 1000) float max,
      @ForAll @IntRange(min = 2, max = 8) int bits) {
    Encoding encoding = Encoding.nudged(min, max, bits);
    for (int q = -(1 << (bits - 1)); q < 1 << (bits - 1); q++) {
      assertThat(encoding.quantize(encoding.dequantize(q))).isEqualTo(q);
    }
  }

  /** The same floats as TensorFlow's kernel, to the bit. */
  @Property(tries = 200)
  void computesWhatFakeQuantWithMinMaxVarsComputes(
      @ForAll @Scale(3) @FloatRange(min = -1000, max = 0) float min,
      @ForAll @Scale(3) @FloatRange(min = 0.001f, max = 1000) float max,
      @ForAll @IntRange(min = 2, max = 16) int bits,
      @ForAll long seed) {
    Encoding encoding = Encoding.nudged(min, max, bits);
    float[] values = values(encoding, min, max, new Random(seed));
    float[] ofTensorFlow = fakeQuantized(values, min, max, bits);
    for (int i = 0; i < values.length; i++) {
      assertThat(encoding.dequantize(encoding.quantize(values[i])))
          .as("%s in [%s, %s] of %d bits", values[i], min, max, bits)
          .isEqualTo(ofTensorFlow[i]);
    }
  }

  /** Anywhere, beyond the ends, and on and beside the borders between steps. */
  private static float[] values(Encoding encoding, float min, float max, Random random) {
    float[] values = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      float anywhere = min + (max - min) * (random.nextFloat() * 1.2f - 0.1f);
      float border = encoding.dequantize(encoding.quantize(anywhere)) + 0.5f * encoding.scale();
      values[i] =
          switch (i % 4) {
            case 0 -> border;
            case 1 -> Math.nextUp(border);
            case 2 -> Math.nextDown(border);
            default -> anywhere;
          };
    }
    return values;
  }

  private static float[] fakeQuantized(float[] values, float min, float max, int bits) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var quantized =
          tf.quantization.fakeQuantWithMinMaxVars(
              tf.constant(values),
              tf.constant(min),
              tf.constant(max),
              FakeQuantWithMinMaxVars.numBits((long) bits));
      float[] result = new float[values.length];
      try (var run = session.runner().fetch(quantized).run()) {
        ((TFloat32) run.get(0)).asRawTensor().data().asFloats().read(result);
      }
      return result;
    }
  }
}
