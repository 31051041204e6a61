package dev.detent.examples.bench;

import dev.detent.examples.cifar.MobileNetV1Model;
import dev.detent.examples.cifar.ResNet8Model;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.Mode;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import java.util.Arrays;
import java.util.Random;

/**
 * Measures training steps in turns: the network by hand, Detent in float, Detent in
 * quantization-aware training, and again, so that what else the machine does strikes all of them.
 *
 * <p>All train on the same random images, which they read through the same {@link Batches}.
 *
 * @param batch examples a step
 * @param steps steps that are timed together, as one turn
 * @param rounds turns of each that are counted, after one that is not
 */
public record StepBenchmark(int batch, int steps, int rounds) {
  private static final double LEARNING_RATE = 1e-3;
  private static final long SEED = 1;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public StepBenchmark {
    if (batch < 1 || steps < 1 || rounds < 1) {
      throw new IllegalArgumentException(
          "a batch of " + batch + ", " + steps + " steps, " + rounds + " rounds; at least 1 each");
    }
  }

  /**
   * What a step of one network takes, medians over the rounds.
   *
   * @param network its name
   * @param byHandMillis by hand against TensorFlow Java, in float
   * @param floatMillis Detent in float
   * @param qatMillis Detent in quantization-aware training: the mean of the two below, as the
   *     default recipe spends half of its steps in each
   * @param qatMovingMillis while ranges and batch statistics move
   * @param qatFrozenMillis when both stand
   * @param floatOverByHand the median over rounds of the quotient
   * @param qatOverFloat the median over rounds of the quotient
   */
  public record Result(
      String network,
      double byHandMillis,
      double floatMillis,
      double qatMillis,
      double qatMovingMillis,
      double qatFrozenMillis,
      double floatOverByHand,
      double qatOverFloat) {}

  /** Measures ResNet-8 on images of 32 by 32 pixels. */
  public Result resNet8() {
    try (DetentModel<Dataset> model = ResNet8Model.create(SEED)) {
      return measure("ResNet-8", model, HandWrittenNetwork.RESNET8);
    }
  }

  /** Measures MobileNetV1 0.25 on images of 96 by 96 pixels. */
  public Result mobileNetV1() {
    try (DetentModel<Dataset> model = MobileNetV1Model.create(SEED)) {
      return measure("MobileNetV1 0.25", model, HandWrittenNetwork.MOBILENET_V1);
    }
  }

  private Result measure(String name, DetentModel<Dataset> model, HandWrittenNetwork network) {
    Dataset data = noise(batch * steps, network);
    // One epoch of these is one turn.
    Fit<Examples> fit =
        Fit.epochs(1)
            .batchSize(batch)
            .optimizer(Optimizers.adam(LEARNING_RATE))
            .progress(Progress.Style.SILENT);
    model.quantize(data.take(Math.min(batch, data.size())));
    double[] byHand = new double[rounds];
    double[] inFloat = new double[rounds];
    double[] moving = new double[rounds];
    double[] frozen = new double[rounds];
    try (HandWrittenTraining training = new HandWrittenTraining(network)) {
      for (int round = -1; round < rounds; round++) {
        int kept = Math.max(round, 0);
        byHand[kept] = byHand(training, data);
        model.mode(Mode.FLOAT);
        inFloat[kept] = detent(model, data, fit);
        model.mode(Mode.QUANTIZED);
        moving[kept] = detent(model, data, fit.rangeWarmUp(1).batchNormFreeze(1));
        frozen[kept] = detent(model, data, fit.rangeWarmUp(0).batchNormFreeze(0));
      }
    }
    double[] qat = new double[rounds];
    Arrays.setAll(qat, i -> (moving[i] + frozen[i]) / 2);
    return new Result(
        name,
        median(byHand),
        median(inFloat),
        median(qat),
        median(moving),
        median(frozen),
        medianRatio(inFloat, byHand),
        medianRatio(qat, inFloat));
  }

  /** Milliseconds a step. */
  private double byHand(HandWrittenTraining training, Dataset data) {
    long start = System.nanoTime();
    training.train(Batches.of(data, batch).shuffled(SEED), LEARNING_RATE);
    return (System.nanoTime() - start) / 1e6 / steps;
  }

  /** Milliseconds a step. */
  private double detent(DetentModel<Dataset> model, Dataset data, Fit<Examples> fit) {
    return model.fit(data, fit).seconds() * 1e3 / steps;
  }

  static Dataset noise(int count, HandWrittenNetwork network) {
    Random random = new Random(SEED);
    byte[] pixels = new byte[count * network.size() * network.size() * 3];
    random.nextBytes(pixels);
    int[] classes = random.ints(count, 0, network.classes()).toArray();
    return new Dataset(
        Features.bytes(pixels, network.size(), network.size(), 3),
        Targets.classes(classes, network.classes()));
  }

  private static double medianRatio(double[] over, double[] under) {
    double[] ratios = new double[over.length];
    Arrays.setAll(ratios, i -> over[i] / under[i]);
    return median(ratios);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
