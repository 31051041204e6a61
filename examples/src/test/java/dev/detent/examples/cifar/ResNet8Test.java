package dev.detent.examples.cifar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import dev.detent.runtime.verify.TfliteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network against what MLPerf Tiny publishes; weights make no difference to any of this. */
class ResNet8Test {
  /** The published int8 file's size. */
  private static final int REFERENCE_BYTES = 98_496;

  /** The published int8 file's operations. */
  private static final List<String> REFERENCE_OPERATIONS =
      List.of(
          "CONV_2D",
          "CONV_2D",
          "CONV_2D",
          "ADD",
          "CONV_2D",
          "CONV_2D",
          "CONV_2D",
          "ADD",
          "CONV_2D",
          "CONV_2D",
          "CONV_2D",
          "ADD",
          "AVERAGE_POOL_2D",
          "RESHAPE",
          "FULLY_CONNECTED",
          "SOFTMAX");

  @TempDir private static Path folder;
  private static TfliteModelInfo int8;
  private static TfliteModelInfo floating;

  @BeforeAll
  static void export() {
    try (ResNet8Model model = ResNet8Model.create(1)) {
      model.quantize(noise(8, 32, 10));
      int8 = TfliteFile.info(model.exportInt8(folder.resolve("int8.tflite")));
      floating = TfliteFile.info(model.exportFloat(folder.resolve("float.tflite")));
    }
  }

  static Dataset noise(int count, int size, int classes) {
    byte[] pixels = new byte[count * size * size * 3];
    new Random(1).nextBytes(pixels);
    return new Dataset(
        Features.bytes(pixels, size, size, 3), Targets.classes(new int[count], classes));
  }

  @Test
  void hasThePublishedParametersAndShapes() {
    try (ResNet8Model model = ResNet8Model.create(1)) {
      assertThat(model.spec().parameters()).isEqualTo(78_666);
      assertThat(model.spec().inputs().get(0).shape()).containsExactly(32, 32, 3);
      assertThat(model.spec().outputs().get(0).shape()).containsExactly(10);
    }
  }

  @Test
  void hasThePublishedOperationsInInt8() {
    assertThat(names(int8)).isEqualTo(REFERENCE_OPERATIONS);
    assertThat(int8.bytes()).isLessThanOrEqualTo(REFERENCE_BYTES);
  }

  @Test
  void hasThePublishedOperationsInFloat() {
    assertThat(names(floating)).isEqualTo(REFERENCE_OPERATIONS);
    // Published: 318,144 bytes.
    assertThat(floating.bytes()).isLessThanOrEqualTo(318_144);
  }

  @Test
  void hasThePublishedFilesShapesAndTypes() {
    Path file =
        Path.of(System.getProperty("detent.shared", "none"))
            .resolve("reference/mlperf-tiny/pretrainedResnet_quant.tflite");
    boolean present = Files.isRegularFile(file);
    if (!present) {
      System.out.println("SKIPPED: there is no " + file + " (-Ddetent.shared=DIR)");
    }
    Assumptions.assumeTrue(present, () -> "there is no " + file);
    TfliteModelInfo reference = TfliteFile.info(file);

    assertThat(reference.bytes()).isEqualTo(REFERENCE_BYTES);
    assertThat(names(reference)).isEqualTo(REFERENCE_OPERATIONS);
    for (int i = 0; i < REFERENCE_OPERATIONS.size(); i++) {
      TensorInfo theirs = output(reference, i);
      TensorInfo ours = output(int8, i);
      assertThat(ours.shape()).as(theirs.name()).isEqualTo(theirs.shape());
      assertThat(ours.type()).as(theirs.name()).isEqualTo(theirs.type());
    }
    TensorInfo probabilities = output(int8, 15);
    assertThat(probabilities.scale()).isEqualTo(output(reference, 15).scale());
    assertThat(probabilities.zeroPoint()).isEqualTo(output(reference, 15).zeroPoint());
  }

  @Test
  void takesAndGivesInt8() {
    assertThat(int8.tensors().get(int8.inputs().get(0)).type()).isEqualTo(ValueType.INT8);
    assertThat(int8.tensors().get(int8.outputs().get(0)).type()).isEqualTo(ValueType.INT8);
  }

  private static TensorInfo output(TfliteModelInfo info, int operation) {
    return info.tensors().get(info.operations().get(operation).outputs().get(0));
  }

  private static List<String> names(TfliteModelInfo info) {
    return info.operations().stream().map(OperationInfo::name).toList();
  }
}
