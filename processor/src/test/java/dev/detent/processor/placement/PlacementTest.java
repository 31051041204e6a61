package dev.detent.processor.placement;

import static dev.detent.processor.placement.Network.SYMMETRIC;
import static dev.detent.processor.placement.Network.WIDE;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Activation;
import dev.detent.processor.diagnostic.Diagnostic;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.ir.FixedRange;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.RangeSpec;
import dev.detent.processor.model.QuantizationRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which tensors share a range, and where QUANTIZE and DEQUANTIZE stand. */
class PlacementTest {
  private static final QuantizationRequest DEFAULT = QuantizationRequest.NOTHING_WRITTEN;

  /** All that a concatenation reads, and what a pooling before it reads, has one range. */
  @Test
  void concatenationTiesAllItsInputs() {
    PlacedModel placed =
        new Network(true)
            .add("in", OpCode.INPUT)
            .add("a", OpCode.CONV_2D, "in")
            .add("pooled", OpCode.MAX_POOL_2D, "a")
            .add("b", OpCode.CONV_2D, Activation.RELU, DEFAULT, "in")
            .add("both", OpCode.CONCATENATION, "pooled", "b")
            .place();

    assertThat(tensors(placed)).containsExactly(List.of("in"), List.of("a", "pooled", "b", "both"));
    assertThat(range(placed, "b").nonNegative()).as("'a' may be below 0").isFalse();
  }

  /** One concatenation ties the groups of another: the ties join. */
  @Test
  void tiesJoin() {
    PlacedModel placed =
        new Network(true)
            .add("in", OpCode.INPUT)
            .add("a", OpCode.CONV_2D, "in")
            .add("b", OpCode.CONV_2D, "in")
            .add("c", OpCode.CONV_2D, "in")
            .add("ab", OpCode.CONCATENATION, "a", "b")
            .add("bc", OpCode.CONCATENATION, "b", "c")
            .add("sum", OpCode.ADD, "ab", "bc")
            .place();

    assertThat(tensors(placed))
        .containsExactly(List.of("in"), List.of("a", "b", "c", "ab", "bc"), List.of("sum"));
  }

  /** A range is at least 0 and at most 6 where all that share it are. */
  @Test
  void boundsHoldForAllThatShareThem() {
    Function<Activation, RangeSpec> shared =
        second ->
            range(
                new Network(true)
                    .add("in", OpCode.INPUT)
                    .add("a", OpCode.CONV_2D, Activation.RELU6, DEFAULT, "in")
                    .add("b", OpCode.CONV_2D, second, DEFAULT, "in")
                    .add("both", OpCode.CONCATENATION, "a", "b")
                    .place(),
                "both");

    assertThat(shared.apply(Activation.RELU6))
        .matches(range -> range.nonNegative() && range.atMost() == 6);
    assertThat(shared.apply(Activation.RELU))
        .matches(range -> range.nonNegative() && range.atMost() > 6);
    assertThat(shared.apply(Activation.NONE))
        .matches(range -> !range.nonNegative() && range.atMost() > 6);
  }

  /** A sum of what is not below 0 is not, either; its upper bound is gone. */
  @Test
  void sumsKeepTheirSign() {
    PlacedModel placed =
        new Network(true)
            .add("in", OpCode.INPUT)
            .add("a", OpCode.RELU6, "in")
            .add("sum", OpCode.ADD, "a", "a")
            .add("mean", OpCode.MEAN, "a")
            .add("last", OpCode.ADD, "sum", "mean")
            .place();

    assertThat(range(placed, "sum")).matches(range -> range.nonNegative() && range.atMost() > 6);
    assertThat(range(placed, "mean")).matches(range -> range.nonNegative() && range.atMost() == 6);
    assertThat(range(placed, "last").nonNegative()).isTrue();
  }

  /** With a zero point of 0 half of the integers are below 0, whatever the values are. */
  @Test
  void symmetricRangesHaveNoBounds() {
    PlacedModel placed =
        new Network(true)
            .add("in", OpCode.INPUT)
            .add("a", OpCode.CONV_2D, Activation.RELU6, SYMMETRIC, "in")
            .place();

    assertThat(range(placed, "a"))
        .matches(range -> range.symmetric() && !range.nonNegative() && range.atMost() > 6);
  }

