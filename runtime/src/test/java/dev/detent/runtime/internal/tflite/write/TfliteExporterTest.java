package dev.detent.runtime.internal.tflite.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.network.Network;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.ExportOptions.BorderType;
import dev.detent.runtime.tflite.FixedValues;
import dev.detent.runtime.tflite.SmallModel;
import dev.detent.runtime.tflite.TfliteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.TensorType;

/** What is in an exported file, read by the official schema classes. */
class TfliteExporterTest {

  @Test
  void namesVersionsAndSignature() {
    Model model = parsed(ExportOptions.int8().describedAs("Digits"), SmallModel.values(true));
    SubGraph graph = model.subgraphs(0);
    assertThat(model.version()).isEqualTo(3);
    assertThat(model.description()).isEqualTo("Digits");
    assertThat(operations(model))
        .containsExactly("CONV_2D 3", "MAX_POOL_2D 2", "RESHAPE 1", "FULLY_CONNECTED 4");
    assertThat(tensors(graph))
        .containsExactly(
            "image",
            "conv/kernel",
            "conv/bias",
            "conv",
            "pool",
            "flat/shape",
            "flat",
            "logits/kernel",
            "logits/bias",
            "logits");
    var signature = model.signatureDefs(0);
    assertThat(signature.signatureKey()).isEqualTo("serving_default");
    assertThat(signature.inputs(0).name()).isEqualTo("image");
    assertThat(signature.inputs(0).tensorIndex()).isEqualTo(graph.inputs(0));
    assertThat(signature.outputs(0).name()).isEqualTo("logits");
    assertThat(signature.outputs(0).tensorIndex()).isEqualTo(graph.outputs(0));
  }

  @Test
  void minimumRuntimeIsThatOfTheNewestOperation() {
    assertThat(minimumRuntime(parsed(ExportOptions.int8(), SmallModel.values(true))))
        .isEqualTo("1.14.0\0\0\0\0\0\0\0\0\0\0");
    assertThat(minimumRuntime(parsed(ExportOptions.floating(), SmallModel.values(false))))
        .isEqualTo("1.5.0\0\0\0\0\0\0\0\0\0\0\0");
  }

  @Test
  void buffersAreAlignedAndTheFirstIsEmpty() {
    byte[] bytes =
        TfliteExporter.toBytes(SmallModel.network(), SmallModel.values(true), ExportOptions.int8());
    Model model = parsed(bytes);
    assertThat(model.buffers(0).dataLength()).isZero();
    for (int i = 1; i < model.buffersLength(); i++) {
      ByteBuffer data = model.buffers(i).dataAsByteBuffer();
      assertThat(data.position() % 16).isZero();
    }
  }

  @Test
  void equalConstantsShareABuffer() {
    var n = new NetworkBuilder();
    var values = new FixedValues();
    Tensor x = n.input("x").output(values.range("x", 1, 0), 4);
    Tensor a = n.reshape("a", x).output(2, 2);
    Tensor b = n.reshape("b", a).output(4);
    n.output("c", n.reshape("c", b).output(2, 2));
    Model model = parsed(TfliteExporter.toBytes(n.build(), values, ExportOptions.int8()));
    // Nothing, [-1, 2, 2], [-1, 4], and the minimum version.
    assertThat(model.buffersLength()).isEqualTo(4);
  }

  @Test
  void weightsAreInTflitesLayout() {
    Model model = parsed(ExportOptions.int8(), SmallModel.values(true));
    SubGraph graph = model.subgraphs(0);
    var kernel = graph.tensors(1);
    var bias = graph.tensors(2);
    LayerWeights weights = SmallModel.values(true).weights("conv");
    assertThat(new int[] {kernel.shape(0), kernel.shape(1), kernel.shape(2), kernel.shape(3)})
        .containsExactly(6, 3, 3, 3);
    assertThat(kernel.type()).isEqualTo(TensorType.INT8);
    assertThat(kernel.quantization().quantizedDimension()).isZero();
    assertThat(kernel.quantization().scaleLength()).isEqualTo(6);
    ByteBuffer data = model.buffers((int) kernel.buffer()).dataAsByteBuffer();
    // OHWI [5, 2, 1, 0] is HWIO [2, 1, 0, 5].
    assertThat(data.get(data.position() + ((5 * 3 + 2) * 3 + 1) * 3))
        .isEqualTo((byte) weights.kernel()[((2 * 3 + 1) * 3) * 6 + 5]);
    assertThat(bias.type()).isEqualTo(TensorType.INT32);
    assertThat(bias.quantization().scale(4)).isEqualTo(1 / 255f * weights.scales()[4]);
    assertThat(bias.quantization().zeroPoint(4)).isZero();
  }

