package dev.detent.runtime.train;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.network.Network;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Bounds;
import dev.detent.runtime.quantizer.Encoding;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is lost because it has one scale with something much larger: a tensor that an operation such
 * as a concatenation ties to others, a feature beside others in an input or an output, values that
 * lie far from the 0 that every range holds, an addend in the range of its sum. And ranges of
 * tensors in which nothing was seen.
 */
public final class UnlikeRanges {

  /**
   * So many steps are enough. In 8 bits, 16 steps are 4 of the bits. A regression on two features,
   * concatenated, had 2% more error than in float where the smaller one kept 128 steps, 12% at 32,
   * 34% at 16, 79% at 8 and three times the error at 4.
   */
  private static final int ENOUGH_STEPS = 16;

  /** Of narrower integers so few steps are no surprise: a quarter of what there is, two bits. */
  private static final int ENOUGH_SHARE = 4;

  /** Examples that are looked at; spans need no more. */
  private static final int EXAMPLES = 256;

  private static final int LISTED_NAMES = 4;

  private final Network network;
  private final PassGraph pass;
  private final Map<String, Encoding> grids;
  private final Map<String, Span[]> spans = new LinkedHashMap<>();
  private final Set<String> lostToTies = new HashSet<>();
  private final List<String> findings = new ArrayList<>();

  private UnlikeRanges(Network network, PassGraph pass, Map<String, Encoding> grids) {
    this.network = network;
    this.pass = pass;
    this.grids = grids;
  }

  /**
   * Looks for it in the float graph.
   *
   * @param grids the scale and zero point of each tensor that is quantized, by the tensor's name
   * @param examples that fit the model, at least one
   * @return a sentence for each range, empty if all is well
   */
  public static List<String> of(ModelGraph graph, Map<String, Encoding> grids, Examples examples) {
    UnlikeRanges ranges = new UnlikeRanges(graph.network(), graph.pass(Pass.FLOAT), grids);
    Map<String, List<LayerTensor>> ties = ranges.ties();
    List<LayerTensor> sides = ranges.sides(examples);
    sides.forEach(tensor -> ranges.want(tensor, ranges.features(tensor)));
    ties.values().forEach(tied -> tied.forEach(tensor -> ranges.want(tensor, 1)));
    List<LayerTensor> unseen = ranges.unseen();
    unseen.forEach(tensor -> ranges.want(tensor, 1));
    Span.measure(graph, SomeExamples.spread(examples, EXAMPLES), grids, ranges.spans);
    ties.values().forEach(ranges::addTie);
    if (examples.size() >= InputStatistics.ENOUGH_EXAMPLES) {
      sides.forEach(ranges::addFeatures); // of fewer, what a feature spans is chance
    }
    ranges.addAddends(unseen);
    ranges.addEmpty(unseen);
    ranges.findings.addAll(UnlikeChannels.of(graph, grids, examples));
    return ranges.findings;
  }

  /** The tensors of each learned range that several have. */
  private Map<String, List<LayerTensor>> ties() {
    Map<String, List<LayerTensor>> byRange = new LinkedHashMap<>();
    for (LayerTensor tensor : pass.tensors().values()) {
      ActivationRange range = tensor.range();
      if (range != null && isLearned(tensor)) {
        byRange.computeIfAbsent(range.name(), name -> new ArrayList<>()).add(tensor);
      }
    }
    byRange.values().removeIf(tied -> tied.size() < 2);
    return byRange;
  }

  /** Inputs, and outputs that are numbers. */
  private List<LayerTensor> sides(Examples examples) {
    List<LayerTensor> sides = new ArrayList<>();
    pass.inputs().keySet().forEach(name -> sides.add(pass.tensor(name)));
    int index = 0;
    for (LayerTensor output : pass.outputs().values()) {
      if (!examples.targets().get(index++).isClasses()) {
        sides.add(output);
      }
    }
    sides.removeIf(tensor -> !isLearned(tensor));
    return sides;
  }

