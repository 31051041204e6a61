package dev.detent.runtime.internal.tflite.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.detent.runtime.internal.tflite.write.TfliteExporter;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.References;
import dev.detent.runtime.tflite.SmallModel;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteFinding;
import dev.detent.runtime.tflite.TfliteFinding.Rule;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.Tensor;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;

/** What the specification allows passes; each rule, broken once, is found. */
class TfliteCheckerTest {
  private static final byte[] GOOD =
      TfliteExporter.toBytes(SmallModel.network(), SmallModel.values(true), ExportOptions.int8());

  @Test
  void exportedFilesPass() {
    assertThat(TfliteFile.check(GOOD)).isEmpty();
    assertThat(
            TfliteFile.check(
                TfliteExporter.toBytes(
                    SmallModel.partlyQuantizedNetwork(),
                    SmallModel.values(true),
                    ExportOptions.int8())))
        .isEmpty();
  }

  /** Post-training files of TFLite's own converter; skipped where they are missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {"pretrainedResnet_quant.tflite", "kws_ref_model.tflite", "ad01_int8.tflite"})
  void referencesPass(String name) {
    assertThat(TfliteFile.check(References.file(name))).isEmpty();
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
    NetworkBuilder n = new NetworkBuilder();
    var x = n.input("image").output(ActivationRange.learned("image", 8), 5);
    n.output("y", n.softmax("y", x).output(ActivationRange.learned("y", 8), 5));
    byte[] file = TfliteExporter.toBytes(n.build(), SmallModel.values(true), ExportOptions.int8());
    assertThat(TfliteFile.check(file)).isEmpty();
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
  void findingsSayWhatIsWrongAndWhatWouldBeRight() {
    assertThat(
            TfliteFile.check(
                altered(
                    GOOD,
                    model -> {
                      tensor(model, "conv/bias").getQuantization().getScale()[2] = 0.5f;
                      tensor(model, "logits/kernel").getQuantization().getZeroPoint()[3] = 1;
                    })))
        .map(TfliteFinding::toString)
        .anyMatch(
            text -> text.matches("CONV_2D 'conv/bias' has the scale 0.5 in channel 2, not .*"))
        .anyMatch(
            text ->
                text.startsWith(
                    "FULLY_CONNECTED 'logits/kernel' has the zero point 1 in channel 3, not 0"));
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
    NetworkBuilder n = new NetworkBuilder();
    var x = n.input("image").output(ActivationRange.learned("image", 8), 5);
    var real = n.dequantize("real", x).output(5);
    n.output("y", n.quantize("y", real).output(ActivationRange.learned("image", 8), 5));
    byte[] file = TfliteExporter.toBytes(n.build(), SmallModel.values(true), ExportOptions.int8());
    assertThat(TfliteFile.check(file)).extracting(TfliteFinding::rule).contains(Rule.BORDERS);
  }

  @Test
  void tensorThatIsNone() {
    byte[] file =
        altered(GOOD, model -> model.getSubgraphs()[0].getOperators()[1].getInputs()[0] = 999);
    assertThat(TfliteFile.check(file)).extracting(TfliteFinding::rule).contains(Rule.STRUCTURE);
  }

  /** A 64-bit number in the file, of which 32 bits would be 0. */
  @Test
  void zeroPointsAreReadWhole() {
    Consumer<ModelT> change =
        model -> tensor(model, "logits").getQuantization().setZeroPoint(new long[] {1L << 32});
    isFound(Rule.SCALES, "logits", change);
    TensorInfo logits = TfliteFile.info(altered(GOOD, change)).tensor("logits").orElseThrow();
    assertThat(logits.zeroPoints()).containsExactly(4294967296L);
    assertThatThrownBy(logits::zeroPoint)
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining("'logits' has the zero point 4294967296");
  }

