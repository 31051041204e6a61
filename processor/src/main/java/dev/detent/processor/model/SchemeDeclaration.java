package dev.detent.processor.model;

import dev.detent.annotations.Granularity;
import dev.detent.annotations.OutputRange;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a target can do, as a class with {@code @Scheme} says.
 *
 * @param type the class
 * @param name for messages and comments
 * @param tflite whether TFLite runs what it allows
 * @param powerOfTwo whether scales are powers of two
 * @param biasBits width of biases; 0 for that of TFLite's kernels
 * @param layers those that exist
 * @param common what holds for all layers
 * @param special what holds for single ones instead
 */
public record SchemeDeclaration(
    ClassRef type,
    String name,
    boolean tflite,
    boolean powerOfTwo,
    int biasBits,
    Set<OperationKind> layers,
    Rule common,
    Map<OperationKind, Rule> special) {

  /** The fewest bits that anything may have: {@value}. */
  public static final int FEWEST_BITS = 2;

  /** The most bits that anything may have: {@value}. */
  public static final int MOST_BITS = 16;

  public SchemeDeclaration {
    layers = Set.copyOf(layers);
    special = Map.copyOf(special);
  }

  /** {@code MyChip (my chip)}, for messages. */
  public String displayName() {
    return type.nestedName() + " (" + name + ")";
  }

  /** What holds for a layer. */
  public Rule rule(OperationKind kind) {
    return special.getOrDefault(kind, common);
  }

  /** Whether a layer exists. */
  public boolean has(OperationKind kind) {
    return layers.contains(kind);
  }

  /**
   * What holds for a layer.
   *
   * @param weights one or more alternatives
   * @param activations one or more alternatives
   * @param fuses simple names of what may follow the operation; empty for all that TFLite fuses
   * @param range which range its output has
   * @param scale of a fixed range
   * @param zeroPoint of a fixed range
   */
  public record Rule(
      List<WeightForms> weights,
      List<ActivationForms> activations,
      Optional<Set<String>> fuses,
      OutputRange range,
      double scale,
      int zeroPoint) {
    public Rule {
      weights = List.copyOf(weights);
      activations = List.copyOf(activations);
      fuses = fuses.map(names -> java.util.Collections.unmodifiableSet(new TreeSet<>(names)));
    }

    /** Whether something may follow the operation. */
    public boolean fuses(String annotation) {
      return fuses.isEmpty() || fuses.get().contains(annotation);
    }

    /** The widths that weights may have, in order. */
    public Collection<Integer> weightBits() {
      return sorted(weights, WeightForms::bits);
    }

    /** The widths that activations may have, in order. */
    public Collection<Integer> activationBits() {
      return sorted(activations, ActivationForms::bits);
    }

    private static <F> Collection<Integer> sorted(List<F> forms, Function<F, List<Integer>> bits) {
      Set<Integer> all = new TreeSet<>();
      forms.forEach(form -> all.addAll(bits.apply(form)));
      return all;
    }
  }

  /**
   * Forms of weights that all combine; the first of each is the default.
   *
   * @param bits widths
   * @param granularity how many scales
   * @param narrowRange whether the lowest integer stays unused
   */
  public record WeightForms(
      List<Integer> bits, List<Granularity> granularity, List<Boolean> narrowRange) {
    public WeightForms {
      bits = List.copyOf(new LinkedHashSet<>(bits));
      granularity = List.copyOf(granularity);
      narrowRange = List.copyOf(narrowRange);
    }
  }

  /**
   * Forms of activations that all combine; the first of each is the default.
   *
   * @param bits widths
   * @param symmetric whether the zero point is 0
   */
  public record ActivationForms(List<Integer> bits, List<Boolean> symmetric) {
    public ActivationForms {
      bits = List.copyOf(new LinkedHashSet<>(bits));
      symmetric = List.copyOf(symmetric);
    }
  }
}
