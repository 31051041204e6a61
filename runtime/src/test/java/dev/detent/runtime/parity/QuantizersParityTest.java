package dev.detent.runtime.parity;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.quantizer.ActivationQuantizer;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.AllValues;
import dev.detent.runtime.quantizer.Entropy;
import dev.detent.runtime.quantizer.LastValue;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.LearnedStepAndOffset;
import dev.detent.runtime.quantizer.MseOptimal;
import dev.detent.runtime.quantizer.Pact;
import dev.detent.runtime.quantizer.Percentile;
import dev.detent.runtime.quantizer.PowerOfTwo;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Grids of every built-in quantizer, with the activations that TFLite fuses: what is deployed. */
class QuantizersParityTest {
  private static final int EXAMPLES = 10;

  static Stream<Arguments> activations() {
    List<Supplier<ActivationQuantizer>> all =
        List.of(
            LastValue::new,
            AllValues::new,
            Percentile::new,
            MseOptimal::new,
            Entropy::new,
            LearnedStep::new,
            LearnedStepAndOffset::new,
            Pact::new,
            PowerOfTwo::new);
    return all.stream()
        .flatMap(
            quantizer ->
                Stream.of(Activation.values())
                    .map(
                        fused ->
                            Arguments.of(
                                Named.of(quantizer.get().getClass().getSimpleName(), quantizer),
                                fused)));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void ofActivations(Supplier<ActivationQuantizer> quantizer, Activation fused) {
    holds(quantizer, fused, WeightQuantization.perChannel(8));
  }

  static Stream<Arguments> weights() {
    return Stream.of(WeightQuantization.perChannel(8), WeightQuantization.perTensor(8))
        .flatMap(
            how ->
                Stream.of(
                    Arguments.of(Named.of("learned step", how.quantizer(LearnedStep::new))),
                    Arguments.of(Named.of("threshold", how.quantizer(PowerOfTwo::new))),
                    Arguments.of(Named.of("power of two", how.powerOfTwo())),
                    Arguments.of(Named.of("full", how.fullRange().quantizer(LearnedStep::new)))));
  }

  @ParameterizedTest
  @MethodSource("weights")
  void ofWeights(WeightQuantization weights) {
    holds(AllValues::new, Activation.RELU, weights);
  }

  private static void holds(
      Supplier<ActivationQuantizer> quantizer, Activation fused, WeightQuantization weights) {
    ActivationRange y = ActivationRange.learned("y", 8).quantizer(quantizer);
    ActivationRange bounded =
        switch (fused) {
          case NONE, RELU_N1_TO_1 -> y;
          case RELU -> y.nonNegative();
          case RELU6 -> y.nonNegative().atMost(6);
        };
    OneLayer layer =
        OneLayer.reading(7, 6, 4)
            .yielding(7, 6, 8)
            .inputRange(ActivationRange.learned("x", 8).quantizer(quantizer))
            .outputRange(bounded);
    TinyModel model =
        layer.model(
            (n, x) ->
                n.conv2d("y", x)
                    .kernel(3, 3, 4, 8)
                    .padding(Padding.SAME)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(weights)
                    .batchNorm(0.9, 0.001)
                    .activation(fused));
    // Large enough that some values pass 6.
    try (Parity parity = Parity.of(model, layer.data(EXAMPLES, 0.3, 3))) {
      parity.holds();
    }
  }
}
