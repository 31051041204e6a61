package dev.detent.runtime;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.LabelSequences;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.report.ClassScores;
import dev.detent.runtime.report.ConfusionMatrix;
import dev.detent.runtime.report.Scores;
import dev.detent.runtime.report.ValueScores;
import dev.detent.runtime.train.Inference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.moment.Variance;

/** Runs a model over examples and counts its answers. */
final class ScoreKeeper {
  private ScoreKeeper() {}

  /** The scores of a pass. */
  static Scores of(ModelGraph graph, Pass pass, Examples examples) {
    Map<String, LayerTensor> outputs = graph.pass(pass).outputs();
    List<Tally> tallies = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (LayerTensor each : outputs.values()) {
      LayerTensor output = each.trained();
      names.add(output.name());
      Targets targets = examples.targets().get(tallies.size());
      tallies.add(
          targets.isClasses()
              ? new ClassTally(
                  targets, tallies.size(), output.logits().isPresent(), examples.size())
              : new ValueTally(tallies.size(), examples.size()));
    }
    Inference.run(
        graph,
        examples,
        List.of(new Inference.Query(pass, names)),
        (batch, values) -> {
          for (int i = 0; i < tallies.size(); i++) {
            tallies.get(i).add(batch, values.get(0).get(i));
          }
        });
    Map<String, Object> scores = new LinkedHashMap<>();
    int index = 0;
    for (String output : outputs.keySet()) {
      scores.put(output, tallies.get(index++).scores());
    }
    return new Scores(scores);
  }

  /** What is kept of one output. */
  private interface Tally {
    /** Adds a batch's answers, example by example. */
    void add(Batch batch, float[] answers);

    Object scores();
  }

  private static final class ClassTally implements Tally {
    private final ConfusionMatrix confusion;
    private final Targets targets;
    private final int target;
    private final boolean isProbability;
    private final int places;
    private final float[][] probabilities;
    private final int[] classes;
    private int count;

    ClassTally(Targets targets, int target, boolean isProbability, int examples) {
      confusion = new ConfusionMatrix(targets.classNames());
      this.targets = targets;
      this.target = target;
      this.isProbability = isProbability;
      places = targets.classesPerExample();
      boolean isWhole = places == 1;
      probabilities = new float[isWhole ? examples : 0][];
      classes = new int[isWhole ? examples : 0];
    }

    @Override
    public void add(Batch batch, float[] values) {
      float[] answers = comparable(values, values.length / batch.count());
      int width = confusion.classes();
      int[] wanted = batch.classes(target);
      for (int place = 0; place < batch.count() * places; place++) {
        int best = Tensors.argMax(answers, place * width, width);
        confusion.add(wanted[place], best);
        if (places == 1) {
          float[] of = Arrays.copyOfRange(answers, place * width, (place + 1) * width);
          classes[count] = wanted[place];
          probabilities[count++] = isProbability ? of : softmax(of, best);
        }
      }
    }

    /** Sequences of labels are decoded first, each by itself. */
    private float[] comparable(float[] values, int elements) {
      if (targets.blank().isEmpty()) {
        return values;
      }
      float[] answers = new float[values.length];
      for (int from = 0; from < values.length; from += elements) {
        float[] one = Arrays.copyOfRange(values, from, from + elements);
        System.arraycopy(LabelSequences.comparable(targets, one), 0, answers, from, elements);
      }
      return answers;
    }

    private static float[] softmax(float[] logits, int largest) {
      double sum = 0;
      double[] powers = new double[logits.length];
      for (int i = 0; i < logits.length; i++) {
        powers[i] = Math.exp(logits[i] - (double) logits[largest]);
        sum += powers[i];
      }
      float[] probabilities = new float[logits.length];
      for (int i = 0; i < logits.length; i++) {
        probabilities[i] = (float) (powers[i] / sum);
      }
      return probabilities;
    }

    @Override
    public Object scores() {
      return places == 1
          ? new ClassScores(confusion, probabilities, classes)
          : new ClassScores(confusion, null, null);
    }
  }

  private static final class ValueTally implements Tally {
    private final Variance variance = new Variance(false);
    private final int target;
    private final double[] errors;
    private double absolute;
    private double squares;
    private int count;

    ValueTally(int target, int examples) {
      this.target = target;
      errors = new double[examples];
    }

    @Override
    public void add(Batch batch, float[] answers) {
      float[] wanted = batch.values(target);
      int width = answers.length / batch.count();
      for (int example = 0; example < batch.count(); example++) {
        double sum = 0;
        int present = 0;
        for (int i = example * width; i < (example + 1) * width; i++) {
          if (Float.isNaN(wanted[i])) {
            continue; // missing
          }
          present++;
          double error = (double) answers[i] - wanted[i];
          absolute += Math.abs(error);
          sum += error * error;
          variance.increment(wanted[i]);
        }
        squares += sum;
        errors[count++] = present == 0 ? 0 : sum / present;
      }
    }

    @Override
    public Object scores() {
      double values = variance.getN();
      return new ValueScores(errors, absolute / values, squares / values, variance.getResult());
    }
  }
}
