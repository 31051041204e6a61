package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.LstmStep;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;

/** The integer LSTM, followed to the bit; XNNPACK leaves it to the built-in kernel. */
class LstmParityTest {
  private static final int EXAMPLES = 30;
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final ActivationRange Y = ActivationRange.fixed("y", 8, 1.0 / 128, 0);

  static TinyModel model(int steps, int in, int units, boolean hasBias, boolean isLast) {
    return new TinyModel(
        n -> {
          LstmStep layer = n.lstm("lstm", n.input("x").output(X, steps, in)).units(units);
          if (hasBias) {
            layer.bias(Initializer.RANDOM_NORMAL, true);
          }
          var states = layer.output(Y, steps, units);
          n.output(
              "y",
              isLast
                  ? n.lastStep("y", states).output(units)
                  : n.reshape("y", states).output(steps, units));
        },
        7);
  }

  /**
   * Weights of all sizes: small ones that leave the gates half open, and ones so large that gates
   * and cells saturate.
   */
  @Property(tries = 12)
  void isExact(
      @ForAll @IntRange(min = 1, max = 12) int steps,
      @ForAll @IntRange(min = 1, max = 9) int in,
      @ForAll @IntRange(min = 1, max = 12) int units,
      @ForAll boolean hasBias,
      @ForAll boolean isLast,
      @ForAll @DoubleRange(min = 0.01, max = 20) double size,
      @ForAll @DoubleRange(min = -2, max = 2) double mean,
      @ForAll long seed) {
    TinyModel model = model(steps, in, units, hasBias, isLast);
    model.variables();
    for (String part : new String[] {"lstm/kernel", "lstm/recurrent_kernel"}) {
      float[] weights = model.get(part);
      for (int i = 0; i < weights.length; i++) {
        weights[i] *= (float) size;
      }
      model.set(part, weights);
    }
    float[][] data = Parity.gaussian(new Random(seed), EXAMPLES, mean, 1, steps * in);
    try (Parity parity = Parity.of(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  /**
   * The float file computes the float graph: both add up fewer than 2^7 products of size 1 in
   * single precision, each sum off by at most 2^7 * 2^-24, over 6 steps that each pass errors on by
   * less than twice.
   */
  @Test
  void floatFileComputesTheFloatGraph(@TempDir Path folder) throws Exception {
    try (TinyModel model = model(6, 5, 8, true, true)) {
      model.variables();
      Path file = model.exportFloat(folder.resolve("float.tflite"));
      float[][] data = Parity.gaussian(new Random(1), 10, 0, 1, 30);
      try (var interpreter = TfliteInterpreter.open(Files.readAllBytes(file), Kernels.BUILT_IN)) {
        for (float[] example : data) {
          float[] result = new float[8];
          interpreter.run(example, result);
          float[] wanted = model.predict(example)[0];
          for (int i = 0; i < result.length; i++) {
            assertThat(Math.abs(result[i] - wanted[i])).isLessThan(0x1p-17f * 64);
          }
        }
      }
    }
  }

  /** TFLite Micro refuses a tensor inside the operation that has elements. */
  @Test
  void tensorsInsideTheOperationAreEmpty() throws Exception {
    try (Parity parity =
        Parity.of(model(3, 2, 4, true, false), Parity.gaussian(new Random(3), 8, 0, 1, 6))) {
      ByteBuffer bytes =
          ByteBuffer.wrap(Files.readAllBytes(parity.file())).order(ByteOrder.LITTLE_ENDIAN);
      SubGraph graph = Model.getRootAsModel(bytes).subgraphs(0);
      Operator lstm =
          IntStream.range(0, graph.operatorsLength())
              .mapToObj(graph::operators)
              .filter(operator -> operator.intermediatesLength() > 0)
              .findFirst()
              .orElseThrow();
      assertThat(lstm.inputsLength()).isEqualTo(24);
      assertThat(lstm.intermediatesLength()).isEqualTo(5);
      for (int i = 0; i < lstm.intermediatesLength(); i++) {
        Tensor inside = graph.tensors(lstm.intermediates(i));
        assertThat(inside.shapeLength()).isEqualTo(1);
        assertThat(inside.shape(0)).isZero();
      }
    }
  }

  /** A second run starts from zeros again, in any TFLite: nobody resets anything. */
  @ParameterizedTest
  @EnumSource(Kernels.class)
  void forgetsTheLastRun(Kernels kernels) {
    TinyModel model = model(3, 2, 4, true, false);
    float[][] data = Parity.gaussian(new Random(2), 8, 0, 1, 6);
    try (Parity parity = Parity.of(model, data);
        var interpreter = TfliteInterpreter.open(parity.file(), kernels)) {
      assertThat(interpreter.info().hasState()).isFalse();
      byte[] first = interpreter.run(new byte[][] {{1, 2, 3, 4, 5, 6}});
      byte[] other = interpreter.run(new byte[][] {{100, -90, 80, -70, 60, -50}});
      assertThat(interpreter.run(new byte[][] {{1, 2, 3, 4, 5, 6}})).isEqualTo(first);
      assertThat(other).isNotEqualTo(first);
    }
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void floatFileForgetsTheLastRun(Kernels kernels, @TempDir Path folder) {
    try (TinyModel model = model(3, 2, 4, true, false)) {
      model.variables();
      Path file = model.exportFloat(folder.resolve("float.tflite"));
      try (var interpreter = TfliteInterpreter.open(file, kernels)) {
        float[] first = interpreter.run(new float[][] {{1, 2, 3, 4, 5, 6}});
        assertThat(interpreter.run(new float[][] {{9, -9, 8, -8, 7, -7}})).isNotEqualTo(first);
        assertThat(interpreter.run(new float[][] {{1, 2, 3, 4, 5, 6}})).isEqualTo(first);
      }
    }
  }

  /** Two runs over three steps each are one run over six, from zeros whenever it is asked for. */
  @ParameterizedTest
  @EnumSource(Kernels.class)
  void goesOnWhereTheLastRunEndedIfExportedSo(Kernels kernels) {
    float[][] sequences = Parity.gaussian(new Random(4), 8, 0, 1, 6 * 2);
    float[][] parts = new float[16][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Arrays.copyOfRange(sequences[i / 2], i % 2 * 6, i % 2 * 6 + 6);
    }
    ExportOptions options = ExportOptions.int8().keepingState();
    try (Parity whole = Parity.of(model(6, 2, 4, true, true), sequences);
        Parity inParts = Parity.of(model(3, 2, 4, true, true), options, parts);
        var atOnce = TfliteInterpreter.open(whole.file(), kernels);
        var streamed = TfliteInterpreter.open(inParts.file(), kernels)) {
      assertThat(inParts.encoding(X)).isEqualTo(whole.encoding(X));
      assertThat(streamed.info().hasState()).isTrue();
      assertThat(streamed.info().description()).contains("ResetVariableTensors");
      for (int seed = 0; seed < 5; seed++) {
        byte[] sequence = new byte[12];
        new Random(seed).nextBytes(sequence);
        streamed.resetState();
        streamed.run(new byte[][] {Arrays.copyOf(sequence, 6)});
        assertThat(streamed.run(new byte[][] {Arrays.copyOfRange(sequence, 6, 12)}))
            .isEqualTo(atOnce.run(new byte[][] {sequence}));
      }
    }
  }

  /** Read backwards, the next part of a sequence would have to come first. */
  @Test
  void aStateThatIsReadBackwardsIsNotKept() {
    float[][] data = Parity.gaussian(new Random(4), 8, 0, 1, 3 * 2);
    ExportOptions options = ExportOptions.int8().keepingState();
    try (TinyModel model =
        new TinyModel(
            n -> {
              var x = n.reversed("reversed", n.input("x").output(X, 3, 2)).output(3, 2);
              n.output("y", n.lstm("y", x).units(4).output(Y, 3, 4));
            },
            7)) {
      assertThatThrownBy(() -> Parity.of(model, options, data))
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("'y' reads the last step first");
    }
  }
}