  /** What TensorFlow Lite would take for granted is found, and the file is not opened. */
  static Map<String, Consumer<ModelT>> brokenStructures() {
    Map<String, Consumer<ModelT>> all = new LinkedHashMap<>();
    all.put("buffer 99 of", model -> tensor(model, "conv/kernel").setBuffer(99));
    all.put("buffer 4294967295 of", model -> tensor(model, "conv").setBuffer(0xffffffffL));
    all.put("has the shape [1, -8", model -> tensor(model, "conv").setShape(shape(1, -8, 8, 6)));
    all.put("has the shape [65536", model -> tensor(model, "conv").setShape(shape(65536, 65536)));
    all.put("162 bytes of values, 12", model -> tensor(model, "conv/kernel").setShape(shape(3, 4)));
    all.put(
        "6 scales and 1 zero points",
        model -> tensor(model, "conv/kernel").getQuantization().setZeroPoint(new long[1]));
    all.put(
        "along axis 4 of 4",
        model -> tensor(model, "conv/kernel").getQuantization().setQuantizedDimension(4));
    all.put(
        "along axis -1 of 4",
        model -> tensor(model, "conv/kernel").getQuantization().setQuantizedDimension(-1));
    all.put(
        "6 scales along axis 1 of",
        model -> tensor(model, "conv/kernel").getQuantization().setQuantizedDimension(1));
    all.put(
        "scale -0.5 in channel 2",
        model -> tensor(model, "conv/kernel").getQuantization().getScale()[2] = -0.5f);
    all.put("scale Infinity", model -> scale(model, "conv", Float.POSITIVE_INFINITY));
    all.put("scale 0.0", model -> scale(model, "conv", 0));
    all.put("an output of the model is tensor -1", model -> graph(model).getOutputs()[0] = -1);
    all.put("an input of the model is tensor 99", model -> graph(model).getInputs()[0] = 99);
    all.put(
        "the signature's output 'logits' is one",
        model -> model.getSignatureDefs()[0].getOutputs()[0].setTensorIndex(0xfffffff0L));
    all.put("writes [-1]", model -> graph(model).getOperators()[0].getOutputs()[0] = -1);
    all.put(
        "'conv' is read before it is computed",
        model -> graph(model).getOperators()[0].setOutputs(shape(0)));
    all.put(
        "'conv' is computed, though it has values already",
        model ->
            graph(model).getOperators()[1].setOutputs(graph(model).getOperators()[0].getOutputs()));
    all.put("wanted are 2 operands", model -> graph(model).getOperators()[0].setInputs(shape(0)));
    all.put(
        "wanted are 2 operands or more, which are there",
        model ->
            Arrays.stream(graph(model).getOperators())
                .filter(operator -> operator.getInputs().length == 2)
                .forEach(reshape -> reshape.getInputs()[1] = -1));
    all.put("'conv' is INT8 without a scale", model -> tensor(model, "conv").setQuantization(null));
    all.put(
        "MAX_POOL_2D 'conv' is INT16, the output INT8",
        model -> tensor(model, "conv").setType(TensorType.INT16));
    all.put("operator code 7 of", model -> graph(model).getOperators()[0].setOpcodeIndex(7));
    return all;
  }

  @ParameterizedTest
  @MethodSource("brokenStructureNames")
  void brokenStructureIsNotOpened(String what) {
    byte[] file = altered(GOOD, brokenStructures().get(what));
    try {
      assertThat(TfliteFile.check(file))
          .map(TfliteFinding::toString)
          .anyMatch(finding -> finding.contains(what));
    } catch (TfliteException e) {
      assertThat(e).hasMessageContaining(what);
    }
    for (Kernels kernels : Kernels.values()) {
      assertThatThrownBy(() -> TfliteInterpreter.open(file, kernels))
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("the model is not a valid TFLite file: ");
    }
  }

  static Set<String> brokenStructureNames() {
    return brokenStructures().keySet();
  }

  /** Many operations that share one list of operands; many tensors that share one shape. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSmallFileIsReadInLittleMemory(boolean isOfTensors) {
    int many = 20_000;
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int shared = SubGraph.createInputsVector(builder, new int[many]);
    int[] rows = new int[many];
    for (int i = 0; i < many; i++) {
      if (isOfTensors) {
        Tensor.startTensor(builder);
        Tensor.addShape(builder, shared);
        rows[i] = Tensor.endTensor(builder);
      } else {
        Operator.startOperator(builder);
        Operator.addInputs(builder, shared);
        Operator.addOutputs(builder, shared);
        rows[i] = Operator.endOperator(builder);
      }
    }
    int list =
        isOfTensors
            ? SubGraph.createTensorsVector(builder, rows)
            : SubGraph.createOperatorsVector(builder, rows);
    SubGraph.startSubGraph(builder);
    if (isOfTensors) {
      SubGraph.addTensors(builder, list);
    } else {
      SubGraph.addOperators(builder, list);
    }
    int graphs = Model.createSubgraphsVector(builder, new int[] {SubGraph.endSubGraph(builder)});
    int code = OperatorCode.createOperatorCode(builder, (byte) 0, 0, 1, 0);
    int codes = Model.createOperatorCodesVector(builder, new int[] {code});
    Model.startModel(builder);
    Model.addVersion(builder, 3);
    Model.addSubgraphs(builder, graphs);
    Model.addOperatorCodes(builder, codes);
    Model.finishModelBuffer(builder, Model.endModel(builder));
    byte[] file = builder.sizedByteArray();

    // 400 million numbers, if each were read where it is pointed at.
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> TfliteFile.check(file))
                .isInstanceOf(TfliteException.class)
                .hasMessageContaining("point at each other so often"));
  }

  private static int[] shape(int... sizes) {
    return sizes;
  }

  private static SubGraphT graph(ModelT model) {
    return model.getSubgraphs()[0];
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
        assertThat(TfliteFile.check(file)).isNotNull();
      } catch (TfliteException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
    assertThatThrownBy(() -> TfliteFile.check(new byte[0]))
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining("is not a valid TFLite file");
  }

  private static void isFound(Rule rule, String tensor, Consumer<ModelT> change) {
    isFound(rule, tensor, GOOD, change);
  }

  private static void isFound(Rule rule, String tensor, byte[] file, Consumer<ModelT> change) {
    List<TfliteFinding> findings = TfliteFile.check(altered(file, change));
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
