package dev.detent.runtime.internal.report;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.train.Inference;
import dev.detent.runtime.verify.FileAnswers;
import java.util.List;

/**
 * A model in one of its forms, which answers examples.
 *
 * @param name for people
 * @param brief its name where there is little room
 * @param answering what computes the answers
 */
public record Form(String name, String brief, Answering answering) {

  /** Computes answers. */
  @FunctionalInterface
  interface Answering {
    /**
     * The answers to a few examples.
     *
     * @param batch all of the examples
     * @return for each output one array for each example
     */
    float[][][] to(Examples examples, Batch batch);
  }

  /** A pass of a graph. */
  public static Form ofGraph(String name, String brief, ModelGraph graph, Pass pass) {
    List<LayerTensor> outputs = List.copyOf(graph.pass(pass).outputs().values());
    List<String> names = outputs.stream().map(LayerTensor::name).toList();
    return new Form(
        name,
        brief,
        (examples, batch) -> {
          float[][][] answers = new float[outputs.size()][examples.size()][];
          int[] done = {0};
          Inference.run(
              graph,
              examples,
              List.of(new Inference.Query(pass, names)),
              (some, values) -> {
                for (int output = 0; output < answers.length; output++) {
                  float[] all = values.get(0).get(output);
                  int elements = all.length / some.count();
                  for (int i = 0; i < some.count(); i++) {
                    float[] one = new float[elements];
                    System.arraycopy(all, i * elements, one, 0, elements);
                    answers[output][done[0] + i] = outputs.get(output).answers(one);
                  }
                }
                done[0] += some.count();
              });
          return answers;
        });
  }

  /** A deployed file. */
  public static Form ofFile(String name, String brief, FileAnswers file) {
    return new Form(name, brief, (examples, batch) -> file.of(batch));
  }
}
