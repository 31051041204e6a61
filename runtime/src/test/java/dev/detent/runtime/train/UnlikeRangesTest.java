package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What has one scale with something much larger is named when the model is quantized. */
class UnlikeRangesTest {
  private static final int EXAMPLES = 300;
  private static final ActivationRange ALL = ActivationRange.learned("all", 8);

  private record Data(int size, List<Features> inputs, List<Targets> targets) implements Examples {}

  /** Columns of values from 0 to a maximum each. */
  private static float[][] columns(double... maxima) {
    Random random = new Random(1);
    float[][] values = new float[EXAMPLES][maxima.length];
    for (float[] example : values) {
      for (int i = 0; i < maxima.length; i++) {
        example[i] = (float) (maxima[i] * random.nextDouble());
      }
    }
    return values;
  }

  /** The first of so many classes. */
  private static Targets classes(int count) {
    return Targets.classes(new int[EXAMPLES], count);
  }

  private static Data data(Targets targets, float[][]... inputs) {
    return new Data(
        EXAMPLES,
        Arrays.stream(inputs).map(each -> Features.of(each, each[0].length)).toList(),
        List.of(targets));
  }

  private static float[][] words() {
    float[][] words = new float[EXAMPLES][1];
    for (int i = 0; i < EXAMPLES; i++) {
      words[i][0] = i % 9;
    }
    return words;
  }

  private static List<String> findings(Consumer<NetworkBuilder> network, Data data) {
    try (TinyModel model = new TinyModel(network, 1)) {
      return model.quantize(data);
    }
  }

  /** Two inputs of two values each, in the range that a layer ties. */
  private static List<String> tied(
      BiFunction<NetworkBuilder, Tensor[], Tensor> tie,
      int answers,
      double largestOfSmall,
      double largestOfLarge) {
    return findings(
        n -> {
          Tensor small = n.input("small").output(ALL, 2);
          Tensor large = n.input("large").output(ALL, 2);
          n.output("y", tie.apply(n, new Tensor[] {small, large}));
        },
        data(
            classes(answers),
            columns(largestOfSmall, largestOfSmall),
            columns(largestOfLarge, largestOfLarge)));
  }

  private static Tensor concatenation(NetworkBuilder n, Tensor... parts) {
    int size = Arrays.stream(parts).mapToInt(Tensor::elements).sum();
    return n.concatenation("y", 1, parts).output(ALL, size);
  }

  @Test
  void aConcatenationThatLeavesAPartNoSteps() {
    assertThat(tied(UnlikeRangesTest::concatenation, 4, 1, 200_000))
        .singleElement()
        .asString()
        .startsWith("one range, 0 to ")
        .contains(
            "is shared by 'small', 'large', 'y': 'small' (0.0",
            ") keeps 0.0013 steps and loses 8 of 8 bits",
            "@BatchNorm",
            "@KeepFloat")
        .doesNotContain("'large' (");
  }

  /** 255 steps over 16 or 8 are 16 or 32: what other networks have in their branches. */
  @Test
  void sixteenStepsAreEnough() {
    assertThat(tied(UnlikeRangesTest::concatenation, 4, 1, 15)).isEmpty();
    assertThat(tied(UnlikeRangesTest::concatenation, 4, 1, 20))
        .singleElement()
        .asString()
        .contains("keeps 13 steps and loses 4 of 8 bits");
  }

  @Test
  void everyTieIsLookedAt() {
    assertThat(tied((n, x) -> n.maximum("y", x[0], x[1]).output(ALL, 2), 2, 1, 500)).hasSize(1);
    assertThat(tied((n, x) -> n.minimum("y", x[0], x[1]).output(ALL, 2), 2, 1, 500))
        .singleElement()
        .asString()
        .contains("'small' (");
    // The same values, moved before they are joined, are named once.
    assertThat(
            tied((n, x) -> concatenation(n, n.reshape("moved", x[0]).output(2), x[1]), 4, 1, 500))
        .singleElement()
        .asString()
        .contains("'small' (")
        .doesNotContain("'moved' (");
  }

  @Test
  void rowsOfATableBesideLargeNumbers() {
    assertThat(
            findings(
                n -> {
                  Tensor word = n.indices("word", 1);
                  Tensor table =
                      n.parameter("table")
                          .initializer(Initializer.GLOROT_UNIFORM)
                          .output(ALL, 9, 4);
                  Tensor gathered = n.gather("gathered", table, word).output(ALL, 1, 4);
                  Tensor rows = n.reshape("rows", gathered).output(4);
                  n.output("y", concatenation(n, rows, n.input("numbers").output(ALL, 4)));
                },
                data(classes(8), words(), columns(500, 500, 500, 500))))
        .singleElement()
        .asString()
        .contains("'table' (");
  }

