package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What {@link Fit} does to losses, gradients and weights, against softmax regression of two layers
 * in double arithmetic, written out here. Losses and weights agree to 1e-5: floats carry 24 bits,
 * and the longest training here is 24 steps of sums of 8 products.
 */
class TrainingByHandTest {
  private static final int INPUTS = 4;
  private static final int HIDDEN = 5;
  private static final int CLASSES = 3;
  private static final int EXAMPLES = 32;
  private static final int BATCH = 8;
  private static final int EPOCHS = 3;
  private static final double RATE = 0.3;
  private static final double EXACT = 1e-5;

  private static final float[][] X = new float[EXAMPLES][INPUTS];
  private static final int[] Y = new int[EXAMPLES];

  static {
    Random random = new Random(5);
    for (int i = 0; i < EXAMPLES; i++) {
      for (int k = 0; k < INPUTS; k++) {
        X[i][k] = (float) random.nextGaussian();
      }
      Y[i] = X[i][0] > 0.3 ? 0 : X[i][1] > 0 ? 1 : 2;
    }
  }

  static final Dataset DATA = new Dataset(Features.of(X, INPUTS), Targets.classes(Y, CLASSES));

  private static void network(NetworkBuilder n) {
    Tensor x = n.input("x").output(INPUTS);
    Tensor hidden =
        n.fullyConnected("hidden", x).kernel(INPUTS, HIDDEN).bias(Initializer.ZEROS).output(HIDDEN);
    Tensor logits =
        n.fullyConnected("logits", hidden)
            .kernel(HIDDEN, CLASSES)
            .bias(Initializer.ZEROS)
            .output(CLASSES);
    n.output("logits", logits);
  }

  /** Two layers without noise and statistics. */
  static TinyModel create() {
    return new TinyModel(TrainingByHandTest::network, 3);
  }

  private static Fit<Examples> fit() {
    return Fit.epochs(EPOCHS)
        .batchSize(BATCH)
        .optimizer(Optimizers.sgd(RATE))
        .schedule(Schedule.constant())
        .progress(Progress.Style.SILENT);
  }

  // ---------------------------------------------------------------- by hand

  private static final List<String> NAMES =
      List.of("hidden/kernel", "hidden/bias", "logits/kernel", "logits/bias");

  /** The same training by hand; what is not set is as in plain gradient descent. */
  private static final class ByHand {
    private final double[][] weights = new double[NAMES.size()][];
    private final double[][] averages = new double[NAMES.size()][];
    private final List<Double> losses = new ArrayList<>();
    private double[] classWeights = {1, 1, 1};
    private float[] exampleWeights = new float[EXAMPLES];
    private double[] rates = {1, 1, 1, 1};
    private double clipNorm = Double.POSITIVE_INFINITY;
    private double clipGlobal = Double.POSITIVE_INFINITY;
    private double clipValue = Double.POSITIVE_INFINITY;
    private int accumulation = 1;
    private double decay;
    private double temperature;
    private double teaching;
    private Rule rule = (slot, w, g, rate, step) -> w - rate * g;

    /** How one number changes; {@code slot} is its own memory. */
    private interface Rule {
      double apply(double[] slot, double w, double g, double rate, int step);
    }