  @Test
  void activationsHaveAnyBatch() {
    var image = parsed(ExportOptions.int8(), SmallModel.values(true)).subgraphs(0).tensors(0);
    assertThat(image.shape(0)).isEqualTo(1);
    assertThat(image.shapeSignature(0)).isEqualTo(-1);
    assertThat(image.shapeSignature(3)).isEqualTo(3);
    assertThat(image.quantization().scale(0)).isEqualTo(1 / 255f);
    assertThat(image.quantization().zeroPoint(0)).isEqualTo(-128);
  }

  @Test
  void otherBorderTypesAddOneOperationEach() {
    Model model =
        parsed(
            ExportOptions.int8().inputs(BorderType.UINT8).outputs(BorderType.FLOAT32),
            SmallModel.values(true));
    SubGraph graph = model.subgraphs(0);
    assertThat(operations(model))
        .containsExactly(
            "QUANTIZE 1",
            "CONV_2D 3",
            "MAX_POOL_2D 2",
            "RESHAPE 1",
            "FULLY_CONNECTED 4",
            "DEQUANTIZE 2");
    var input = graph.tensors(graph.inputs(0));
    assertThat(input.type()).isEqualTo(TensorType.UINT8);
    assertThat(input.quantization().zeroPoint(0)).isZero();
    assertThat(graph.tensors(graph.outputs(0)).type()).isEqualTo(TensorType.FLOAT32);
    assertThat(model.signatureDefs(0).inputs(0).name()).isEqualTo("image");
    assertThat(tensors(graph)).contains("image", "image_uint8", "logits", "logits_float32");
  }

  @Test
  void floatModelHasNoConversions() {
    Network network = SmallModel.partlyQuantizedNetwork();
    assertThat(
            operations(
                parsed(
                    TfliteExporter.toBytes(
                        network, SmallModel.values(true), ExportOptions.int8()))))
        .containsExactly("QUANTIZE 1", "CONV_2D 3", "DEQUANTIZE 2", "RESHAPE 1");
    assertThat(
            operations(
                parsed(
                    TfliteExporter.toBytes(
                        network, SmallModel.values(false), ExportOptions.floating()))))
        .containsExactly("CONV_2D 1", "RESHAPE 1");
  }

  @Test
  void tensorsThatAreTheirInputsOnceDeployedAreOutputsUnderTheirOwnNames() {
    var n = new NetworkBuilder();
    var values = new FixedValues();
    Tensor x = n.input("x").output(values.range("x", 1, 0), 4);
    Tensor y =
        n.unary("y", UnaryKind.RELU, n.dropout("dropped", x, 0.5))
            .output(values.range("y", 1, 0), 4);
    n.output("second", n.alias("second", n.gaussianNoise("noisy", y, 0.1)));
    n.output("y", y);
    Model model =
        parsed(
            TfliteExporter.toBytes(
                n.build(), values, ExportOptions.int8().outputs(BorderType.UINT8)));
    assertThat(operations(model)).containsExactly("RELU 2", "QUANTIZE 1", "QUANTIZE 1");
    assertThat(tensors(model.subgraphs(0))).containsExactly("x", "y", "y_uint8", "y_uint8_2");
    assertThat(model.signatureDefs(0).outputs(0).name()).isEqualTo("second");
    assertThat(model.signatureDefs(0).outputs(1).name()).isEqualTo("y");
  }

  @Test
  void sameNumbersGiveTheSameBytes() {
    byte[] first =
        TfliteExporter.toBytes(SmallModel.network(), SmallModel.values(true), ExportOptions.int8());
    assertThat(
            TfliteExporter.toBytes(
                SmallModel.network(), SmallModel.values(true), ExportOptions.int8()))
        .isEqualTo(first);
  }