  @Test
  void featuresOfAnInput() {
    assertThat(
            findings(
                n -> n.output("table", n.input("table").output(ALL, 3)),
                data(classes(3), columns(90, 200_000, 1))))
        .singleElement()
        .asString()
        .startsWith("input 'table' has one range for all its features, 0 to ")
        .contains(
            "feature 0 (",
            "keeps 0.1",
            "feature 2 (",
            "loses 8 of 8 bits. Scale the features to like ranges, or give the unlike ones an"
                + " @Input of their own");
  }

  /** A flag has two values, which a few steps tell apart; a pixel at the border is seldom set. */
  @Test
  void flagsAndRareValuesLoseNothing() {
    float[][] values = columns(20, 20, 20);
    Random random = new Random(2);
    for (int i = 0; i < EXAMPLES; i++) {
      values[i][1] = random.nextInt(2);
      values[i][2] = i % 50 == 0 ? 0.01f * random.nextFloat() : 0;
    }
    assertThat(
            findings(
                n -> n.output("table", n.input("table").output(ALL, 3)), data(classes(3), values)))
        .isEmpty();
  }

  /** As an air pressure does: the range holds 0 as well, and has few steps where the values are. */
  @Test
  void valuesFarFromZero() {
    float[][] pressure = columns(40);
    for (float[] example : pressure) {
      example[0] += 990;
    }
    Consumer<NetworkBuilder> input = n -> n.output("pressure", n.input("pressure").output(ALL, 1));
    assertThat(findings(input, data(classes(1), pressure)))
        .singleElement()
        .asString()
        .startsWith("input 'pressure' lies between 990")
        .contains("steps of 4.0", ", leaves 9.8 steps. Subtract the mean from it");
    assertThat(findings(input, data(classes(1), columns(40)))).isEmpty();
  }

  @Test
  void addendsOfLessThanAStep() {
    assertThat(sum(1, 500))
        .singleElement()
        .asString()
        .startsWith("'small' (0 to 0.9")
        .contains("adds less than one step to 'y'", "and is lost");
    assertThat(sum(1, 200)).isEmpty(); // half of it is more than half a step
  }

  private static List<String> sum(double largestOfSmall, double largestOfLarge) {
    return findings(
        n -> {
          Tensor small = n.input("small").output(ActivationRange.learned("small", 8), 2);
          Tensor large = n.input("large").output(ActivationRange.learned("large", 8), 2);
          n.output("y", n.add("y", small, large).output(ALL, 2));
        },
        data(
            classes(2),
            columns(largestOfSmall, largestOfSmall),
            columns(largestOfLarge, largestOfLarge)));
  }

  @Test
  void featuresOfAnOutputThatIsNumbers() {
    Consumer<NetworkBuilder> copy =
        n ->
            n.output(
                "y",
                n.fullyConnected("y", n.input("x").output(ActivationRange.learned("x", 8), 2))
                    .kernel(2, 2)
                    .quantizeKernel(WeightQuantization.perChannel(8))
                    .output(ALL, 2));
    try (TinyModel model = new TinyModel(copy, 1)) {
      model.variables();
      model.set("y/kernel", 1, 0, 0, 1000);
      float[][] x = columns(1, 1);
      Data numbers = data(Targets.values(new float[EXAMPLES][2], 2), x);
      assertThat(model.quantize(numbers))
          .singleElement()
          .asString()
          .contains("output 'y' has one range", "feature 0 (", "Scale the targets");
      // Classes are compared with each other: a small logit has lost nothing.
      assertThat(model.quantize(data(classes(2), x))).isEmpty();
    }
  }

  /** Channels that read inputs of other sizes through one kernel: a depthwise convolution's. */
  @Test
  void channelsOfAKernelWithOneScale() {
    for (WeightQuantization weights :
        List.of(WeightQuantization.perTensor(8), WeightQuantization.perChannel(8))) {
      Consumer<NetworkBuilder> depthwise =
          n ->
              n.output(
                  "y",
                  n.depthwiseConv2d(
                          "y", n.input("x").output(ActivationRange.learned("x", 8), 1, 1, 2))
                      .kernel(1, 1, 2, 1)
                      .quantizeKernel(weights)
                      .output(ALL, 1, 1, 2));
      float[][] x = columns(40, 1);
      Features input = Features.of(x, 1, 1, 2);
      Data data =
          new Data(
              EXAMPLES, List.of(input), List.of(Targets.values(new float[EXAMPLES][2], 1, 1, 2)));
      try (TinyModel model = new TinyModel(depthwise, 1)) {
        model.variables();
        model.set("y/kernel", 0.02f, 1);
        List<String> ofKernels =
            model.quantize(data).stream().filter(each -> each.startsWith("the kernel of")).toList();
        if (weights.perChannel()) {
          assertThat(ofKernels).isEmpty();
        } else {
          assertThat(ofKernels)
              .singleElement()
              .asString()
              .startsWith(
                  "the kernel of 'y' has one scale for all channels, which leaves 1 of 2 few"
                      + " steps: channel 0 has 6. Give each channel a scale of its own");
        }
      }
    }
  }
}
