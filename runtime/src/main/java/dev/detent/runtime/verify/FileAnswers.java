package dev.detent.runtime.verify;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.Kernels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a deployed file answers to the examples of a batch, in the real TensorFlow Lite. */
public final class FileAnswers implements AutoCloseable {
  private final DeployedFile file;
  private final TfliteInterpreter interpreter;

  /**
   * Opens a file.
   *
   * @param path of a file that a model has exported, quantized
   * @param model its name
   * @param graph of that model
   * @param grids the scale and zero point of each layer that is quantized, by the layer's name
   * @param kernels which run it
   * @throws dev.detent.runtime.tflite.TfliteException if the file is missing, damaged, a float
   *     model or of another model
   */
  public FileAnswers(
      Path path, String model, ModelGraph graph, Map<String, Encoding> grids, Kernels kernels) {
    interpreter = TfliteInterpreter.open(path, kernels);
    try {
      file =
          new DeployedFile(
              path.toString(), interpreter.info(), model, graph.pass(Pass.QUANTIZED), grids);
    } catch (RuntimeException e) {
      interpreter.close();
      throw e;
    }
  }

  /**
   * The answers to all examples of a batch.
   *
   * @return for each output one array for each example, in real numbers; an index is a 1 at its
   *     place among zeros
   */
  public float[][][] of(Batch batch) {
    List<DeployedFile.Output> outputs = file.outputs();
    float[][][] answers = new float[outputs.size()][batch.count()][];
    for (int example = 0; example < batch.count(); example++) {
      int place = file.runIfFirst(batch, example, interpreter);
      for (int i = 0; i < answers.length; i++) {
        DeployedTensor tensor = outputs.get(i).tensor();
        tensor.read(interpreter, outputs.get(i).position(), place);
        answers[i][example] = outputs.get(i).layer().answers(tensor.reals.clone());
      }
    }
    return answers;
  }

  @Override
  public void close() {
    interpreter.close();
  }
}