    ByHand(TinyModel start) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] = doubles(start.get(NAMES.get(i)));
        averages[i] = weights[i].clone();
      }
      Arrays.fill(exampleWeights, 1);
    }

    ByHand train() {
      double[][][] slots = new double[weights.length][][];
      for (int i = 0; i < slots.length; i++) {
        slots[i] = new double[weights[i].length][2];
      }
      double[][] sums = zeros();
      Batches batches = Batches.of(DATA, BATCH).shuffled(3).dropRemainder(true);
      int step = 0;
      int changes = 0;
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        double loss = 0;
        try (BatchIterator iterator = batches.epoch(epoch)) {
          while (iterator.hasNext()) {
            double[][] gradients = zeros();
            loss += loss(iterator.next(), gradients) / batches.count();
            add(sums, gradients);
            if (++step % accumulation == 0) {
              changes++;
              change(sums, slots, changes);
              sums = zeros();
            }
          }
        }
        losses.add(loss);
      }
      return this;
    }

    private double[][] zeros() {
      return Arrays.stream(weights).map(w -> new double[w.length]).toArray(double[][]::new);
    }

    private static void add(double[][] sums, double[][] more) {
      for (int i = 0; i < sums.length; i++) {
        for (int k = 0; k < sums[i].length; k++) {
          sums[i][k] += more[i][k];
        }
      }
    }

    private void change(double[][] sums, double[][][] slots, int step) {
      double all = 0;
      for (int i = 0; i < sums.length; i++) {
        double squares = 0;
        for (int k = 0; k < sums[i].length; k++) {
          sums[i][k] /= accumulation;
          squares += sums[i][k] * sums[i][k];
        }
        double factor = Math.min(1, clipNorm / Math.sqrt(squares));
        all += squares;
        for (int k = 0; k < sums[i].length; k++) {
          sums[i][k] *= factor;
          sums[i][k] = Math.max(-clipValue, Math.min(clipValue, sums[i][k]));
        }
      }
      double factor = Math.min(1, clipGlobal / Math.sqrt(all));
      for (int i = 0; i < sums.length; i++) {
        for (int k = 0; k < sums[i].length; k++) {
          if (rates[i] > 0) {
            double g = sums[i][k] * factor;
            weights[i][k] = rule.apply(slots[i][k], weights[i][k], g, RATE * rates[i], step);
          }
          averages[i][k] = decay * averages[i][k] + (1 - decay) * weights[i][k];
        }
      }
    }

    private double loss(Batch batch, double[][] gradients) {
      double sum = 0;
      for (int b = 0; b < batch.count(); b++) {
        int example = batch.index(b);
        double[] hidden = new double[HIDDEN];
        for (int j = 0; j < HIDDEN; j++) {
          hidden[j] = weights[1][j];
          for (int k = 0; k < INPUTS; k++) {
            hidden[j] += X[example][k] * weights[0][k * HIDDEN + j];
          }
        }
        double[] logits = new double[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
          logits[c] = weights[3][c];
          for (int j = 0; j < HIDDEN; j++) {
            logits[c] += hidden[j] * weights[2][j * CLASSES + c];
          }
        }
        double[] p = softmax(logits, 1);
        double weight = exampleWeights[example] * classWeights[Y[example]];
        double each = -(1 - teaching) * Math.log(p[Y[example]]);
        double[] d = new double[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
          d[c] = (1 - teaching) * (p[c] - (c == Y[example] ? 1 : 0));
        }
        if (teaching > 0) {
          double[] taught = softmax(doubles(teacher(example)), temperature);
          double[] said = softmax(logits, temperature);
          for (int c = 0; c < CLASSES; c++) {
            each +=
                teaching * temperature * temperature * taught[c] * Math.log(taught[c] / said[c]);
            d[c] += teaching * temperature * (said[c] - taught[c]);
          }
        }
        sum += weight * each / batch.count();
        double[] dHidden = new double[HIDDEN];
        for (int c = 0; c < CLASSES; c++) {
          double g = d[c] * weight / batch.count();
          gradients[3][c] += g;
          for (int j = 0; j < HIDDEN; j++) {
            gradients[2][j * CLASSES + c] += g * hidden[j];
            dHidden[j] += g * weights[2][j * CLASSES + c];
          }
        }
        for (int j = 0; j < HIDDEN; j++) {
          gradients[1][j] += dHidden[j];
          for (int k = 0; k < INPUTS; k++) {
            gradients[0][k * HIDDEN + j] += dHidden[j] * X[example][k];
          }
        }
      }
      return sum;
    }
  }

  private static double[] softmax(double[] logits, double temperature) {
    double[] p = Arrays.stream(logits).map(x -> Math.exp(x / temperature)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / sum).toArray();
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static float[] teacher(int example) {
    return new float[] {X[example][0] * 2, X[example][1], -X[example][2]};
  }

  private static List<float[]> taught(Batch batch) {
    float[] logits = new float[batch.count() * CLASSES];
    for (int b = 0; b < batch.count(); b++) {
      System.arraycopy(teacher(batch.index(b)), 0, logits, b * CLASSES, CLASSES);
    }
    return List.of(logits);
  }

  private static void areAlike(TinyModel model, History history, ByHand hand) {
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      assertThat(history.epochs().get(epoch).training().loss())
          .as("epoch " + (epoch + 1))
          .isCloseTo(hand.losses.get(epoch), within(EXACT));
    }
    areAlike(model, hand.weights);
  }

  private static void areAlike(TinyModel model, double[][] weights) {
    for (int i = 0; i < weights.length; i++) {
      assertThat(doubles(model.get(NAMES.get(i))))
          .as(NAMES.get(i))
          .containsExactly(weights[i], within(EXACT));
    }
  }

  // ---------------------------------------------------------------- weights of losses

  @Test
  void gradientDescent() {
    try (TinyModel model = create()) {
      ByHand hand = new ByHand(model).train();
      areAlike(model, model.fit(DATA, fit()), hand);
    }
  }

  @Test
  void classAndExampleWeights() {
    try (TinyModel model = create()) {
      ByHand hand = new ByHand(model);
      hand.classWeights = new double[] {0.5, 2, 0};
      for (int i = 0; i < EXAMPLES; i++) {
        hand.exampleWeights[i] = i % 4 * 0.5f;
      }
      hand.train();
      var fit = fit().classWeights(0.5, 2, 0).exampleWeights(hand.exampleWeights);
      areAlike(model, model.fit(DATA, fit), hand);
      assertThat(model.evaluate(DATA, fit).loss())
          .as("an evaluation counts all the same")
          .isEqualTo(model.evaluate(DATA).loss());
    }
  }

  // ---------------------------------------------------------------- gradients

  @Test
  void clipping() {
    for (int kind = 0; kind < 3; kind++) {
      try (TinyModel model = create()) {
        ByHand hand = new ByHand(model);
        Fit<Examples> fit = fit();
        switch (kind) {
          case 0 -> {
            hand.clipNorm = 0.1;
            fit = fit.clipNorm(0.1);
          }
          case 1 -> {
            hand.clipGlobal = 0.2;
            fit = fit.clipGlobalNorm(0.2);
          }
          default -> {
            hand.clipValue = 0.03;
            fit = fit.clipValue(0.03);
          }
        }
        areAlike(model, model.fit(DATA, fit), hand.train());
      }
    }
  }

  @Test
  void accumulation() {
    try (TinyModel model = create()) {
      ByHand hand = new ByHand(model);
      hand.accumulation = 5; // 12 steps: 2 changes over the ends of epochs, and 2 steps to spare
      hand.clipGlobal = 0.2;
      hand.rule = adam();
      var fit = fit().optimizer(Optimizers.adam(RATE)).accumulate(5).clipGlobalNorm(0.2);
      areAlike(model, model.fit(DATA, fit), hand.train());
    }
  }

  private static ByHand.Rule adam() {
    return (slot, w, g, rate, step) -> {
      slot[0] = 0.9 * slot[0] + 0.1 * g;
      slot[1] = 0.999 * slot[1] + 0.001 * g * g;
      double alpha = rate * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
      return w - alpha * slot[0] / (Math.sqrt(slot[1]) + 1e-7);
    };
  }

  // ---------------------------------------------------------------- layers

  @Test
  void frozenLayersAndRates() {
    try (TinyModel model = create()) {
      ByHand hand = new ByHand(model);
      hand.rates = new double[] {0, 0, 0.5, 0.5};
      model.trainable(false, "hid*");
      assertThat(model.frozenLayers()).containsExactly("hidden");
      areAlike(model, model.fit(DATA, fit().learningRateFactor("logits", 0.5)), hand.train());
      model.trainable(true, "hidden");
      assertThat(model.frozenLayers()).isEmpty();
    }
  }

  @Test
  void unfrozenLayersGoOnWithTheOptimizersState() {
    try (TinyModel model = create()) {
      // Two trainings of momentum in a row are one, as the rate is constant.
      Optimizer momentum = Optimizers.adam(0.05);
      var half = fit().optimizer(momentum);
      model.fit(DATA, half);
      float[] fresh = model.get("logits/kernel");
      model.fit(DATA, half.keepOptimizerState());
      final float[] kept = model.get("logits/kernel");
      try (TinyModel other = create()) {
        other.fit(DATA, half);
        assertThat(other.get("logits/kernel")).isEqualTo(fresh);
        other.fit(DATA, half);
        assertThat(other.get("logits/kernel")).isNotEqualTo(kept);
      }
      ByHand hand;
      try (TinyModel start = create()) {
        hand = new ByHand(start);
      }
      hand.rule = adamOf(0.05);
      double[][][] slots = new double[NAMES.size()][][];
      for (int i = 0; i < slots.length; i++) {
        slots[i] = new double[hand.weights[i].length][2];
      }
      int step = 0;
      for (int run = 0; run < 2; run++) {
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
          Batches batches = Batches.of(DATA, BATCH).shuffled(3).dropRemainder(true);
          try (BatchIterator iterator = batches.epoch(epoch)) {
            while (iterator.hasNext()) {
              double[][] gradients = hand.zeros();
              hand.loss(iterator.next(), gradients);
              hand.change(gradients, slots, ++step);
            }
          }
        }
      }
      areAlike(model, hand.weights);
    }
  }

  private static ByHand.Rule adamOf(double learningRate) {
    return (slot, w, g, rate, step) -> adam().apply(slot, w, g, learningRate, step);
  }

  @Test
  void namesThatFitNoLayerAreRefused() {
    try (TinyModel model = create()) {
      assertThatThrownBy(() -> model.trainable(false, "hiden"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no layer with weights fits 'hiden'; there are [hidden, logits]");
      assertThatThrownBy(() -> model.fit(DATA, fit().learningRateFactor("x", 2)))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("no layer with weights fits 'x'");
      model.trainable(false, "*");
      assertThatThrownBy(() -> model.fit(DATA, fit()))
          .isInstanceOf(TrainingException.class)
          .hasMessage("all layers with weights are frozen, so there is nothing to train");
    }
  }

  // ---------------------------------------------------------------- optimizers and averages

  @Test
  void optimizers() {
    ByHand.Rule rms =
        (slot, w, g, rate, step) -> {
          slot[0] = 0.9 * slot[0] + 0.1 * g * g;
          slot[1] = 0.5 * slot[1] + 0.01 * g / Math.sqrt(slot[0] + 1e-7);
          return w - slot[1];
        };
    ByHand.Rule lion =
        (slot, w, g, rate, step) -> {
          double sign = Math.signum(0.9 * slot[0] + 0.1 * g);
          slot[0] = 0.99 * slot[0] + 0.01 * g;
          return w - 0.01 * sign;
        };
    isAsByHand(Optimizers.rmsProp(0.01, 0.5), rms);
    isAsByHand(Optimizers.lion(0.01, 0), lion);
  }

  private static void isAsByHand(Optimizer optimizer, ByHand.Rule rule) {
    try (TinyModel model = create()) {
      ByHand hand = new ByHand(model);
      hand.rule = rule;
      areAlike(model, model.fit(DATA, fit().optimizer(optimizer)), hand.train());
    }
  }

  @Test
  void movingAverage() {
    try (TinyModel model = create()) {
      ByHand hand = new ByHand(model);
      hand.decay = 0.8;
      hand.train();
      History history = model.fit(DATA, fit().movingAverage(0.8).<Examples>validation(DATA));
      areAlike(model, hand.averages);
      assertThat(history.last().validation().loss()).isEqualTo(model.evaluate(DATA).loss());
      assertThat(history.last().training().loss()).isCloseTo(hand.losses.get(2), within(EXACT));
    }
  }

  // ---------------------------------------------------------------- teachers

  @Test
  void teacher() {
    try (TinyModel model = create()) {
      ByHand hand = new ByHand(model);
      hand.temperature = 3;
      hand.teaching = 0.7;
      hand.train();
      areAlike(model, model.fit(DATA, fit().teacher(TrainingByHandTest::taught, 3, 0.7)), hand);
    }
  }

  @Test
  void anotherModelTeaches() {
    try (TinyModel model = create();
        TinyModel teacher = create()) {
      teacher.fit(DATA, fit().optimizer(Optimizers.adam(0.1)));
      model.fit(
          DATA,
          Fit.epochs(150)
              .batchSize(BATCH)
              .optimizer(Optimizers.adam(0.05))
              .progress(Progress.Style.SILENT)
              .teacher(teacher, 1, 1));
      double apart = 0;
      for (int i = 0; i < EXAMPLES; i++) {
        double[] said = softmax(doubles(model.predict(X[i])[0]), 1);
        double[] taught = softmax(doubles(teacher.predict(X[i])[0]), 1);
        for (int c = 0; c < CLASSES; c++) {
          apart = Math.max(apart, Math.abs(said[c] - taught[c]));
        }
      }
      // It sees no labels, and comes to the teacher's probabilities.
      assertThat(apart).isLessThan(0.05);
      assertThatThrownBy(() -> model.fit(DATA, fit().floatTeacher(2, 0.5)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("its float weights cannot teach it");
    }
  }

  @Test
  void badTeachersAreNamed() {
    try (TinyModel model = create()) {
      assertThatThrownBy(
              () -> model.fit(DATA, fit().teacher(batch -> List.of(new float[7]), 2, 0.5)))
          .isInstanceOf(TrainingException.class)
          .hasMessage(
              "the teacher answers 7 values for output 'logits', which has 24: [3] of each"
                  + " example");
    }
  }
}
