package dev.detent.runtime.internal.report;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.LabelSequences;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.train.SomeExamples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lets all forms of a model answer the same examples, a few at a time, so that memory does not grow
 * with them.
 */
final class Answers {
  private static final int LARGEST_CHUNK = 100;

  /** Answers that are held at a time, about: 4 MiB for each form. */
  private static final long HELD_VALUES = 1 << 20;

  private final PassGraph pass;
  private final Examples examples;
  private final List<Form> forms;

  /**
   * Of a model.
   *
   * @param pass one of the model's, for names and shapes
   * @param examples that fit
   * @param forms of the model
   */
  Answers(PassGraph pass, Examples examples, List<Form> forms) {
    this.pass = pass;
    this.examples = examples;
    this.forms = forms;
  }

  /** Takes what was answered to an example. */
  interface Taker {
    /**
     * Takes.
     *
     * @param example its number
     * @param batch that it is in
     * @param position its place there
     * @param answers of each form, for each output; sequences of labels are decoded
     */
    void take(int example, Batch batch, int position, List<float[][]> answers);
  }

  /** Runs all forms on some examples, a chunk at a time. */
  void run(int[] wanted, Taker taker) {
    long perExample = pass.outputs().values().stream().mapToLong(output -> elements(output)).sum();
    int chunk = (int) Math.max(1, Math.min(LARGEST_CHUNK, HELD_VALUES / Math.max(1, perExample)));
    for (int from = 0; from < wanted.length; from += chunk) {
      int[] indices = Arrays.copyOfRange(wanted, from, Math.min(wanted.length, from + chunk));
      Examples some =
          new SomeExamples(
              indices.length,
              examples.inputs().stream().map(features -> features.subset(indices)).toList(),
              examples.targets().stream().map(targets -> targets.subset(indices)).toList());
      try (BatchIterator iterator = Batches.of(some, indices.length).prefetched(0).epoch(0)) {
        Batch batch = iterator.next();
        List<float[][][]> ofForms =
            forms.stream().map(form -> form.answering().to(some, batch)).toList();
        for (int i = 0; i < indices.length; i++) {
          int position = i;
          List<float[][]> answers =
              ofForms.stream()
                  .map(
                      form ->
                          IntStream.range(0, form.length)
                              .mapToObj(
                                  output ->
                                      LabelSequences.comparable(
                                          examples.targets().get(output), form[output][position]))
                              .toArray(float[][]::new))
                  .toList();
          taker.take(indices[i], batch, i, answers);
        }
      }
    }
  }

  private static long elements(LayerTensor output) {
    return Arrays.stream(output.shape()).asLongStream().reduce(1, (a, b) -> a * b);
  }
}