  /** Tensors that may have no range of their own, which then is 0 to 1. */
  private List<LayerTensor> unseen() {
    return pass.tensors().values().stream()
        .filter(tensor -> isLearned(tensor) && !pass.inputs().containsKey(tensor.name()))
        .filter(
            tensor -> {
              Encoding grid = grid(tensor);
              int half = 1 << (grid.bits() - 1);
              return grid.dequantize(-half) == 0
                  && Math.abs(grid.dequantize(half - 1) - 1) < Bounds.NARROWEST;
            })
        .toList();
  }

  private void addEmpty(List<LayerTensor> unseen) {
    List<String> empty = new ArrayList<>();
    for (LayerTensor tensor : unseen) {
      Span span = Span.of(spans(tensor));
      if (span.max - span.min < Bounds.NARROWEST && Math.abs(span.max) < Bounds.NARROWEST) {
        empty.add(tensor.name());
      }
    }
    if (!empty.isEmpty()) {
      findings.add(
          listed(empty)
              + (empty.size() == 1 ? " is" : " are")
              + " 0 in all of the examples: what else comes has a range of 0 to 1, which is a"
              + " guess. Calibrate with typical examples, or look at the layers: their"
              + " activations may be dead");
    }
  }

  private boolean isLearned(LayerTensor tensor) {
    return tensor.range() != null
        && tensor.range().fixed().isEmpty()
        && grids.containsKey(tensor.name());
  }

  private Encoding grid(LayerTensor learned) {
    return Objects.requireNonNull(grids.get(learned.name()));
  }

  private Span[] spans(LayerTensor wanted) {
    return Objects.requireNonNull(spans.get(wanted.name()));
  }

  private int features(LayerTensor tensor) {
    int[] shape = tensor.shape();
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }

  private void want(LayerTensor tensor, int features) {
    spans.computeIfAbsent(tensor.name(), name -> Span.empty(features));
  }

  private void addTie(List<LayerTensor> tied) {
    Encoding grid = grid(tied.get(0));
    Map<String, Span> lost = new LinkedHashMap<>();
    Set<List<Float>> known = new HashSet<>();
    Set<String> others = new LinkedHashSet<>();
    for (LayerTensor tensor : tied) {
      Span span = Span.of(spans(tensor));
      if (!isLost(span, grid)) {
        others.add(tensor.name());
      } else if (known.add(List.of(span.min, span.max))) { // else the same values, moved
        lost.put(tensor.name(), span);
      }
    }
    if (!lost.isEmpty() && !others.isEmpty()) {
      lostToTies.addAll(lost.keySet());
      findings.add(
          ("one range, %s, is shared by %s: %s. Bring them to like ranges before they meet: scale"
                  + " the data, or give each of them a @BatchNorm; or keep in float what joins"
                  + " them, with @KeepFloat")
              .formatted(
                  text(grid),
                  listed(tied.stream().map(LayerTensor::name).toList()),
                  losses(lost, grid)));
    }
  }

  private void addFeatures(LayerTensor tensor) {
    Encoding grid = grid(tensor);
    Map<String, Span> lost = new LinkedHashMap<>();
    Span[] features = spans(tensor);
    for (int i = 0; i < features.length; i++) {
      if (isLost(features[i], grid) && !features[i].isMostlyOneValue()) {
        lost.put("feature " + i, features[i]);
      }
    }
    if (!lost.isEmpty() && !lostToTies.contains(tensor.name())) {
      boolean isInput = pass.inputs().containsKey(tensor.name());
      String what = (isInput ? "input '" : "output '") + tensor.name();
      if (features.length == 1) {
        addFarFromZero(what, isInput ? "it" : "the targets", features[0], grid);
        return;
      }
      findings.add(
          "%s' has one range for all its features, %s: %s%s"
              .formatted(
                  what,
                  text(grid),
                  losses(lost, grid),
                  isInput
                      ? ". Scale the features to like ranges, or give the unlike ones an @Input of"
                          + " their own"
                      : ". Scale the targets to like ranges, or give the unlike ones an output of"
                          + " their own"));
    }
  }

