package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.inference.Interpreter;
import dev.detent.inference.ModelFormatException;
import dev.detent.inference.TfliteModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exported file in plain Java; that it computes the same, all parity tests check. */
class PlainJavaTest {
  /** How many altered files are loaded; 10,000 in a long run. */
  private static final int ALTERATIONS = Integer.getInteger("detent.altered", 1500);

  private static final int SIDE = 8;
  private static final int PIXELS = SIDE * SIDE;

  @TempDir private Path folder;
  private TinyModel model;
  private Path file;

  @BeforeEach
  void export() {
    ActivationRange x = ActivationRange.learned("x", 8);
    ActivationRange conv = ActivationRange.learned("conv", 8).nonNegative();
    ActivationRange depthwise = ActivationRange.learned("depthwise", 8);
    ActivationRange sum = ActivationRange.learned("sum", 8);
    ActivationRange y = ActivationRange.learned("y", 8);
    WeightQuantization weights = WeightQuantization.perChannel(8);
    model =
        new TinyModel(
            n -> {
              Tensor image = n.input("x").output(x, SIDE, SIDE, 1);
              Tensor first =
                  n.conv2d("conv", image)
                      .kernel(3, 3, 1, 6)
                      .bias(Initializer.ZEROS)
                      .quantizeKernel(weights)
                      .activation(Activation.RELU)
                      .output(conv, 6, 6, 6);
              Tensor second =
                  n.depthwiseConv2d("depthwise", first)
                      .kernel(3, 3, 6, 1)
                      .padding(dev.detent.annotations.Padding.SAME)
                      .bias(Initializer.ZEROS)
                      .quantizeKernel(weights)
                      .output(depthwise, 6, 6, 6);
              Tensor both = n.add("sum", first, second).output(sum, 6, 6, 6);
              Tensor flat = n.reshape("flat", both).output(216);
              n.output(
                  "y",
                  n.fullyConnected("y", flat)
                      .kernel(216, 10)
                      .bias(Initializer.ZEROS)
                      .quantizeKernel(weights)
                      .output(y, 10));
            },
            3);
    model.quantize(
        new Dataset(Features.of(images(20), SIDE, SIDE, 1), Targets.values(new float[20][10], 10)));
    file = model.exportInt8(folder.resolve("tiny.tflite"));
  }

  @AfterEach
  void close() {
    model.close();
  }

  private static float[][] images(int count) {
    Random random = new Random(7);
    float[][] images = new float[count][PIXELS];
    for (float[] image : images) {
      for (int i = 0; i < PIXELS; i++) {
        image[i] = (float) random.nextGaussian();
      }
    }
    return images;
  }

  @Test
  void takesAndGivesRealNumbersAsTheInterpreterDoes() throws IOException {
    Interpreter plain = TfliteModel.load(file).interpreter();
    float[] image = images(1)[0];
    image[3] = Float.POSITIVE_INFINITY;
    image[4] = -1e30f;

    plain.setInput(0, image);
    plain.run();

    image[3] = 1e30f; // which the interpreter takes
    try (var interpreter = TfliteInterpreter.open(file, Kernels.BUILT_IN)) {
      interpreter.setInput(0, image);
      interpreter.invoke();
      assertThat(plain.outputFloats(0)).isEqualTo(interpreter.outputFloats(0));
    }
  }

  @Test
  void saysWhatInputsAre() throws IOException {
    TfliteModel loaded = TfliteModel.load(file);
    Interpreter plain = loaded.interpreter();
    float[] image = new float[PIXELS];
    image[5] = Float.NaN;

    assertThat(loaded.inputs().get(0).name()).isEqualTo("x");
    assertThat(loaded.inputs().get(0).shape()).containsExactly(1, SIDE, SIDE, 1);
    assertThat(loaded.outputs().get(0).elements()).isEqualTo(10);
    assertThatThrownBy(() -> plain.setInput(0, image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value 5 of 'x'")
        .hasMessageEndingWith("is not a number");
    assertThatThrownBy(() -> plain.setInput(0, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("has 64 values, not 3");
    assertThatThrownBy(() -> plain.setInput(0, new int[PIXELS]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("holds other values");
  }

  @Test
  void isSharedByThreads() throws Exception {
    TfliteModel loaded = TfliteModel.load(file);
    float[][] images = images(40);
    List<float[]> alone = new ArrayList<>();
    for (float[] image : images) {
      alone.add(run(loaded.interpreter(), image));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<float[]>>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            threads.submit(
                () -> {
                  Interpreter own = loaded.interpreter();
                  return Arrays.stream(images).map(image -> run(own, image)).toList();
                }));
      }
      for (Future<List<float[]>> each : all) {
        assertThat(each.get()).usingRecursiveComparison().isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static float[] run(Interpreter interpreter, float[] image) {
    interpreter.setInput(0, image);
    interpreter.run();
    return interpreter.outputFloats(0);
  }

  @Test
  void allocatesNothingWhileItRuns() throws IOException {
    Interpreter plain = TfliteModel.load(file).interpreter();
    float[] image = images(1)[0];
    float[] result = new float[10];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = 0;
    for (int i = 0; i < 300; i++) {
      if (i == 100) {
        before = threads.getThreadAllocatedBytes(thread);
      }
      plain.setInput(0, image);
      plain.run();
      plain.readOutput(0, result);
    }

    // The counter itself may take some; one object in each run would be 3,200 bytes at least.
    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(3000);
  }

  /** Whatever is altered: a result, or an error that says what is wrong. */
  @Test
  void survivesAlteredFiles() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(11);
    float[] image = images(1)[0];
    int refused = 0;
    for (int i = 0; i < ALTERATIONS; i++) {
      byte[] altered = whole.clone();
      if (i % 4 == 0) {
        altered = Arrays.copyOf(whole, random.nextInt(whole.length));
      }
      for (int change = random.nextInt(6); change >= 0 && altered.length > 0; change--) {
        altered[random.nextInt(altered.length)] = (byte) random.nextInt(256);
      }
      try {
        Interpreter interpreter = TfliteModel.load(altered).interpreter();
        if (!interpreter.model().inputs().isEmpty()) {
          interpreter.setInput(0, image);
        }
        interpreter.run();
      } catch (ModelFormatException | IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("null");
        refused++;
      }
    }

    assertThat(refused).isBetween(ALTERATIONS / 4, ALTERATIONS - 1);
  }
}