  /** Nor is any that is tied to it: XNNPACK of TFLite 2.21 leaves the zero point out. */
  @Test
  void matrixProductsReadTheSecondFactorWithoutZeroPoint() {
    PlacedModel placed =
        new Network(true)
            .add("in", OpCode.INPUT)
            .add("a", OpCode.CONV_2D, "in")
            .add("b", OpCode.CONV_2D, Activation.RELU, DEFAULT, "in")
            .add("turned", OpCode.TRANSPOSE, "b")
            .add("product", OpCode.BATCH_MATMUL, "a", "turned")
            .add("c", OpCode.CONV_2D, "in")
            .add("both", OpCode.CONCATENATION, "b", "c")
            .add("weights", OpCode.SOFTMAX, "product")
            .add("last", OpCode.BATCH_MATMUL, "both", "weights")
            .place();

    assertThat(range(placed, "turned"))
        .isEqualTo(range(placed, "c"))
        .matches(range -> range.symmetric() && !range.nonNegative());
    assertThat(range(placed, "a").symmetric()).isFalse();
    assertThat(range(placed, "product").symmetric()).isFalse();
    assertThat(tensors(placed)).contains(List.of("weights/quantize"));
    assertThat(range(placed, "weights/quantize").symmetric()).isTrue();
  }

