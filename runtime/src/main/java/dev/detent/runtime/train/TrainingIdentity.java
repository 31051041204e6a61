package dev.detent.runtime.train;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.ElementType;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.Variables;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What makes a training the one that it is: two that agree in all of it end with the same bits.
 * What cannot be compared, as a function, is told by what it does.
 */
final class TrainingIdentity {
  /** The setting for {@link #start}. */
  static final String START = "start";

  /** Examples whose order and augmentation stand for all. */
  private static final int SEEN_EXAMPLES = 256;

  private static final int SCHEDULE_VALUES = 1000;
  private static final int DIGITS = 16;

  private TrainingIdentity() {}

  /**
   * The settings in words, each by a name that stays.
   *
   * @param batches how the examples are walked over
   * @param frozen the layers that stay as they are
   * @param earlierSteps of the optimizer, whose state is kept
   */
  static Map<String, String> of(
      ModelGraph graph,
      String model,
      Examples examples,
      Fit<?> fit,
      boolean quantized,
      Optimizer optimizer,
      Batches batches,
      Set<String> frozen,
      long earlierSteps) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", "model " + model);
    settings.put("seed", "seed " + graph.seed());
    settings.put("epochs", fit.epochs() + " epochs of " + examples.size());
    settings.put("data", "data " + examples.fingerprint());
    settings.put("batch", "batch " + fit.batchSize());
    settings.put("augmentation", "order and augmentation " + firstBatches(batches));
    settings.put("optimizer", described(optimizer, optimizer.getClass().getName()));
    settings.put("rate", "learning rate " + optimizer.learningRate());
    List<String> losses = new ArrayList<>();
    List<String> metrics = new ArrayList<>();
    int index = 0;
    for (String output : graph.pass(Pass.FLOAT).outputs().keySet()) {
      Goal goal = fit.goal(output, examples.targets().get(index++));
      losses.add(
          described(goal.loss(), goal.loss().name())
              + (goal.lossWeight() == 1 ? "" : " times " + goal.lossWeight())
              + (goal.classWeights().isEmpty() ? "" : " by class " + goal.classWeights()));
      goal.metrics().forEach(metric -> metrics.add(described(metric, metric.name())));
    }
    settings.put("losses", "losses " + losses);
    settings.put("metrics", "metrics " + metrics);
    settings.put("rule", "gradients " + fit.rule());
    settings.put("frozen", "frozen layers " + new TreeSet<>(frozen));
    settings.put("optimizer steps", earlierSteps + " steps of the optimizer before");
    settings.put("example weights", "example weights " + Arrays.hashCode(fit.exampleWeights()));
    settings.put(
        "teacher",
        fit.distillation()
            .map(d -> "teacher at temperature " + d.temperature() + " and weight " + d.weight())
            .orElse("no teacher"));
    List<String> callbacks = new ArrayList<>();
    for (Callback callback : fit.callbacks()) {
      if (!(callback instanceof Fit.Listener)) {
        callbacks.add(described(callback, callback.getClass().getName()));
      }
    }
    settings.put("callbacks", "callbacks " + callbacks);
    settings.put(
        "schedule", "schedule " + course(fit.schedule(), (long) batches.count() * fit.epochs()));
    settings.put(
        "validation",
        fit.validation()
            .map(held -> "validation data " + held.fingerprint())
            .orElse("no validation"));
    if (quantized) {
      settings.put("ranges", "range warm-up " + fit.rangeWarmUp());
      settings.put("batch norm", "batch-norm freeze " + fit.batchNormFreeze());
    }
    settings.put(START, "weights at the start " + start(graph.variables(), quantized));
    return settings;
  }

  /** What an object says of itself, if it does; else its name, which is the same in all runs. */
  private static String described(Object object, String name) {
    String text = object.toString();
    return text.endsWith("@" + Integer.toHexString(System.identityHashCode(object))) ? name : text;
  }

  private static String firstBatches(Batches batches) {
    MessageDigest digest = sha256();
    int seen = 0;
    try (BatchIterator iterator = batches.epoch(0)) {
      while (seen < SEEN_EXAMPLES && iterator.hasNext()) {
        Batch batch = iterator.next();
        for (int position = 0; position < batch.count(); position++) {
          digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, batch.index(position)));
        }
        for (int input = 0; input < batch.inputCount(); input++) {
          int length = batch.count() * batch.features(input).elements();
          if (batch.features(input).type() == ElementType.UINT8) {
            digest.update(batch.bytes(input), 0, length);
          } else {
            update(digest, batch.floats(input), length);
          }
        }
        seen += batch.count();
      }
    }
    return hex(digest);
  }

  private static String course(Schedule schedule, long steps) {
    MessageDigest digest = sha256();
    int values = (int) Math.min(steps, SCHEDULE_VALUES);
    for (int i = 0; i < values; i++) {
      double factor = schedule.factor(i * steps / values, steps);
      digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, factor));
    }
    return hex(digest);
  }

  private static String start(Variables variables, boolean quantized) {
    MessageDigest digest = sha256();
    for (Variables.Variable variable : variables.all()) {
      if (isStart(variable, quantized)) {
        update(digest, variables.read(variable), variable.size());
      }
    }
    return hex(digest);
  }

  /** Whether a variable is among what a training starts from. */
  static boolean isStart(Variables.Variable variable, boolean quantized) {
    return switch (variable.role()) {
      case TRAINABLE, STATISTIC -> true;
      case RANGE, QUANTIZER -> quantized;
      case SLOT -> false;
    };
  }

  private static void update(MessageDigest digest, float[] values, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * length);
    bytes.asFloatBuffer().put(values, 0, length);
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }
}
