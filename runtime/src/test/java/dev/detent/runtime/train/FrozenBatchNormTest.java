package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.SmallClassifier;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.Variables;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Batch norm in layers that an optimizer leaves as they are. */
class FrozenBatchNormTest {
  private static final Dataset DATA = SmallClassifier.data(64, 1);
  private static final List<String> STATISTICS =
      List.of("conv/moving_mean", "conv/moving_variance");

  /** Leaves some weights alone, by no-ops of its own or by those that it passes on. */
  private record Freezing(Optimizer base, Predicate<String> frozen) implements Optimizer {
    @Override
    public double learningRate() {
      return base.learningRate();
    }

    @Override
    public Optimizer learningRate(double rate) {
      return new Freezing(base.learningRate(rate), frozen);
    }

    @Override
    public List<String> slots() {
      return base.slots();
    }

    @Override
    public Op apply(
        Ops tf,
        Variables.Variable weight,
        Operand<TFloat32> value,
        Operand<TFloat32> gradient,
        List<Variables.Variable> slots,
        Operand<TFloat32> learningRate,
        Operand<TFloat32> step) {
      if (frozen.test(weight.name())) {
        return tf.noOp();
      }
      Op update = base.apply(tf, weight, value, gradient, slots, learningRate, step);
      return tf.withControlDependencies(update).noOp(); // a group, which is no reason to freeze
    }
  }

  private static Fit<Examples> fit(Predicate<String> frozen) {
    return Fit.epochs(2)
        .optimizer(new Freezing(Optimizers.sgd(0.05, 0.9), frozen))
        .progress(Progress.Style.SILENT);
  }

  @Test
  void statisticsOfAFrozenLayerStandStill() {
    for (boolean quantized : new boolean[] {false, true}) {
      try (TinyModel model = SmallClassifier.create(5)) {
        model.fit(DATA, fit(name -> false));
        if (quantized) {
          model.quantize(DATA);
        }
        List<float[]> before = STATISTICS.stream().map(model::get).toList();
        float[] kernel = model.get("conv/kernel");
        float[] logits = model.get("logits/kernel");
        model.fit(DATA, fit(name -> name.startsWith("conv/")));
        assertThat(model.get("conv/kernel")).isEqualTo(kernel);
        assertThat(model.get("logits/kernel")).isNotEqualTo(logits);
        assertThat(model.get(STATISTICS.get(0))).isEqualTo(before.get(0));
        assertThat(model.get(STATISTICS.get(1))).isEqualTo(before.get(1));
      }
    }
  }

  /** Keras goes by the batch norm's own weights, and so does this. */
  @Test
  void gammaAndBetaDecide() {
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(DATA, fit(name -> false));
      float[] mean = model.get("conv/moving_mean");
      model.fit(DATA, fit(List.of("conv/gamma", "conv/beta")::contains));
      assertThat(model.get("conv/moving_mean")).isEqualTo(mean);
      model.fit(DATA, fit("conv/kernel"::equals));
      assertThat(model.get("conv/moving_mean")).isNotEqualTo(mean);
    }
  }

  /** The frozen layer computes as it does in inference, so the loss is that of an evaluation. */
  @Test
  void aFrozenBatchNormComputesAsInInference() {
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(DATA, fit(name -> false));
      double inference = model.evaluate(DATA).loss();
      Fit<Examples> frozen = fit(name -> true).batchSize(64);
      // Dropout of a tenth and the penalty are left; the batch's statistics would be far away.
      assertThat(model.fit(DATA, frozen).last().training().loss())
          .isCloseTo(inference, org.assertj.core.api.Assertions.within(0.1 * inference + 0.05));
      assertThat(model.evaluate(DATA).loss()).isEqualTo(inference);
    }
  }
}
