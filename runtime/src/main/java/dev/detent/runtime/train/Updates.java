package dev.detent.runtime.train;

import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Update;
import dev.detent.runtime.internal.graph.Variables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** From a loss to changed weights: gradients, what becomes of them, and the optimizer's updates. */
final class Updates {
  private static final String ACCUMULATED = "accumulated";

  /** The slot of a moving average. */
  static final String AVERAGE = "average";

  private final Variables variables;
  private final PassGraph pass;
  private final Operand<TFloat32> learningRate;
  private final Operand<TFloat32> optimizerStep;
  private final int accumulation;

  /** What a batch runs that changes the weights. */
  private final List<Op> updates = new ArrayList<>();

  /** What one runs whose gradients are only added up. */
  private final List<Op> additions = new ArrayList<>();

  private final Set<Variables.Variable> untouched = new HashSet<>();

  /**
   * Adds the operations to the graph.
   *
   * @param checked runs if the loss is a number; nothing changes before, and so before all is read
   */
  Updates(
      Variables variables,
      PassGraph pass,
      Ops tf,
      Operand<TFloat32> loss,
      Op checked,
      Learning learning) {
    this.variables = variables;
    this.pass = pass;
    learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    optimizerStep = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    GradientRule rule = learning.rule();
    accumulation = rule.accumulation();
    List<Variables.Variable> weights = new ArrayList<>();
    List<Operand<TFloat32>> values = new ArrayList<>();
    pass.trainable()
        .forEach(
            (weight, value) -> {
              if (learning.frozen().contains(LayerPattern.layerOf(weight.name()))) {
                untouched.add(weight);
              } else {
                weights.add(weight);
                values.add(value);
              }
            });
    List<Operand<TFloat32>> gradients = gradients(tf, loss, weights, values);
    Ops after = tf.withControlDependencies(checked);
    if (accumulation > 1) {
      gradients = accumulated(after, weights, gradients);
    }
    gradients = rule.clip(after, gradients);
    for (int i = 0; i < weights.size(); i++) {
      Variables.Variable weight = weights.get(i);
      List<Variables.Variable> slots = slots(variables, weight, learning);
      Operand<TFloat32> gradient = gradients.get(i);
      double factor = rule.rate(weight.name());
      Operand<TFloat32> own =
          factor == 1 ? learningRate : tf.math.mul(learningRate, tf.constant((float) factor));
      int ofOptimizer = learning.optimizer().slots().size();
      Op update =
          learning
              .optimizer()
              .apply(
                  after,
                  weight,
                  values.get(i),
                  gradient,
                  slots.subList(0, ofOptimizer),
                  own,
                  optimizerStep);
      updates.add(update);
      if (isNothing(update, checked)) {
        untouched.add(weight);
      }
      if (accumulation > 1) {
        var sum = slots.get(ofOptimizer);
        var zeros = tf.zerosLike(gradient);
        updates.add(
            tf.withControlDependencies(update, gradient).assignVariableOp(sum.handle(), zeros));
      }
    }
    List<Op> statistics = new ArrayList<>();
    pass.statisticUpdates().stream()
        .filter(
            update -> !learning.frozen().contains(LayerPattern.layerOf(update.variable().name())))
        .forEach(update -> statistics.add(update.assign(after)));
    pass.rangeUpdates().forEach(update -> statistics.add(update.assign(after)));
    updates.addAll(statistics);
    additions.addAll(statistics);
    if (rule.average() > 0) {
      addAverages(tf, rule.average());
    }
  }

