package dev.detent.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.detent.examples.cifar.MobileNetV1Model;
import dev.detent.examples.cifar.ResNet8Model;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import org.junit.jupiter.api.Test;

class StepBenchmarkTest {
  private static final Fit<Examples> EPOCH =
      Fit.epochs(1).batchSize(4).optimizer(Optimizers.adam(1e-3)).progress(Progress.Style.SILENT);

  @Test
  void theHandWrittenNetworksAreTheSameNetworks() {
    try (var resNet8 = ResNet8Model.create(1);
        var byHand = new HandWrittenTraining(HandWrittenNetwork.RESNET8)) {
      assertThat(byHand.parameters()).isEqualTo(trained(resNet8.spec()));
    }
    try (var mobileNet = MobileNetV1Model.create(1);
        var byHand = new HandWrittenTraining(HandWrittenNetwork.MOBILENET_V1)) {
      assertThat(byHand.parameters()).isEqualTo(trained(mobileNet.spec()));
    }
  }

  /**
   * Of each channel with batch norm, Keras counts gamma, beta, two statistics and a bias; gamma and
   * beta are trained, and the bias has no effect.
   */
  private static long trained(ModelSpec spec) {
    return spec.layers().stream()
        .mapToLong(
            layer -> {
              int channels = layer.shape().get(layer.shape().size() - 1);
              return layer.parameters() - (layer.kind().contains("BatchNorm") ? 3L * channels : 0);
            })
        .sum();
  }

  @Test
  void theHandWrittenStepLearns() {
    Dataset data = StepBenchmark.noise(8, HandWrittenNetwork.RESNET8);
    Batches batches = Batches.of(data, 8).shuffled(1);
    try (var resNet8 = ResNet8Model.create(1);
        var byHand = new HandWrittenTraining(HandWrittenNetwork.RESNET8)) {
      double first = byHand.train(batches, 1e-3);
      double last = first;
      for (int i = 0; i < 20; i++) {
        last = byHand.train(batches, 1e-3);
      }
      // Eight random images are learnt by heart; what is left is the penalties.
      assertThat(last).isLessThan(first / 2);
      // The penalties of both start near 0.26, and the loss of a guess is ln 10 or somewhat more.
      double ofDetent = ((DetentModel<Dataset>) resNet8).fit(data, EPOCH).last().training().loss();
      assertThat(ofDetent).isBetween(first / 2, first * 2);
    }
  }

  @Test
  void ratiosBelongToTheTimes() {
    StepBenchmark.Result result = new StepBenchmark(4, 2, 1).resNet8();

    assertThat(result.byHandMillis()).isPositive();
    // With one round the median is that round.
    assertThat(result.floatOverByHand()).isEqualTo(result.floatMillis() / result.byHandMillis());
    assertThat(result.qatOverFloat()).isEqualTo(result.qatMillis() / result.floatMillis());
    assertThat(result.qatMillis())
        .isEqualTo((result.qatMovingMillis() + result.qatFrozenMillis()) / 2);
  }

  @Test
  void mediansAreOfTheMiddle() {
    assertThat(StepBenchmark.median(new double[] {3, 1, 2})).isEqualTo(2);
    assertThat(StepBenchmark.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
  }

  @Test
  void thereIsSomethingToMeasure() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepBenchmark(32, 0, 5))
        .withMessageContaining("0 steps");
  }
}
