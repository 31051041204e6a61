package dev.detent.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.internal.graph.Variables.Role;
import dev.detent.runtime.internal.graph.Variables.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What TensorFlow reads of a model that was written for it. */
class SavedModelTest {
  @TempDir private Path folder;

  private static List<String> operations(SavedModelBundle bundle) {
    List<String> types = new ArrayList<>();
    bundle.graph().operations().forEachRemaining(operation -> types.add(operation.type()));
    return types;
  }

  private static float[] call(SavedModelBundle bundle, float[] image) {
    try (TFloat32 input =
            TFloat32.tensorOf(Shape.of(1, 6, 6, 3), DataBuffers.of(image, true, false));
        var result = bundle.function(SavedModelWriter.SIGNATURE).call(Map.of("image", input))) {
      return Tensors.toArray((TFloat32) result.get("logits").orElseThrow());
    }
  }

  private static void assertSameOutputs(Path saved, TinyModel model) {
    try (SavedModelBundle bundle = SavedModelBundle.load(saved.toString(), "serve")) {
      for (int i = 0; i < 20; i++) {
        float[] image = ImportedModel.image(i);
        assertThat(call(bundle, image)).isEqualTo(model.predict(image)[0]);
      }
    }
  }

  @Test
  void floatModelGivesTheSameBits() {
    try (TinyModel model = ImportedModel.trained(1)) {
      Path saved = model.exportSavedModel(folder.resolve("float"));
      assertThat(saved.resolve("variables/variables.index")).isRegularFile();
      assertSameOutputs(saved, model);
      try (SavedModelBundle bundle = SavedModelBundle.load(saved.toString(), "serve")) {
        assertThat(operations(bundle))
            .contains("VarHandleOp", "RestoreV2", "SaveV2")
            .doesNotContain("FakeQuantWithMinMaxVars", "DecodeJpeg", "ResourceApplyAdam");
        var signature = bundle.metaGraphDef().getSignatureDefOrThrow("serving_default");
        assertThat(signature.getInputsMap()).containsOnlyKeys("image");
        assertThat(signature.getOutputsMap()).containsOnlyKeys("logits");
        assertThat(
                bundle
                    .metaGraphDef()
                    .getCollectionDefOrThrow("variables")
                    .getBytesList()
                    .getValueCount())
            .isEqualTo(21);
      }
    }
  }

  @Test
  void quantizedModelGivesTheSameBits() {
    try (TinyModel model = ImportedModel.trained(1)) {
      model.quantize(ImportedModel.images(20));
      Path saved = model.exportSavedModel(folder.resolve("quantized"));
      assertSameOutputs(saved, model);
      try (SavedModelBundle bundle = SavedModelBundle.load(saved.toString(), "serve")) {
        // Image, shortcut, two convolutions, wide, sum, logits.
        assertThat(operations(bundle).stream().filter("FakeQuantWithMinMaxVars"::equals))
            .hasSize(7);
      }
    }
  }

  @Test
  void savedModelAndCheckpointComeBack() {
    try (TinyModel model = ImportedModel.trained(1)) {
      Path saved = model.exportSavedModel(folder.resolve("saved"));
      Path checkpoint = model.exportCheckpoint(folder.resolve("deep/checkpoint"));
      for (Path path : List.of(saved, checkpoint)) {
        try (TinyModel other = ImportedModel.create(2)) {
          assertThat(other.importWeights(path).isComplete()).isTrue();
          assertThat(ImportedModel.weights(other)).isEqualTo(ImportedModel.weights(model));
        }
      }
    }
  }

  @Test
  void tensorFlowRestoresTheCheckpoint() {
    try (TinyModel model = ImportedModel.trained(1);
        Graph graph = new Graph();
        Session session = new Session(graph)) {
      model.quantize(ImportedModel.images(20));
      Path prefix = model.exportCheckpoint(folder.resolve("ckpt"));
      Ops tf = Ops.create(graph);
      for (Variable variable : model.variables().all()) {
        if (variable.role() == Role.SLOT) {
          continue;
        }
        var restored =
            tf.train.restore(
                tf.constant(prefix.toString()),
                tf.array(variable.name()),
                tf.array(""),
                List.of(TFloat32.class));
        try (var result = session.runner().fetch(restored.tensors().get(0)).run()) {
          TFloat32 tensor = (TFloat32) result.get(0);
          assertThat(tensor.shape().asArray()).isEqualTo(CheckpointWriter.longs(variable.shape()));
          assertThat(Tensors.toArray(tensor)).isEqualTo(model.get(variable.name()));
        }
      }
    }
  }

  @Test
  void earlierOnesAreReplacedAndOtherFoldersAreNot() throws IOException {
    Path saved = folder.resolve("saved");
    try (TinyModel first = ImportedModel.trained(1);
        TinyModel second = ImportedModel.trained(2)) {
      first.exportSavedModel(saved);
      second.exportSavedModel(saved);
      assertSameOutputs(saved, second);
      first.exportCheckpoint(folder.resolve("ckpt"));
      second.exportCheckpoint(folder.resolve("ckpt"));
      try (TinyModel read = ImportedModel.create(3)) {
        read.importWeights(folder.resolve("ckpt"));
        assertThat(ImportedModel.weights(read)).isEqualTo(ImportedModel.weights(second));
      }

      Path home = Files.createDirectory(folder.resolve("home"));
      Files.writeString(home.resolve("letter.txt"), "dear");
      assertThatThrownBy(() -> second.exportSavedModel(home))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("a folder with other files");
      Path file = Files.writeString(folder.resolve("file"), "dear");
      assertThatThrownBy(() -> second.exportSavedModel(file))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("a file is in its place");
      assertThatThrownBy(() -> second.exportCheckpoint(file.resolve("ckpt")))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("is not a folder");
      assertThat(home.resolve("letter.txt")).hasContent("dear");
    }
    try (Stream<Path> content = Files.list(folder)) {
      assertThat(content.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "saved", "ckpt.index", "ckpt.data-00000-of-00001", "home", "file");
    }
  }
}