  /** The kernel of softmax has a range of its own, which nothing can share. */
  @Test
  void fixedRangesAreRequantizedOnce() {
    Network network =
        new Network(true)
            .add("in", OpCode.INPUT)
            .add("p", OpCode.SOFTMAX, "in")
            .add("a", OpCode.CONCATENATION, "in", "p")
            .add("b", OpCode.CONCATENATION, "p", "a");
    PlacedModel placed = network.place();

    assertThat(range(placed, "p").fixed()).isPresent();
    assertThat(range(placed, "p").fixed()).contains(new FixedRange(1.0 / 256, -128));
    assertThat(codes(placed))
        .containsExactly(
            OpCode.INPUT,
            OpCode.SOFTMAX,
            OpCode.QUANTIZE,
            OpCode.CONCATENATION,
            OpCode.CONCATENATION);
    assertThat(network.reporter().diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly(Message.Q08_REQUANTIZED);
  }

  /** Two softmaxes have one range from the start, and their concatenation has it too. */
  @Test
  void equalFixedRangesAreShared() {
    PlacedModel placed =
        new Network(true)
            .add("in", OpCode.INPUT)
            .add("p", OpCode.SOFTMAX, "in")
            .add("q", OpCode.SOFTMAX, "in")
            .add("both", OpCode.CONCATENATION, "p", "q")
            .place();

    assertThat(range(placed, "both").fixed()).isPresent();
    assertThat(range(placed, "both").tensors()).containsExactly("p", "q", "both");
    assertThat(codes(placed)).doesNotContain(OpCode.QUANTIZE);
  }

  /** However many read it, and although the ranges that they need become one only later. */
  @Test
  void oneRequantizationServesAllThatCameToShareARange() {
    PlacedModel placed =
        new Network(true)
            .add("in", OpCode.INPUT)
            .add("p", OpCode.SOFTMAX, "in")
            .add("a", OpCode.CONV_2D, "in")
            .add("b", OpCode.CONV_2D, "in")
            .add("beside", OpCode.CONCATENATION, "a", "p")
            .add("tied", OpCode.CONCATENATION, "b", "a")
            .add("larger", OpCode.MAXIMUM, "p", "b")
            .place();

    assertThat(codes(placed)).containsOnlyOnce(OpCode.QUANTIZE);
    assertThat(range(placed, "larger").tensors())
        .containsExactly("a", "b", "p/quantize", "beside", "tied", "larger");
  }

  /** TFLite's SUM is wrong where its input and output have one scale. */
  @Test
  void sumKeepsItsRangeApartFromItsInputs() {
    PlacedModel placed =
        new Network(true)
            .add("in", OpCode.INPUT)
            .add("pool", OpCode.MAX_POOL_2D, "in")
            .add("sum", OpCode.SUM, "pool")
            .add("moved", OpCode.RESHAPE, "sum")
            .add("both", OpCode.CONCATENATION, "moved", "in")
            .place();

    assertThat(range(placed, "sum")).isNotEqualTo(range(placed, "in"));
    assertThat(range(placed, "both")).isEqualTo(range(placed, "sum"));
    assertThat(codes(placed)).containsOnlyOnce(OpCode.QUANTIZE);
  }

  @Test
  void bordersStandOnceForAllReaders() {
    PlacedModel placed =
        new Network(false)
            .add("in", OpCode.INPUT, Activation.NONE, null)
            .add("a", OpCode.CONV_2D, "in")
            .add("b", OpCode.CONV_2D, "in")
            .add("c", OpCode.CONV_2D, Activation.NONE, null, "a")
            .add("d", OpCode.ADD, Activation.NONE, null, "a", "c")
            .place();

    assertThat(codes(placed))
        .containsExactly(
            OpCode.INPUT,
            OpCode.QUANTIZE,
            OpCode.CONV_2D,
            OpCode.CONV_2D,
            OpCode.DEQUANTIZE,
            OpCode.CONV_2D,
            OpCode.ADD);
  }

  // ---------------------------------------------------------------- any network

  /** Every tensor is written once, before it is read. */
  @Property
  void dataFlowsForwards(@ForAll("networks") Network network) {
    List<String> written = new ArrayList<>();
    for (PlacedOperation placed : network.place().operations()) {
      assertThat(written).containsAll(placed.operation().inputs());
      assertThat(written).doesNotContain(placed.operation().name());
      written.add(placed.operation().name());
    }
  }

  /** An operation computes in float or in integers; between them is a border. */
  @Property
  void noOperationMixesFloatAndIntegers(@ForAll("networks") Network network) {
    PlacedModel model = network.place();
    Map<String, Optional<RangeSpec>> ranges = new HashMap<>();
    for (PlacedOperation placed : model.operations()) {
      OpCode code = placed.operation().code();
      boolean integers = placed.range().isPresent();
      for (String input : placed.operation().inputs()) {
        boolean read = ranges.get(input).isPresent();
        if (code == OpCode.DEQUANTIZE) {
          assertThat(read && !integers).isTrue();
        } else if (code != OpCode.QUANTIZE) {
          assertThat(read).isEqualTo(integers);
        }
      }
      if (code == OpCode.QUANTIZE) {
        assertThat(integers).isTrue();
      }
      ranges.put(placed.operation().name(), placed.range());
    }
  }

  /** No kernel reads integers of another width than it writes; a QUANTIZE does. */
  @Property
  void widthsMeetAtBordersOnly(@ForAll("networks") Network network) {
    Map<String, Integer> bits = new HashMap<>();
    for (PlacedOperation placed : network.place().operations()) {
      int own = placed.range().map(RangeSpec::bits).orElse(0);
      if (!placed.operation().code().isBorder()) {
        for (String input : placed.operation().inputs()) {
          assertThat(bits.get(input)).isEqualTo(own);
        }
      }
      bits.put(placed.operation().name(), own);
    }
  }

  /** What only moves integers stays in the width that it reads, so that fewer are requantized. */
  @Test
  void movingFollowsTheWidthThatItReads() {
    PlacedModel placed =
        new Network(true)
            .add("in", OpCode.INPUT)
            .add("a", OpCode.CONV_2D, Activation.NONE, WIDE, "in")
            .add("pooled", OpCode.MAX_POOL_2D, "a")
            .add("b", OpCode.CONV_2D, "pooled")
            .place();

    assertThat(tensors(placed))
        .containsExactly(
            List.of("in"),
            List.of("in/quantize"),
            List.of("a", "pooled"),
            List.of("pooled/quantize"),
            List.of("b"));
  }

  /** A tensor that is read in another width by several is requantized once. */
  @Test
  void oneRequantizationServesAllReadersOfAWidth() {
    PlacedModel placed =
        new Network(true)
            .add("in", OpCode.INPUT)
            .add("a", OpCode.CONV_2D, Activation.NONE, WIDE, "in")
            .add("b", OpCode.CONV_2D, Activation.NONE, WIDE, "in")
            .add("sum", OpCode.ADD, Activation.NONE, WIDE, "a", "b")
            .place();

    assertThat(codes(placed))
        .containsExactly(OpCode.INPUT, OpCode.QUANTIZE, OpCode.CONV_2D, OpCode.CONV_2D, OpCode.ADD);
  }

  /** TFLite's int16 softmax has the scale 1/32768 and the zero point 0. */
  @Test
  void fixedRangesFollowTheWidth() {
    PlacedModel placed =
        new Network(true)
            .add("in", OpCode.INPUT, Activation.NONE, WIDE)
            .add("wide", OpCode.SOFTMAX, Activation.NONE, WIDE, "in")
            .add("symmetric", OpCode.SOFTMAX, Activation.NONE, SYMMETRIC, "in")
            .place();

    assertThat(range(placed, "wide").fixed()).contains(new FixedRange(1.0 / 32768, 0));
    assertThat(range(placed, "symmetric").fixed())
        .as("the int8 kernel's own")
        .contains(new FixedRange(1.0 / 256, -128));
  }

  /** What the kernels demand: the very same range at all inputs and the output. */
  @Property
  void tiedOperationsHaveOneRange(@ForAll("networks") Network network) {
    PlacedModel model = network.place();
    Map<String, Optional<RangeSpec>> ranges =
        model.operations().stream()
            .collect(toMap(each -> each.operation().name(), PlacedOperation::range));
    for (PlacedOperation placed : model.operations()) {
      if (placed.operation().code().range() == OpCode.Range.OF_INPUTS) {
        for (String input : placed.operation().inputs()) {
          assertThat(ranges.get(input)).isEqualTo(placed.range());
        }
      }
    }
  }

  /** Each range lists exactly the tensors that have it, and each is listed once. */
  @Property
  void rangesListTheirTensors(@ForAll("networks") Network network) {
    PlacedModel model = network.place();
    Map<RangeSpec, List<String>> expected = new HashMap<>();
    for (PlacedOperation placed : model.operations()) {
      placed
          .range()
          .ifPresent(
              range ->
                  expected
                      .computeIfAbsent(range, each -> new ArrayList<>())
                      .add(placed.operation().name()));
    }
    assertThat(model.ranges().stream().collect(toMap(each -> each, RangeSpec::tensors)))
        .isEqualTo(expected);
  }

  /** A fully quantized model in one configuration, without fixed ranges, has no border at all. */
  @Property
  void uniformModelsHaveNoBorders(@ForAll("uniform") Network network) {
    PlacedModel model = network.place();
    assertThat(codes(model)).noneMatch(OpCode::isBorder);
    assertThat(network.reporter().diagnostics()).isEmpty();
  }

  /**
   * What a range says of its values is true of all values that interval arithmetic finds possible.
   */
  @Property
  void boundsAreTrue(@ForAll("networks") Network network) {
    Map<String, double[]> intervals = new HashMap<>();
    for (PlacedOperation placed : network.place().operations()) {
      double[] interval = interval(placed, intervals);
      intervals.put(placed.operation().name(), interval);
      placed
          .range()
          .ifPresent(
              range -> {
                assertThat(!range.nonNegative() || interval[0] >= 0).isTrue();
                assertThat(interval[1]).isLessThanOrEqualTo(range.atMost());
              });
    }
  }

  private static double[] interval(PlacedOperation placed, Map<String, double[]> known) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    double[] sum = {0, 0};
    for (String input : placed.operation().inputs()) {
      lowest = Math.min(lowest, known.get(input)[0]);
      highest = Math.max(highest, known.get(input)[1]);
      sum[0] += known.get(input)[0];
      sum[1] += known.get(input)[1];
    }
    double[] raw =
        switch (placed.operation().code()) {
          case SOFTMAX -> new double[] {0, 1};
          case TANH -> new double[] {-1, 1};
          case RELU_N1_TO_1 -> withinOne(lowest, highest);
          case ADD -> sum;
          case RELU -> new double[] {Math.max(lowest, 0), Math.max(highest, 0)};
          case RELU6 -> new double[] {clamp(lowest), clamp(highest)};
          case INPUT, CONV_2D, HARD_SWISH ->
              new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
          default -> new double[] {lowest, highest};
        };
    return switch (placed.operation().activation()) {
      case NONE -> raw;
      case RELU -> new double[] {Math.max(raw[0], 0), Math.max(raw[1], 0)};
      case RELU6 -> new double[] {clamp(raw[0]), clamp(raw[1])};
      case RELU_N1_TO_1 -> withinOne(raw[0], raw[1]);
    };
  }

