package dev.detent.runtime.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.detent.runtime.internal.tflite.write.LayerWeights;
import dev.detent.runtime.internal.tflite.write.TfliteExporter;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.ExportOptions.BorderType;
import dev.detent.runtime.tflite.FixedValues;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.References;
import dev.detent.runtime.tflite.SmallModel;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.SignatureDefT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;

class TfliteInterpreterTest {
  private static final byte[] SMALL =
      TfliteExporter.toBytes(SmallModel.network(), SmallModel.values(true), ExportOptions.int8());

  @ParameterizedTest
  @EnumSource
  void describesInputsAndOutputs(Kernels kernels) {
    try (var interpreter = TfliteInterpreter.open(SMALL, kernels)) {
      TensorInfo image = interpreter.inputs().get(0);
      assertThat(image.name()).isEqualTo("image");
      assertThat(image.shape()).containsExactly(1, 8, 8, 3);
      assertThat(image.type()).isEqualTo(ValueType.INT8);
      assertThat(image.scale()).isEqualTo(1 / 255f);
      assertThat(image.zeroPoint()).isEqualTo(-128);
      assertThat(image.elements()).isEqualTo(192);
      assertThat(interpreter.outputs()).extracting(TensorInfo::name).containsExactly("logits");
      assertThat(interpreter.info().minimumRuntime()).isEqualTo("1.14.0");
      assertThat(interpreter.info().signatureInputs()).containsEntry("image", 0);
    }
  }

