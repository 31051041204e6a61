package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What many threads do with models at once; in a process of its own, which a crash would end. */
public final class ConcurrentUse {
  private static final int THREADS = 8;
  private static final int SIZE = 12;
  private static final int EXAMPLES = 64;
  private static final float[][] IMAGES = images();
  private static final Dataset DATA =
      new Dataset(Features.of(IMAGES, SIZE, SIZE, 3), Targets.classes(new int[EXAMPLES], 10));

  private ConcurrentUse() {}

  /** Convolutions of several kinds, which are what TensorFlow does with oneDNN. */
  private static TinyModel model(long seed) {
    return new TinyModel(ConcurrentUse::network, seed);
  }

  private static void network(NetworkBuilder n) {
    var x = n.input("image").output(ActivationRange.learned("image", 8), SIZE, SIZE, 3);
    var wide =
        n.conv2d("wide", x)
            .kernel(3, 3, 3, 16)
            .padding(Padding.SAME)
            .bias(Initializer.ZEROS)
            .quantizeKernel(WeightQuantization.perChannel(8))
            .batchNorm(0.9, 0.001)
            .activation(Activation.RELU)
            .output(ActivationRange.learned("wide", 8).nonNegative(), SIZE, SIZE, 16);
    var narrow =
        n.conv2d("narrow", wide)
            .kernel(1, 1, 16, 32)
            .bias(Initializer.ZEROS)
            .quantizeKernel(WeightQuantization.perChannel(8))
            .activation(Activation.RELU)
            .output(ActivationRange.learned("narrow", 8).nonNegative(), SIZE, SIZE, 32);
    var strided =
        n.conv2d("strided", narrow)
            .kernel(3, 3, 32, 32)
            .strides(2, 2)
            .padding(Padding.SAME)
            .bias(Initializer.ZEROS)
            .quantizeKernel(WeightQuantization.perChannel(8))
            .output(ActivationRange.learned("strided", 8), SIZE / 2, SIZE / 2, 32);
    var mean = n.mean("mean", strided).output(ActivationRange.learned("mean", 8), 32);
    var logits =
        n.fullyConnected("logits", mean)
            .kernel(32, 10)
            .bias(Initializer.ZEROS)
            .quantizeKernel(WeightQuantization.perChannel(8))
            .output(ActivationRange.learned("logits", 8), 10);
    n.output("logits", logits);
  }

  private static float[][] images() {
    Random random = new Random(1);
    float[][] images = new float[EXAMPLES][SIZE * SIZE * 3];
    for (float[] image : images) {
      for (int i = 0; i < image.length; i++) {
        image[i] = (float) random.nextGaussian();
      }
    }
    return images;
  }

