package dev.detent.runtime.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.export.ExportOptions;
import dev.detent.runtime.tflite.export.Plan;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import dev.detent.runtime.tflite.export.TfliteExporter;
import dev.detent.runtime.tflite.interpreter.TfliteChecker;
import dev.detent.runtime.tflite.interpreter.TfliteFinding;
import dev.detent.runtime.tflite.interpreter.TfliteFinding.Rule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;

/** What the specification allows passes; each rule, broken once, is found. */
class TfliteCheckerTest {
  private static final byte[] GOOD =
      TfliteExporter.toBytes(SmallModel.plan(), SmallModel.values(true), ExportOptions.int8());

  @Test
  void exportedFilesPass() {
    assertThat(TfliteChecker.check(GOOD)).isEmpty();
    assertThat(
            TfliteChecker.check(
                TfliteExporter.toBytes(
                    SmallModel.partlyQuantizedPlan(),
                    SmallModel.values(true),
                    ExportOptions.int8())))
        .isEmpty();
  }

  /** Post-training files of TFLite's own converter; skipped where they are missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {"pretrainedResnet_quant.tflite", "kws_ref_model.tflite", "ad01_int8.tflite"})
  void referencesPass(String name) {
    assertThat(TfliteChecker.check(References.file(name))).isEmpty();
  }

  @Test
  void otherScaleBehindAPooling() {
    isFound(Rule.TIED_SCALES, "pool", model -> scale(model, "pool", 0.5f));
  }

  @Test
  void otherZeroPointBehindAReshape() {
    isFound(
        Rule.TIED_SCALES,
        "flat",
        model -> tensor(model, "flat").getQuantization().setZeroPoint(new long[] {7}));
  }

  @Test
  void otherScaleOfASoftmax() {
    PlanBuilder plan = new PlanBuilder();
    PlanTensor x = plan.input("image", 5).output(ActivationRange.learned("image", 8));
    plan.output(
        "y", plan.softmax("y", x).output(ActivationRange.fixed("y", 8, 1.0 / 256, -128), 5));
    byte[] file =
        TfliteExporter.toBytes(plan.build(), SmallModel.values(true), ExportOptions.int8());
    assertThat(TfliteChecker.check(file)).isEmpty();
    isFound(Rule.FIXED_OUTPUT, "y", file, model -> scale(model, "y", 1f / 128));
  }

  @Test
  void otherScaleOfABias() {
    isFound(
        Rule.BIAS,
        "conv/bias",
        model -> tensor(model, "conv/bias").getQuantization().getScale()[2] *= 1.01f);
  }

  @Test
  void zeroPointOfABias() {
    isFound(
        Rule.BIAS,
        "conv/bias",
        model -> tensor(model, "conv/bias").getQuantization().getZeroPoint()[0] = 1);
  }

  @Test
  void smallestWeight() {
    isFound(
        Rule.WEIGHTS,
        "conv/kernel",
        model ->
            model.getBuffers()[(int) tensor(model, "conv/kernel").getBuffer()].getData()[5] = 128);
  }

  @Test
  void zeroPointOfWeights() {
    isFound(
        Rule.WEIGHTS,
        "logits/kernel",
        model -> tensor(model, "logits/kernel").getQuantization().getZeroPoint()[0] = 1);
  }

  @Test
  void otherAxisOfChannels() {
    isFound(
        Rule.CHANNEL_AXIS,
        "conv/kernel",
        model -> tensor(model, "conv/kernel").getQuantization().setQuantizedDimension(3));
  }

  @Test
  void noScale() {
    isFound(Rule.SCALES, "logits", model -> scale(model, "logits", Float.NaN));
  }

  @Test
  void zeroPointOutOfRange() {
    isFound(
        Rule.SCALES,
        "logits",
        model -> tensor(model, "logits").getQuantization().setZeroPoint(new long[] {200}));
  }

  @Test
  void floatAmongIntegers() {
    isFound(Rule.TYPES, "pool", model -> tensor(model, "pool").setType(TensorType.FLOAT32));
  }

  @Test
  void conversionThatIsTakenBack() {
    PlanBuilder plan = new PlanBuilder();
    PlanTensor x = plan.input("image", 5).output(ActivationRange.learned("image", 8));
    PlanTensor real = plan.dequantize("real", x).output(5);
    plan.output("y", plan.quantize("y", real).output(ActivationRange.learned("image", 8), 5));
    Plan built = plan.build();
    byte[] file = TfliteExporter.toBytes(built, SmallModel.values(true), ExportOptions.int8());
    assertThat(TfliteChecker.check(file)).extracting(TfliteFinding::rule).contains(Rule.BORDERS);
  }

  @Test
  void tensorThatIsNone() {
    byte[] file =
        altered(GOOD, model -> model.getSubgraphs()[0].getOperators()[1].getInputs()[0] = 999);
    assertThat(TfliteChecker.check(file)).extracting(TfliteFinding::rule).contains(Rule.STRUCTURE);
  }

  /** Whatever is in a file, it is found damaged or findings come of it. */
  @Test
  void damagedFilesDoNoHarm() {
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] file = Arrays.copyOf(GOOD, i % 4 == 0 ? random.nextInt(GOOD.length) : GOOD.length);
      for (int n = 0; n < 4 && file.length > 8; n++) {
        file[random.nextInt(file.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(TfliteChecker.check(file)).isNotNull();
      } catch (TfliteException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
    assertThatThrownBy(() -> TfliteChecker.check(new byte[0]))
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining("is not a valid TFLite file");
  }

  private static void isFound(Rule rule, String tensor, Consumer<ModelT> change) {
    isFound(rule, tensor, GOOD, change);
  }

  private static void isFound(Rule rule, String tensor, byte[] file, Consumer<ModelT> change) {
    List<TfliteFinding> findings = TfliteChecker.check(altered(file, change));
    assertThat(findings)
        .as(findings.toString())
        .anySatisfy(
            finding -> {
              assertThat(finding.rule()).isEqualTo(rule);
              assertThat(finding.tensor()).isEqualTo(tensor);
              assertThat(finding.toString()).contains(rule.text());
            });
  }

  private static byte[] altered(byte[] file, Consumer<ModelT> change) {
    ModelT model =
        Model.getRootAsModel(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN)).unpack();
    change.accept(model);
    FlatBufferBuilder builder = new FlatBufferBuilder();
    Model.finishModelBuffer(builder, Model.pack(builder, model));
    return builder.sizedByteArray();
  }

  private static void scale(ModelT model, String name, float scale) {
    tensor(model, name).getQuantization().setScale(new float[] {scale});
  }

  private static TensorT tensor(ModelT model, String name) {
    return Arrays.stream(model.getSubgraphs()[0].getTensors())
        .filter(tensor -> tensor.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
