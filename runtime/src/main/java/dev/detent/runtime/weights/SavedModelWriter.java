package dev.detent.runtime.weights;

import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.io.AtomicFolders;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * Writes one inference pass of a model as a SavedModel: the graph, with fake quantization where the
 * pass has it, its variables, and a signature with the inputs and outputs by name. It loads in
 * TensorFlow Serving, in Python ({@code tf.saved_model.load}) and in Java ({@code
 * SavedModelBundle}).
 */
public final class SavedModelWriter {
  /** The signature that a loader takes unless it is told another. */
  public static final String SIGNATURE = "serving_default";

  private static final String TAG = "serve";
  private static final String FILE = "saved_model.pb";
  private static final String VARIABLES = "variables";
  private static final int SCHEMA = 1;

  private SavedModelWriter() {}

  /**
   * Writes the folder, whole or not at all; an earlier SavedModel there is replaced.
   *
   * @return {@code folder}
   * @throws WeightException if it cannot be written, or other files are in its place
   */
  public static Path write(Path folder, ModelGraph model, Pass pass) {
    ServingGraph serving = ServingGraph.of(model, model.pass(pass));
    try (SavedGraph graph = new SavedGraph(serving.definition(), model.variables())) {
      return AtomicFolders.write(
          folder,
          FILE,
          made -> {
            Path variables = Files.createDirectory(made.resolve(VARIABLES));
            graph.saveVariables(variables.resolve(VARIABLES), model.variables());
            MetaGraphDef meta =
                MetaGraphDef.newBuilder()
                    .setMetaInfoDef(
                        MetaGraphDef.MetaInfoDef.newBuilder()
                            .addTags(TAG)
                            .setTensorflowVersion(TensorFlow.version()))
                    .setGraphDef(graph.definition())
                    .setSaverDef(graph.saver())
                    .putCollectionDef(VARIABLES, graph.variableList())
                    .putSignatureDef(SIGNATURE, serving.signature())
                    .build();
            try (OutputStream out = new FileOutputStream(made.resolve(FILE).toFile())) {
              SavedModel.newBuilder()
                  .setSavedModelSchemaVersion(SCHEMA)
                  .addMetaGraphs(meta)
                  .build()
                  .writeTo(out);
            }
          });
    } catch (IOException e) {
      throw new WeightException(String.valueOf(e.getMessage()), e);
    } catch (TensorFlowException e) {
      throw CheckpointWriter.unwritable(folder, e);
    }
  }
}