  /** With a folder to write to. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    firstCallsAtOnce(folder);
    System.out.println("first calls at once");
    answersAreTheSerialOnes(1);
    System.out.println("one model");
    answersAreTheSerialOnes(4);
    System.out.println("four models");
    verificationsAtOnce(folder);
    System.out.println("verifications");
    closeDuringPredictions();
    System.out.println("close");
  }

  /** Has all threads begin at the same moment, and throws what one of them threw. */
  private static void together(Callable<?>... works) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(works.length);
    CountDownLatch ready = new CountDownLatch(works.length);
    List<Future<?>> all = new ArrayList<>();
    for (Callable<?> work : works) {
      all.add(
          threads.submit(
              () -> {
                ready.countDown();
                ready.await();
                return work.call();
              }));
    }
    threads.shutdown();
    for (Future<?> each : all) {
      each.get();
    }
  }

  private static void answersAreTheSerialOnes(int count) throws Exception {
    List<TinyModel> models = new ArrayList<>();
    List<float[][]> answers = new ArrayList<>();
    List<Object> measures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TinyModel model = model(i);
      if (i % 2 == 0) {
        model.quantize(DATA);
      }
      models.add(model);
      answers.add(new float[EXAMPLES][]);
      for (int k = 0; k < EXAMPLES; k++) {
        answers.get(i)[k] = model.predict(IMAGES[k])[0];
      }
      measures.add(model.evaluate(DATA));
    }
    Callable<?>[] works = new Callable<?>[THREADS];
    for (int thread = 0; thread < THREADS; thread++) {
      int of = thread % count;
      boolean evaluates = thread / count % 4 == 1;
      works[thread] =
          () -> {
            for (int i = 0; i < 5 * EXAMPLES; i++) {
              if (evaluates && i % 16 == 0) {
                assertThat(models.get(of).evaluate(DATA)).isEqualTo(measures.get(of));
              } else {
                int k = (i * 7 + of) % EXAMPLES;
                assertThat(models.get(of).predict(IMAGES[k])[0]).isEqualTo(answers.get(of)[k]);
              }
            }
            return null;
          };
    }
    together(works);
    models.forEach(TinyModel::close);
  }

  private static void firstCallsAtOnce(Path folder) throws Exception {
    float[] answer;
    Object measures;
    try (TinyModel model = model(1)) {
      answer = model.predict(IMAGES[0])[0];
      measures = model.evaluate(DATA);
    }
    for (int round = 0; round < 3; round++) {
      try (TinyModel model = model(1)) {
        Callable<?> predict = () -> assertThat(model.predict(IMAGES[0])[0]).isEqualTo(answer);
        Callable<?> evaluate = () -> assertThat(model.evaluate(DATA)).isEqualTo(measures);
        Callable<?> save =
            () -> {
              model.save(folder.resolve("weights.npz"));
              return null;
            };
        together(
            predict,
            predict,
            predict,
            evaluate,
            evaluate,
            save,
            () -> model.exportSavedModel(folder.resolve("saved")),
            () -> model.activationSensitivity(DATA.take(8), List.of(4)));
      }
    }
  }

  private static void verificationsAtOnce(Path folder) throws Exception {
    try (TinyModel model = SmallClassifier.create(5)) {
      Dataset data = SmallClassifier.data(50, 1);
      float[] image = new float[36];
      model.quantize(data);
      Path file = model.exportInt8(folder.resolve("small.tflite"));
      VerifyOptions options = VerifyOptions.defaults().latencyRuns(0);
      Verification alone = model.verify(file, data, options);
      float[] answer = model.predict(image)[0];
      var sensitivity = model.sensitivity(data);
      Callable<?> verify =
          () -> assertThat(model.verify(file, data, options).outputs()).isEqualTo(alone.outputs());
      Callable<?> predict =
          () -> {
            for (int i = 0; i < 200; i++) {
              assertThat(model.predict(image)[0]).isEqualTo(answer);
            }
            return null;
          };
      Callable<?> analyse = () -> assertThat(model.sensitivity(data)).isEqualTo(sensitivity);
      together(verify, predict, verify, analyse, predict, verify, predict, analyse);
    }
  }

  private static void closeDuringPredictions() throws Exception {
    for (int round = 0; round < 3; round++) {
      TinyModel model = model(1);
      float[] answer = model.predict(IMAGES[0])[0];
      CountDownLatch running = new CountDownLatch(THREADS);
      Callable<?>[] works = new Callable<?>[THREADS + 2];
      for (int i = 0; i < THREADS; i++) {
        works[i] =
            () -> {
              assertThatThrownBy(
                      () -> {
                        for (int done = 0; ; done++) {
                          assertThat(model.predict(IMAGES[0])[0]).isEqualTo(answer);
                          if (done == 3) {
                            running.countDown();
                          }
                        }
                      })
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessage("predict is called, but Tiny is closed; create the model anew");
              return null;
            };
      }
      Callable<?> close =
          () -> {
            running.await();
            model.close();
            return null;
          };
      works[THREADS] = close;
      works[THREADS + 1] = close;
      together(works);
    }
  }
}