  private void addFarFromZero(String what, String shifted, Span span, Encoding grid) {
    findings.add(
        ("%s' lies between %s and %s, far from the 0 that every range holds: its range, %s, leaves"
                + " %s steps. Subtract the mean from %s")
            .formatted(
                what,
                number(span.min, 5),
                number(span.max, 5),
                text(grid),
                number(span.steps(grid), 2),
                shifted));
  }

  /**
   * Addends whose whole range is less than one step of the sum, which is then the other addend.
   *
   * @param unseen whose range is a guess
   */
  private void addAddends(List<LayerTensor> unseen) {
    for (Operation operation : network.operations()) {
      if (!(operation instanceof Operation.Binary binary)
          || binary.scaling() != Operation.Scaling.SUM) {
        continue;
      }
      String name = binary.name();
      Encoding sum = grids.get(name);
      for (Tensor input : binary.inputs()) {
        LayerTensor addend = pass.tensors().get(input.name());
        Encoding own = grids.get(input.name());
        if (sum != null
            && own != null
            && addend != null
            && !isConstant(addend)
            && !unseen.contains(addend)
            && width(own) < sum.scale()) {
          findings.add(
              ("'%s' (%s) adds less than one step to '%s' (%s), and is lost. Bring what is added"
                      + " to like ranges: scale the data, or give each a @BatchNorm; or keep the"
                      + " sum in float, with @KeepFloat")
                  .formatted(addend.name(), text(own), name, text(sum)));
        }
      }
    }
  }

  /** Has one row for all examples; as a position or a shift it may be as small as it likes. */
  private static boolean isConstant(LayerTensor tensor) {
    return tensor.operand().shape().get(0) == 1;
  }

  private static double width(Encoding grid) {
    return ((1L << grid.bits()) - 1) * (double) grid.scale();
  }

  /** So many steps are enough for something that has one scale with others. */
  static double enoughSteps(int bits) {
    return Math.min(ENOUGH_STEPS, (double) (1 << bits) / ENOUGH_SHARE);
  }

  private static boolean isLost(Span span, Encoding grid) {
    double enough = enoughSteps(grid.bits());
    return span.steps(grid) < enough && span.noiseShare() > 1 / (enough * enough);
  }

  private static String losses(Map<String, Span> lost, Encoding grid) {
    List<String> texts = new ArrayList<>();
    lost.forEach(
        (name, span) -> {
          if (texts.size() < LISTED_NAMES) {
            texts.add(
                "%s (%s to %s) keeps %s steps and loses %s of %s bits"
                    .formatted(
                        name.startsWith("feature ") ? name : "'" + name + "'",
                        number(span.min, 3),
                        number(span.max, 3),
                        number(span.steps(grid), 2),
                        span.lostBits(grid),
                        grid.bits()));
          }
        });
    int more = lost.size() - texts.size();
    return String.join(", ", texts) + (more == 0 ? "" : ", and so do " + more + " more");
  }

  private static String text(Encoding grid) {
    int half = 1 << (grid.bits() - 1);
    return "%s to %s in steps of %s"
        .formatted(
            number(grid.dequantize(-half), 3),
            number(grid.dequantize(half - 1), 3),
            number(grid.scale(), 3));
  }

  static String number(double value, int digits) {
    double size = Math.abs(value);
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    return size >= 1e-4 && size < 1e9 ? rounded.toPlainString() : rounded.toString();
  }

  private static String listed(List<String> names) {
    String some = names.stream().limit(LISTED_NAMES).collect(Collectors.joining("', '", "'", "'"));
    int more = names.size() - LISTED_NAMES;
    return more > 0 ? some + " and " + more + " more" : some;
  }
}
