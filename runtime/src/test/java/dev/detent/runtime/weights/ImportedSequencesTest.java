package dev.detent.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers over sequences, which Keras keeps in other shapes than the images that they become. */
class ImportedSequencesTest {
  private static final List<String> PARTS = List.of("kernel", "recurrent_kernel", "bias");

  @TempDir private Path folder;

  /** Keras's kernel of a convolution over a sequence is one of a row without its first axis. */
  @Test
  void kernelOverASequence() throws IOException {
    try (TinyModel trained = convolution(1);
        TinyModel model = convolution(2)) {
      trained.shuffled(new Random(3));
      Path file = folder.resolve("net.npz");
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
        WeightFixtures.put(
            zip,
            "conv/kernel.npy",
            WeightFixtures.npy(new int[] {3, 2, 4}, trained.get("conv/kernel")));
        WeightFixtures.put(
            zip, "conv/bias.npy", WeightFixtures.npy(new int[] {4}, trained.get("conv/bias")));
      }
      assertThat(model.importWeights(file).isComplete()).isTrue();
      assertThat(model.get("conv/kernel")).isEqualTo(trained.get("conv/kernel"));
    }
  }

  private static TinyModel convolution(long seed) {
    return new TinyModel(
        n -> {
          Tensor row = n.input("row").output(ActivationRange.learned("row", 8), 1, 9, 2);
          n.output(
              "conv",
              n.conv2d("conv", row)
                  .kernel(1, 3, 2, 4)
                  .bias(Initializer.ZEROS)
                  .output(ActivationRange.learned("conv", 8), 1, 7, 4));
        },
        seed);
  }

  /** Keras 2 names both directions after the layer that they are copies of. */
  @Test
  void bidirectionalOfKeras2() {
    try (TinyModel trained = bothWays(1)) {
      trained.shuffled(new Random(3));
      Path file = folder.resolve("net.h5");
      try (WritableHdfFile hdf5 = HdfFile.write(file)) {
        hdf5.putAttribute("layer_names", new String[] {"both"});
        WritableGroup layer = hdf5.putGroup("both");
        WritableGroup inner = layer.putGroup("both");
        List<String> names = new ArrayList<>();
        for (String direction : List.of("forward", "backward")) {
          WritableGroup cell = inner.putGroup(direction + "_lstm").putGroup("lstm_cell_1");
          for (String part : PARTS) {
            names.add("both/" + direction + "_lstm/lstm_cell_1/" + part + ":0");
            cell.putDataset(part + ":0", array(trained, "both/" + direction + "/" + part));
          }
        }
        layer.putAttribute("weight_names", names.toArray(String[]::new));
      }
      assertBothArrive(file, trained, "by name");
    }
  }

  /** Keras 3 lists the backward layer first, as its name does in the alphabet. */
  @Test
  void bidirectionalOfKeras3() {
    try (TinyModel trained = bothWays(1)) {
      trained.shuffled(new Random(3));
      Path file = folder.resolve("net.weights.h5");
      try (WritableHdfFile hdf5 = HdfFile.write(file)) {
        WritableGroup layer = hdf5.putGroup("layers").putGroup("bidirectional");
        for (String direction : List.of("backward", "forward")) {
          WritableGroup vars =
              layer.putGroup(direction + "_layer").putGroup("cell").putGroup("vars");
          for (int i = 0; i < PARTS.size(); i++) {
            vars.putDataset(
                String.valueOf(i), array(trained, "both/" + direction + "/" + PARTS.get(i)));
          }
        }
      }
      assertBothArrive(file, trained, "by the layers' order");
    }
  }

  private static void assertBothArrive(Path file, TinyModel trained, String way) {
    try (TinyModel model = bothWays(2)) {
      ImportReport report = model.importWeights(file);
      assertThat(report.isComplete()).isTrue();
      assertThat(report.way()).isEqualTo(way);
      for (String direction : List.of("forward", "backward")) {
        for (String part : PARTS) {
          String name = "both/" + direction + "/" + part;
          assertThat(model.get(name)).as(name).isEqualTo(trained.get(name));
        }
      }
    }
  }

  private static Object array(TinyModel model, String variable) {
    return WeightFixtures.nested(model, model.variables().find(variable));
  }

  /** What {@code @Bidirectional @Lstm} becomes. */
  private static TinyModel bothWays(long seed) {
    return new TinyModel(
        n -> {
          Tensor x = n.input("x").output(ActivationRange.learned("x", 8), 4, 3);
          List<Tensor> states = new ArrayList<>();
          for (String direction : List.of("forward", "backward")) {
            String name = "both/" + direction;
            Tensor read =
                direction.equals("forward") ? x : n.reversed(name + "/reversed", x).output(4, 3);
            states.add(
                n.lstm(name, read)
                    .units(2)
                    .bias(Initializer.ZEROS, true)
                    .output(ActivationRange.fixed(name, 8, 1.0 / 128, 0), 4, 2));
          }
          n.output(
              "both",
              n.concatenation("both", 2, states.get(0), states.get(1))
                  .output(ActivationRange.fixed("both", 8, 1.0 / 128, 0), 4, 4));
        },
        seed);
  }
}