  @Test
  void xnnpackTakesTheWholeModel() {
    try (var builtIn = TfliteInterpreter.open(SMALL, Kernels.BUILT_IN);
        var xnnpack = TfliteInterpreter.open(SMALL, Kernels.XNNPACK)) {
      assertThat(builtIn.builtInOperations()).hasSize(4);
      assertThat(xnnpack.builtInOperations()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsEveryTensor(Kernels kernels) {
    byte[] image = image();
    try (var plain = TfliteInterpreter.open(SMALL, kernels);
        var open = TfliteInterpreter.openWithAllTensors(SMALL, kernels)) {
      assertThat(open.outputs())
          .extracting(TensorInfo::name)
          .containsExactly("logits", "conv", "pool", "flat");
      assertThat(open.run(new byte[][] {image})).isEqualTo(plain.run(new byte[][] {image}));
      assertThat(open.outputBytes(2)).isEqualTo(open.outputBytes(3));
      byte[] conv = open.outputBytes(1);
      byte[] pool = open.outputBytes(2);
      byte largest =
          (byte) Math.max(Math.max(conv[0], conv[6]), Math.max(conv[8 * 6], conv[8 * 6 + 6]));
      assertThat(pool[0]).isEqualTo(largest);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bordersOfOtherTypesGiveTheSame(Kernels kernels) {
    byte[] image = image();
    byte[] shifted = new byte[image.length];
    float[] real = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      shifted[i] = (byte) (image[i] + 128);
      real[i] = (image[i] + 128) * (1 / 255f);
    }
    byte[] expected;
    try (var interpreter = TfliteInterpreter.open(SMALL, kernels)) {
      expected = interpreter.run(new byte[][] {image});
    }
    try (var interpreter = TfliteInterpreter.open(borders(BorderType.UINT8), kernels)) {
      byte[] actual = interpreter.run(new byte[][] {shifted});
      for (int i = 0; i < actual.length; i++) {
        actual[i] -= (byte) 128;
      }
      assertThat(actual).isEqualTo(expected);
    }
    try (var interpreter = TfliteInterpreter.open(borders(BorderType.FLOAT32), kernels)) {
      float[] actual = interpreter.run(new float[][] {real});
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i]).isEqualTo((expected[i] - 3) * 0.1f);
      }
    }
  }

  /** Real numbers into integers of any type give what the file with float borders gives. */
  @ParameterizedTest
  @EnumSource(names = {"INT8", "UINT8"})
  void realNumbersAreQuantizedAtTheBorder(BorderType type) {
    float[] real = new float[192];
    Random random = new Random(6);
    for (int i = 0; i < real.length; i++) {
      real[i] = random.nextFloat() * 1.4f - 0.2f; // some beyond the range
    }
    try (var integers = TfliteInterpreter.open(borders(type), Kernels.BUILT_IN);
        var floats = TfliteInterpreter.open(borders(BorderType.FLOAT32), Kernels.BUILT_IN)) {
      assertThat(integers.run(new float[][] {real})).isEqualTo(floats.run(new float[][] {real}));
      float[] read = new float[10];
      integers.run(real, read);
      assertThat(read).isEqualTo(integers.outputFloats(0)).isEqualTo(floats.outputFloats(0));
    }
  }

  /** 16 and 4 bits as well; half steps go away from zero. */
  @Test
  void realNumbersInOtherWidths() {
    assertThat(inMemory(ValueType.INT16, 0, 0.25f, -0.25f, 1, 1e9f, -1e9f))
        .containsExactly(0.5f, -0.5f, 1, 16383.5f, -16384);
    assertThat(inMemory(ValueType.INT4, 1, 0.25f, -0.25f, 1, 9, -9))
        .containsExactly(0.5f, -0.5f, 1, 3, -4.5f);
    assertThat(inMemory(ValueType.UINT8, 128, 0.25f, -0.25f, 1, 100, -100))
        .containsExactly(0.5f, -0.5f, 1, 63.5f, -64);
  }

  /** Written to a tensor of a half as its scale, and read again. */
  private static float[] inMemory(ValueType type, long zeroPoint, float... values) {
    TensorInfo tensor =
        new TensorInfo(
            0,
            "x",
            List.of(values.length),
            type,
            List.of(0.5f),
            List.of(zeroPoint),
            false,
            false,
            false);
    BorderValues memory = BorderValues.allocate(tensor);
    memory.write(values);
    return memory.reals();
  }

  @Test
  void saysWhichNumbersCannotBeQuantized() {
    try (var interpreter = TfliteInterpreter.open(SMALL, Kernels.BUILT_IN)) {
      byte[] before = interpreter.run(new byte[][] {image()});
      float[] image = new float[192];
      image[7] = Float.NaN;
      assertThatThrownBy(() -> interpreter.setInput(0, image))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("value 7 for tensor 'image' is NaN; INT8 stands for finite numbers only");
      image[7] = Float.NEGATIVE_INFINITY;
      assertThatThrownBy(() -> interpreter.setInput(0, image))
          .hasMessageContaining("value 7 for tensor 'image' is -Infinity");
      interpreter.invoke();
      assertThat(interpreter.outputBytes(0)).isEqualTo(before);
    }
  }

  @Test
  void floatModelAgreesOnBothKernels() {
    byte[] model =
        TfliteExporter.toBytes(
            SmallModel.network(), SmallModel.values(false), ExportOptions.floating());
    float[] image = new float[192];
    Random random = new Random(3);
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    try (var builtIn = TfliteInterpreter.open(model, Kernels.BUILT_IN);
        var xnnpack = TfliteInterpreter.open(model, Kernels.XNNPACK)) {
      float[] a = builtIn.run(new float[][] {image});
      float[] b = xnnpack.run(new float[][] {image});
      for (int i = 0; i < a.length; i++) {
        assertThat(a[i]).isCloseTo(b[i], org.assertj.core.data.Offset.offset(1e-4f));
      }
    }
  }

  /** XNNPACK crashes on an operation whose result nobody reads, so that it is not written. */
  @ParameterizedTest
  @EnumSource(Kernels.class)
  void runsANetworkWithAnUnreadOperation(Kernels kernels) {
    var values = new FixedValues();
    ActivationRange range = values.range("x", 0.05f, 0);
    var n = new NetworkBuilder();
    Tensor x = n.input("x").output(range, 1, 8);
    Tensor part = n.split("part", x, 2, 2, 0).output(1, 4);
    Tensor unread = n.split("unread", x, 2, 2, 1).output(1, 4);
    n.unary(
            "nobody",
            UnaryKind.TANH,
            n.unary("reads", UnaryKind.LOGISTIC, unread).output(range, 1, 4))
        .output(range, 1, 4);
    n.output("y", n.unary("y", UnaryKind.TANH, part).output(range, 1, 4));
    byte[] file = TfliteExporter.toBytes(n.build(), values, ExportOptions.int8());
    assertThat(TfliteFile.info(file).histogram()).containsOnlyKeys("SPLIT", "TANH");
    try (var interpreter = TfliteInterpreter.open(file, kernels)) {
      assertThat(interpreter.run(new byte[][] {new byte[8]})).containsOnly(0);
    }
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void takesTheBatchThatTheFileAllows(Kernels kernels) {
    byte[] image = new byte[192];
    new Random(5).nextBytes(image);
    byte[] twice = Arrays.copyOf(image, 2 * image.length);
    System.arraycopy(image, 0, twice, image.length, image.length);
    try (var interpreter = TfliteInterpreter.open(SMALL, kernels)) {
      byte[] one = interpreter.run(new byte[][] {image});
      interpreter.resizeBatch(2);
      byte[] two = interpreter.run(new byte[][] {twice});
      assertThat(Arrays.copyOf(two, one.length)).isEqualTo(one);
      assertThat(Arrays.copyOfRange(two, one.length, two.length)).isEqualTo(one);
      assertThatThrownBy(() -> interpreter.resizeBatch(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a batch of 0; at least 1 is needed");
    }
    byte[] fixed =
        TfliteExporter.toBytes(
            SmallModel.network(), SmallModel.values(true), ExportOptions.int8().batch(2));
    try (var interpreter = TfliteInterpreter.open(fixed, kernels)) {
      assertThat(interpreter.inputs().get(0).shape()).startsWith(2);
      interpreter.run(new byte[][] {twice});
      interpreter.resizeBatch(2);
      assertThatThrownBy(() -> interpreter.resizeBatch(3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has the fixed shape [2, 8, 8, 3]")
          .hasMessageContaining("export the model with dynamicBatch() or batch(3)");
    }
  }

  @Test
  void saysWhichSizeAnInputHas() {
    try (var interpreter = TfliteInterpreter.open(SMALL, Kernels.BUILT_IN)) {
      assertThatThrownBy(() -> interpreter.setInput(0, new byte[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'image' [1, 8, 8, 3]")
          .hasMessageContaining("192 bytes, but 3 values");
      assertThatThrownBy(() -> interpreter.setInput(0, new float[191]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("192 bytes, but 191 values");
      assertThatThrownBy(() -> interpreter.readOutput(0, new float[11]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("10 bytes, but 11 values");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesDamagedFiles(Kernels kernels) {
    for (int length : new int[] {0, 7, 8, 100, SMALL.length / 2, SMALL.length - 20}) {
      byte[] damaged = Arrays.copyOf(SMALL, length);
      assertThatThrownBy(() -> TfliteInterpreter.open(damaged, kernels))
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("is not a valid TFLite file");
    }
    byte[] text = "no model at all, only text".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThatThrownBy(() -> TfliteInterpreter.open(text, kernels))
        .hasMessageContaining("is not a valid TFLite file");
    assertThatThrownBy(() -> TfliteFile.info(Arrays.copyOf(SMALL, 100)))
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining("is not a valid TFLite file");
  }

  @Test
  void namesTheFileThatIsMissing(@TempDir Path folder) {
    assertThatThrownBy(
            () -> TfliteInterpreter.open(folder.resolve("none.tflite"), Kernels.BUILT_IN))
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining("there is no file")
        .hasMessageContaining("none.tflite");
  }

  @ParameterizedTest
  @EnumSource
  void passesOnWhatTfliteSays(Kernels kernels) {
    var values = new FixedValues();
    var n = new NetworkBuilder();
    Tensor x = n.input("x").output(values.range("x", 0.1f, 0), 2, 2, 5);
    values.weights(
        "conv",
        LayerWeights.ofIntegers(new float[8], new int[] {1, 1, 4, 2}, new float[] {1}, null, 8));
    n.output(
        "conv", n.conv2d("conv", x).kernel(1, 1, 4, 2).output(values.range("y", 1, 0), 2, 2, 2));
    byte[] model = TfliteExporter.toBytes(n.build(), values, ExportOptions.int8());
    assertThatThrownBy(() -> TfliteInterpreter.open(model, kernels))
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining("TFLite cannot run the model: ")
        .hasMessageContaining("conv.cc")
        .hasMessageContaining("failed to prepare");
  }

  @Test
  void saysWhyXnnpackRefuses() {
    // Detent does not export such a file.
    byte[] model =
        altered(
            dense(new float[] {60f}, 1),
            graph -> {
              TensorT output = graph.getTensors()[graph.getOutputs()[0]];
              output.getQuantization().getScale()[0] = 0.02f;
            });
    TfliteInterpreter.open(model, Kernels.BUILT_IN).close();
    assertThatThrownBy(() -> TfliteInterpreter.open(model, Kernels.XNNPACK))
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining("XNNPACK cannot run the model: FULLY_CONNECTED 'dense'")
        .hasMessageContaining("less than 256.0 is possible");
  }

  /** It would end the process. */
  @Test
  void saysThatXnnpackWantsNoOperationsForNothing() {
    int flat = TfliteFile.info(SMALL).tensor("flat").orElseThrow().index();
    byte[] model = altered(SMALL, graph -> graph.getOutputs()[0] = flat);
    TfliteInterpreter.open(model, Kernels.BUILT_IN).close();
    assertThatThrownBy(() -> TfliteInterpreter.open(model, Kernels.XNNPACK))
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining(
            "XNNPACK cannot run the model: FULLY_CONNECTED 'logits' leads to no output");
    // A pooling that nothing reads is left out, one that another operation reads is not.
    int conv = TfliteFile.info(SMALL).tensor("conv").orElseThrow().index();
    byte[] last =
        altered(
            SMALL,
            graph -> {
              graph.getOutputs()[0] = conv;
              graph.setOperators(Arrays.copyOf(graph.getOperators(), 2));
            });
    TfliteInterpreter.open(last, Kernels.XNNPACK).close();
    byte[] chain =
        altered(
            SMALL,
            graph -> {
              graph.getOutputs()[0] = conv;
              graph.setOperators(Arrays.copyOf(graph.getOperators(), 3));
            });
    assertThatThrownBy(() -> TfliteInterpreter.open(chain, Kernels.XNNPACK))
        .hasMessageContaining("MAX_POOL_2D 'pool' leads to no output");
  }

  private static byte[] altered(byte[] file, Consumer<SubGraphT> change) {
    ModelT model =
        Model.getRootAsModel(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN)).unpack();
    change.accept(model.getSubgraphs()[0]);
    model.setSignatureDefs(new SignatureDefT[0]);
    FlatBufferBuilder builder = new FlatBufferBuilder();
    Model.finishModelBuffer(builder, Model.pack(builder, model));
    return builder.sizedByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsReadOrWrittenAfterTheEnd(Kernels kernels) {
    var interpreter = TfliteInterpreter.open(SMALL, kernels);
    interpreter.close();
    interpreter.close();
    List<ThrowingCallable> calls =
        List.of(
            interpreter::invoke,
            interpreter::builtInOperations,
            () -> interpreter.setInput(0, new byte[192]),
            () -> interpreter.setInput(0, new float[192]),
            () -> interpreter.setInput(0, new int[192]),
            () -> interpreter.outputBytes(0),
            () -> interpreter.outputFloats(0),
            () -> interpreter.readOutput(0, new byte[10]),
            () -> interpreter.readOutput(0, new float[10]),
            () -> interpreter.run(new byte[192], new byte[10]),
            () -> interpreter.run(new float[192], new float[10]),
            () -> interpreter.run(new byte[][] {new byte[192]}),
            () -> interpreter.run(new float[][] {new float[192]}),
            () -> interpreter.run(new byte[0][]),
            () -> interpreter.run(new float[0][]));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the interpreter of the model is closed");
    }
    assertThat(interpreter.inputs()).hasSize(1);
    assertThat(interpreter.info().outputs()).hasSize(1);
  }

  /** Each thread has an input of its own, and gets the answer to it. */
  @ParameterizedTest
  @EnumSource
  void threadsTakeTurns(Kernels kernels) throws Exception {
    int threads = 4;
    byte[][] images = new byte[threads][192];
    byte[][] expected = new byte[threads][];
    Random random = new Random(2);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (var interpreter = TfliteInterpreter.open(SMALL, kernels)) {
      for (int i = 0; i < threads; i++) {
        random.nextBytes(images[i]);
        expected[i] = interpreter.run(new byte[][] {images[i]});
      }
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        byte[] image = images[i];
        byte[] answer = expected[i];
        futures.add(
            pool.submit(
                () -> {
                  for (int n = 0; n < 300; n++) {
                    assertThat(interpreter.run(new byte[][] {image})).isEqualTo(answer);
                  }
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEndWaitsForRuns(Kernels kernels) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      for (int i = 0; i < 20; i++) {
        var interpreter = TfliteInterpreter.open(SMALL, kernels);
        byte[] expected = interpreter.run(new byte[][] {image()});
        var isRunning = new CountDownLatch(1);
        Future<?> runs =
            pool.submit(
                () -> {
                  while (true) {
                    assertThat(interpreter.run(new byte[][] {image()})).isEqualTo(expected);
                    isRunning.countDown();
                  }
                });
        isRunning.await();
        interpreter.close();
        assertThatThrownBy(runs::get).hasCauseInstanceOf(IllegalStateException.class);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void pairsLatencies() {
    try (var a = TfliteInterpreter.open(SMALL, Kernels.XNNPACK);
        var b = TfliteInterpreter.open(SMALL, Kernels.BUILT_IN)) {
      Latency.Pair pair = Latency.paired(a, b, 30);
      assertThat(pair.first().medianNanos()).isPositive();
      assertThat(pair.second().runs()).isEqualTo(30);
      assertThat(pair.ratio()).isPositive();
    }
  }

  @Test
  void nothingReachesTheTerminal(@TempDir Path folder) throws Exception {
    Path model = Files.write(folder.resolve("small.tflite"), foreign());
    Path errors = folder.resolve("errors.txt");
    Process process =
        java(Opener.class, model)
            .redirectError(errors.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(errors).hasContent("");
  }

  @ParameterizedTest
  @CsvSource({
    "pretrainedResnet_quant.tflite, 16, 98496",
    "pretrainedResnet.tflite, 16, 318144",
    "kws_ref_model.tflite, 13, 53936",
    "kws_ref_model_float32.tflite, 13, 43392",
    "ad01_int8.tflite, 10, 276976",
    "ad01_fp32.tflite, 10, 1067648"
  })
  void runsTheReferenceModels(String name, int operations, int bytes) {
    Path file = References.file(name);
    for (Kernels kernels : Kernels.values()) {
      try (var interpreter = TfliteInterpreter.open(file, kernels)) {
        assertThat(interpreter.info().operations()).hasSize(operations);
        assertThat(interpreter.info().bytes()).isEqualTo(bytes);
        TensorInfo input = interpreter.inputs().get(0);
        if (input.type() == ValueType.INT8) {
          interpreter.setInput(0, new byte[input.elements()]);
        } else {
          interpreter.setInput(0, new float[input.elements()]);
        }
        interpreter.invoke();
      }
    }
  }

  @Test
  void listsTheOperationsOfTheReferenceResnet() {
    TfliteModelInfo info = TfliteFile.info(References.file("pretrainedResnet_quant.tflite"));
    assertThat(info.histogram())
        .isEqualTo(
            Map.of(
                "CONV_2D", 9,
                "ADD", 3,
                "AVERAGE_POOL_2D", 1,
                "RESHAPE", 1,
                "FULLY_CONNECTED", 1,
                "SOFTMAX", 1));
    assertThat(info.minimumRuntime()).isEqualTo("1.5.0");
    assertThat(info.tensor("input_1_int8").orElseThrow().zeroPoint()).isEqualTo(-128);
  }

  // ---------------------------------------------------------------- files of other origin

  @ParameterizedTest
  @EnumSource
  void aForeignFileComputesTheSame(Kernels kernels) {
    byte[] image = image();
    try (var own = TfliteInterpreter.openWithAllTensors(SMALL, kernels);
        var foreign = TfliteInterpreter.openWithAllTensors(foreign(), kernels)) {
      assertThat(foreign.builtInOperations()).isEqualTo(own.builtInOperations());
      own.run(new byte[][] {image});
      assertThatThrownBy(() -> foreign.setInput(0, new byte[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("192 bytes, but 3 values");
      foreign.run(new byte[][] {image});
      for (int i = 0; i < own.outputs().size(); i++) {
        assertThat(foreign.outputBytes(i)).isEqualTo(own.outputBytes(i));
      }
      assertThat(Latency.paired(foreign, own, 5).first().medianNanos()).isPositive();
    }
  }

  @Test
  void onlyForeignFilesHaveAProcess() {
    Set<Long> before = children();
    try (var own = TfliteInterpreter.open(SMALL, Kernels.XNNPACK)) {
      own.run(new byte[][] {image()});
      assertThat(children()).isSubsetOf(before);
    }
    try (var first = TfliteInterpreter.open(foreign(), Kernels.XNNPACK)) {
      Set<Long> one = children();
      assertThat(one).isNotEmpty();
      try (var second = TfliteInterpreter.open(foreign(), Kernels.XNNPACK)) {
        // Each its own while both are open.
        assertThat(second.run(new byte[][] {image()})).isEqualTo(first.run(new byte[][] {image()}));
        assertThat(children()).hasSizeGreaterThan(1);
      }
    }
    Set<Long> left = children();
    TfliteInterpreter.open(foreign(), Kernels.XNNPACK).close();
    assertThat(children()).isEqualTo(left);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aCrashIsAnException(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("strange.tflite"), foreign());
    Set<Long> before = endIdle();
    try (var interpreter = TfliteInterpreter.open(file, Kernels.BUILT_IN)) {
      signal("-SEGV", child(before));
      assertThatThrownBy(interpreter::invoke)
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("strange.tflite made TensorFlow Lite crash")
          .hasMessageContaining("exit code");
      assertThatThrownBy(interpreter::invoke).isInstanceOf(TfliteException.class);
    }
    try (var again = TfliteInterpreter.open(file, Kernels.BUILT_IN)) {
      assertThat(again.run(new byte[][] {image()})).hasSize(10);
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aHangIsAnException(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("slow.tflite"), foreign());
    Set<Long> before = endIdle();
    try (var interpreter = TfliteInterpreter.open(file, Kernels.BUILT_IN)) {
      long child = child(before);
      signal("-STOP", child);
      System.setProperty(TfliteInterpreter.TIMEOUT_PROPERTY, "1");
      assertThatThrownBy(interpreter::invoke)
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("slow.tflite kept TensorFlow Lite busy for 1 s")
          .hasMessageContaining("-Ddetent.tflite.timeout=SECONDS");
      assertEnds(child);
    } finally {
      System.clearProperty(TfliteInterpreter.TIMEOUT_PROPERTY);
    }
  }

  /** Whatever ends the parent, and whatever the child does then. */
  @Test
  void aChildEndsWithItsParent(@TempDir Path folder) throws Exception {
    Path model = Files.write(folder.resolve("small.tflite"), foreign());
    Process parent = java(Holder.class, model).redirectErrorStream(true).start();
    String line = parent.inputReader().readLine();
    assertThat(line).matches("\\d+");
    long child = Long.parseLong(line);
    assertThat(ProcessHandle.of(child)).isPresent();
    parent.destroyForcibly().waitFor();
    assertEnds(child);
  }

  @Test
  void saysWhyNoProcessCanBeStarted(@TempDir Path folder) throws Exception {
    endIdle();
    String home = System.getProperty("java.home");
    System.setProperty("java.home", folder.toString());
    try {
      assertThatThrownBy(() -> TfliteInterpreter.open(foreign(), Kernels.BUILT_IN))
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("the model was not exported by this process")
          .hasMessageContaining("cannot be started: there is no " + folder.resolve("bin"));
    } finally {
      System.setProperty("java.home", home);
    }
  }

  /** The same model, but not the bytes that were exported. */
  private static byte[] foreign() {
    return Arrays.copyOf(SMALL, SMALL.length + 4);
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  /** Ends those that wait; what is left is not this test's. */
  private static Set<Long> endIdle() throws Exception {
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    for (long child : children()) {
      assertEnds(child);
    }
    return children();
  }

  private static long child(Set<Long> before) {
    Set<Long> now = children();
    now.removeAll(before);
    assertThat(now).hasSize(1);
    return now.iterator().next();
  }

  private static void signal(String signal, long process) throws Exception {
    assertThat(new ProcessBuilder("kill", signal, Long.toString(process)).start().waitFor())
        .isZero();
  }

  private static void assertEnds(long process) throws Exception {
    var handle = ProcessHandle.of(process);
    if (handle.isPresent()) {
      handle.get().onExit().get(20, TimeUnit.SECONDS);
    }
  }

  private static ProcessBuilder java(Class<?> main, Path model) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        main.getName(),
        model.toString());
  }

  /** Has a foreign file open until it is ended, for the test of the child's end. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      try (var interpreter = TfliteInterpreter.open(Path.of(args[0]), Kernels.BUILT_IN)) {
        interpreter.invoke();
        System.out.println(ProcessHandle.current().children().findFirst().orElseThrow().pid());
        Thread.sleep(TimeUnit.MINUTES.toMillis(1));
      }
    }
  }

  /** Opens a model on both kernels, for the test of the terminal. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] args) throws IOException {
      for (Kernels kernels : Kernels.values()) {
        try (var interpreter = TfliteInterpreter.open(Path.of(args[0]), kernels)) {
          interpreter.invoke();
        }
        try (var damaged = TfliteInterpreter.open(Arrays.copyOf(SMALL, 1000), kernels)) {
          throw new IllegalStateException(damaged + " must not open");
        } catch (TfliteException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  private static byte[] image() {
    byte[] image = new byte[192];
    new Random(1).nextBytes(image);
    return image;
  }

  private static byte[] borders(BorderType type) {
    return TfliteExporter.toBytes(
        SmallModel.network(),
        SmallModel.values(true),
        ExportOptions.int8().inputs(type).outputs(type));
  }

  /** A dense layer of 4 inputs and 2 outputs. */
  private static byte[] dense(float[] scales, float outputScale) {
    var values = new FixedValues();
    var n = new NetworkBuilder();
    Tensor x = n.input("x").output(values.range("x", 0.1f, 0), 4);
    values.weights(
        "dense", LayerWeights.ofIntegers(new float[8], new int[] {4, 2}, scales, null, 8));
    n.output(
        "dense",
        n.fullyConnected("dense", x).kernel(4, 2).output(values.range("y", outputScale, 0), 2));
    return TfliteExporter.toBytes(n.build(), values, ExportOptions.int8());
  }
}