  private static double[] withinOne(double lowest, double highest) {
    return new double[] {Math.min(Math.max(lowest, -1), 1), Math.min(Math.max(highest, -1), 1)};
  }

  private static double clamp(double value) {
    return Math.min(Math.max(value, 0), 6);
  }

  @Provide
  Arbitrary<Network> networks() {
    return Arbitraries.randomValue(random -> network(random, random.nextBoolean(), false));
  }

  @Provide
  Arbitrary<Network> uniform() {
    return Arbitraries.randomValue(random -> network(random, true, true));
  }

  private static Network network(Random random, boolean isQuantized, boolean uniform) {
    List<OpCode> codes =
        new ArrayList<>(
            List.of(
                OpCode.CONV_2D,
                OpCode.MAX_POOL_2D,
                OpCode.AVERAGE_POOL_2D,
                OpCode.MEAN,
                OpCode.RESHAPE,
                OpCode.PAD,
                OpCode.ADD,
                OpCode.CONCATENATION,
                OpCode.CONCATENATION,
                OpCode.DROPOUT,
                OpCode.RELU,
                OpCode.RELU6,
                OpCode.RELU_N1_TO_1,
                OpCode.HARD_SWISH));
    if (!uniform) {
      codes.addAll(List.of(OpCode.SOFTMAX, OpCode.TANH));
    }
    Network network = new Network(isQuantized);
    network.add("x0", OpCode.INPUT);
    int operations = 1 + random.nextInt(12);
    for (int i = 1; i <= operations; i++) {
      OpCode code = codes.get(random.nextInt(codes.size()));
      int read =
          switch (code) {
            case ADD -> 2;
            case CONCATENATION -> 2 + random.nextInt(2);
            default -> 1;
          };
      String[] inputs = new String[read];
      for (int j = 0; j < read; j++) {
        inputs[j] = "x" + random.nextInt(i);
      }
      boolean fuses =
          code == OpCode.CONV_2D
              || code == OpCode.ADD
              || code == OpCode.MAX_POOL_2D
              || code == OpCode.AVERAGE_POOL_2D;
      Activation activation =
          fuses ? Activation.values()[random.nextInt(Activation.values().length)] : Activation.NONE;
      int choice = uniform ? 0 : random.nextInt(4);
      network.add(
          "x" + i,
          code,
          activation,
          code == OpCode.DROPOUT || choice == 2
              ? null
              : choice == 1 ? SYMMETRIC : choice == 3 ? WIDE : DEFAULT,
          inputs);
    }
    return network;
  }

  private static List<List<String>> tensors(PlacedModel placed) {
    return placed.ranges().stream().map(RangeSpec::tensors).toList();
  }

  private static List<OpCode> codes(PlacedModel placed) {
    return placed.operations().stream().map(each -> each.operation().code()).toList();
  }

  private static RangeSpec range(PlacedModel placed, String tensor) {
    return placed.operations().stream()
        .filter(each -> each.operation().name().equals(tensor))
        .findFirst()
        .flatMap(PlacedOperation::range)
        .orElseThrow();
  }
}