  @Test
  void refusesWhatDoesNotFit() {
    var values = SmallModel.values(true);
    assertRefused(
        SmallModel.values(false),
        "CONV_2D 'conv' has quantized activations, but its weights are float");
    LayerWeights good = values.weights("conv");
    float[] kernel = good.kernel().clone();
    kernel[7] = 128;
    values.weights(
        "conv", LayerWeights.ofIntegers(kernel, good.kernelShape(), good.scales(), good.bias(), 8));
    assertRefused(values, "conv/kernel holds 128.0, which is no 8-bit integer");
    float[] bias = good.bias().clone();
    bias[2] = 3e9f;
    values.weights(
        "conv", LayerWeights.ofIntegers(good.kernel(), good.kernelShape(), good.scales(), bias, 8));
    assertRefused(values, "the channel's kernel scale is too small beside its bias");
    values.weights(
        "conv",
        LayerWeights.ofIntegers(
            good.kernel(), good.kernelShape(), new float[] {0}, good.bias(), 8));
    assertRefused(values, "layer 'conv' has a kernel scale of 0.0");
    values.weights(
        "conv",
        LayerWeights.ofIntegers(good.kernel(), good.kernelShape(), good.scales(), good.bias(), 5));
    assertRefused(
        values,
        "CONV_2D 'conv' has weights of 5 bits and activations of 8; weights of 8 bits can be"
            + " deployed, and of 4 beside activations of 8");
    values.weights("conv", null);
    assertRefused(values, "layer 'conv' has no trained weights");
  }

  @Test
  void refusesOtherWidths() {
    var values = SmallModel.values(true);
    var twelve =
        new TrainedValues() {
          @Override
          public LayerWeights weights(String layer) {
            return values.weights(layer);
          }

          @Override
          public Encoding encoding(ActivationRange range) {
            return new Encoding(1, 0, 12);
          }
        };
    assertThatThrownBy(
            () -> TfliteExporter.toBytes(SmallModel.network(), twelve, ExportOptions.int8()))
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining("tensor 'image' has 12 bits; 8 and 16 can be exported");
  }

  @Test
  void writesTheFileWhole(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("small.tflite");
    Files.writeString(file, "old");
    Path written =
        TfliteExporter.write(
            SmallModel.network(),
            SmallModel.values(true),
            ExportOptions.int8(),
            content -> {},
            file);
    assertThat(written).isEqualTo(file);
    assertThat(Files.readAllBytes(file))
        .isEqualTo(
            TfliteExporter.toBytes(
                SmallModel.network(), SmallModel.values(true), ExportOptions.int8()));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void leavesAnOldFileWhenTheNewOneCannotBeMade(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("small.tflite");
    Files.writeString(file, "old");
    assertThatThrownBy(
            () ->
                TfliteExporter.write(
                    SmallModel.network(),
                    SmallModel.values(false),
                    ExportOptions.int8(),
                    content -> {},
                    file))
        .isInstanceOf(TfliteException.class);
    assertThat(file).hasContent("old");
  }

  @Test
  void saysWhyAFileCannotBeWritten(@TempDir Path folder) throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "a file");
    assertThatThrownBy(
            () ->
                TfliteExporter.write(
                    SmallModel.network(),
                    SmallModel.values(true),
                    ExportOptions.int8(),
                    content -> {},
                    taken.resolve("small.tflite")))
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining("taken");
  }

  private static void assertRefused(TrainedValues values, String message) {
    assertThatThrownBy(
            () -> TfliteExporter.toBytes(SmallModel.network(), values, ExportOptions.int8()))
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining(message);
  }

  private static Model parsed(ExportOptions options, TrainedValues values) {
    return parsed(TfliteExporter.toBytes(SmallModel.network(), values, options));
  }

  private static Model parsed(byte[] bytes) {
    return Model.getRootAsModel(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static List<String> operations(Model model) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < model.subgraphs(0).operatorsLength(); i++) {
      var code = model.operatorCodes((int) model.subgraphs(0).operators(i).opcodeIndex());
      assertThat((int) code.deprecatedBuiltinCode()).isEqualTo(code.builtinCode());
      names.add(BuiltinOperator.name(code.builtinCode()) + " " + code.version());
    }
    return names;
  }

  private static List<String> tensors(SubGraph graph) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < graph.tensorsLength(); i++) {
      names.add(graph.tensors(i).name());
    }
    return names;
  }

  private static String minimumRuntime(Model model) {
    assertThat(model.metadata(0).name()).isEqualTo("min_runtime_version");
    ByteBuffer data = model.buffers((int) model.metadata(0).buffer()).dataAsByteBuffer();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    assertThat(bytes).hasSize(16);
    return new String(Arrays.copyOf(bytes, 16), StandardCharsets.US_ASCII);
  }
}