  /** The mean of the gradients of some batches, of which this is the last. */
  private List<Operand<TFloat32>> accumulated(
      Ops after, List<Variables.Variable> weights, List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> means = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Variables.Variable sum = slot(variables, weights.get(i), ACCUMULATED);
      var before = after.readVariableOp(sum.handle(), TFloat32.class);
      means.add(
          after.math.mul(
              after.math.add(before, gradients.get(i)), after.constant(1f / accumulation)));
      additions.add(after.assignAddVariableOp(sum.handle(), gradients.get(i)));
    }
    return means;
  }

  /** Brings the moving averages of all weights and statistics up to date, after the updates. */
  private void addAverages(Ops tf, double decay) {
    Ops last = tf.withControlDependencies(updates.toArray(Op[]::new));
    for (Variables.Variable weight : averaged(variables)) {
      Variables.Variable average = slot(variables, weight, AVERAGE);
      var apart =
          last.math.sub(
              last.readVariableOp(weight.handle(), TFloat32.class),
              last.readVariableOp(average.handle(), TFloat32.class));
      updates.add(
          last.assignAddVariableOp(
              average.handle(), last.math.mul(apart, last.constant((float) (1 - decay)))));
    }
  }

  /** What a moving average is kept of: weights and the statistics of batch norm. */
  static List<Variables.Variable> averaged(Variables variables) {
    return variables.all().stream()
        .filter(v -> v.role().isTrained() || v.role() == Variables.Role.STATISTIC)
        .toList();
  }

  /** Whether an optimizer leaves a weight as it is: a no-op that waits for nothing but its turn. */
  private static boolean isNothing(Op update, Op turn) {
    return update.op() instanceof GraphOperation operation
        && operation.type().equals("NoOp")
        && Set.of(turn.op()).containsAll(operation.controlInputs());
  }

  /**
   * The layers whose batch norm the optimizer leaves alone, its gamma and beta, or all of the layer
   * if it has neither. As in Keras, such a batch norm computes as in inference.
   */
  Set<String> frozenBatchNorms() {
    Set<String> frozen = new TreeSet<>();
    for (Update update : pass.statisticUpdates()) {
      String name = update.variable().name();
      String layer = name.substring(0, name.lastIndexOf('/'));
      List<Variables.Variable> weights = trained(layer);
      List<Variables.Variable> own =
          weights.stream()
              .filter(w -> Set.of(layer + "/gamma", layer + "/beta").contains(w.name()))
              .toList();
      List<Variables.Variable> deciding = own.isEmpty() ? weights : own;
      if (!deciding.isEmpty() && untouched.containsAll(deciding)) {
        frozen.add(layer);
      }
    }
    return frozen;
  }

  private List<Variables.Variable> trained(String layer) {
    return pass.trainable().keySet().stream()
        .filter(weight -> weight.role() == Variables.Role.TRAINABLE)
        .filter(weight -> weight.name().startsWith(layer + "/"))
        .toList();
  }

  private static List<Operand<TFloat32>> gradients(
      Ops tf,
      Operand<TFloat32> loss,
      List<Variables.Variable> weights,
      List<Operand<TFloat32>> values) {
    List<Operand<TFloat32>> result = new ArrayList<>();
    try {
      Gradients all = tf.gradients(loss, values);
      for (int i = 0; i < values.size(); i++) {
        result.add(checked(tf, weights.get(i), all.dy(i)));
      }
    } catch (TFInvalidArgumentException e) {
      for (int i = 0; isMissing(e) && i < weights.size(); i++) {
        try {
          tf.gradients(loss, List.of(values.get(i)));
        } catch (TFInvalidArgumentException ofThis) {
          throw noGradient(weights.get(i), ofThis);
        }
      }
      throw e;
    }
    return result;
  }

  /** The gradient of a user's parameter, which does not exist where the user's code gives none. */
  private static Operand<TFloat32> checked(
      Ops tf, Variables.Variable weight, Operand<TFloat32> gradient) {
    if (weight.role() != Variables.Role.QUANTIZER) {
      return gradient;
    }
    try {
      return tf.identity(gradient);
    } catch (IllegalStateException e) {
      throw isMissing(e) ? noGradient(weight, e) : e;
    }
  }

  /** TensorFlow Java takes a gradient that does not exist for one of a graph that was closed. */
  private static boolean isMissing(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("unreachable") || message.contains("close() was called on the Graph");
  }

  private static TrainingException noGradient(Variables.Variable weight, Exception cause) {
    return new TrainingException(
        "no gradient reaches '"
            + weight.name()
            + "', so it cannot be trained"
            + (weight.role() == Variables.Role.QUANTIZER
                ? ": its quantizer must use it in quantize, with a gradient of its own or through"
                    + " Grid.quantizeLearned, or keep it as a state"
                : ""),
        cause);
  }

  /** What is kept beside a weight, the optimizer's first; made at the first call. */
  static List<Variables.Variable> slots(
      Variables variables, Variables.Variable weight, Learning learning) {
    List<Variables.Variable> slots = new ArrayList<>();
    for (String slot : learning.optimizer().slots()) {
      slots.add(slot(variables, weight, slot));
    }
    if (learning.rule().accumulation() > 1) {
      slots.add(slot(variables, weight, ACCUMULATED));
    }
    return slots;
  }

  /** A variable beside a weight; made at the first call. */
  static Variables.Variable slot(Variables variables, Variables.Variable weight, String name) {
    return variables.declare(
        weight.name() + "/" + name,
        weight.shape(),
        Variables.Role.SLOT,
        Variables.InitialValues.constant(0));
  }

  /** What a step runs, counted from 0. */
  List<Op> ofStep(long step) {
    return (step + 1) % accumulation == 0 ? updates : additions;
  }

  /** Takes a scalar, the schedule's factor included. */
  Operand<TFloat32> learningRate() {
    return learningRate;
  }

  /** Takes a scalar, counted from 1. */
  Operand<TFloat32> optimizerStep() {
    return optimizerStep;
  }
}
