package dev.detent.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.detent.examples.cifar.ResNet8Model;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.ImageFolder;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.TfliteInterpreter;
import dev.detent.runtime.weights.ImportOptions;
import dev.detent.runtime.weights.ImportReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * MLPerf Tiny's published Keras weights in the zoo's models, against the {@code .tflite} files that
 * TensorFlow's own converter made of the same weights.
 */
class PretrainedWeightsTest {
  /**
   * The largest difference, as a share of the output's range: two float implementations differ by
   * the order of their sums, some 1e-7 of a sum for each of ten layers; a wrong weight by percents.
   */
  private static final double TOLERANCE = 1e-4;

  private static final Path SHARED = Path.of(System.getProperty("detent.shared", "../../shared"));

  @TempDir private static Path folder;

  private static Path shared(String name) {
    Path path = SHARED.resolve(name);
    String skipped = "SKIPPED: there is no " + path + " (-Ddetent.shared=DIR)";
    if (!Files.exists(path)) {
      System.out.println(skipped);
    }
    assumeTrue(Files.exists(path), skipped);
    return path;
  }

  private static Path reference(String name) {
    return shared("reference/mlperf-tiny").resolve(name);
  }

  @Test
  void resNet8GivesTheOutputsOfThePublishedFile() {
    List<float[]> images = photographs(100);
    try (ResNet8Model model = ResNet8Model.create(1)) {
      ImportReport report = model.importWeights(reference("pretrainedResnet.h5"));
      assertThat(report.isComplete()).isTrue();
      assertThat(report.kind()).isEqualTo("Keras HDF5");
      assertThat(report.way()).isEqualTo("by the layers' order");
      // 10 kernels and biases, 7 batch norms of four.
      assertThat(report.matched()).hasSize(2 * 10 + 4 * 7);
      assertSameOutputs(model::predict, reference("pretrainedResnet.tflite"), images);
    }
  }

  @Test
  void autoencoderGivesTheOutputsOfThePublishedFile() throws IOException {
    List<float[]> energies = energies(100);
    try (AutoencoderModel model = AutoencoderModel.create(1)) {
      ImportReport report = model.importWeights(reference("ad01.h5"));
      assertThat(report.isComplete()).isTrue();
      // 10 kernels and biases, 9 batch norms of four.
      assertThat(report.matched()).hasSize(2 * 10 + 4 * 9);
      // The published file was written by a converter that lost the bias of a dense layer in front
      // of a batch norm: its biases are beta - factor * mean where the weights make
      // them beta + factor * (bias - mean). Without these nine biases the two have to agree.
      Path zeros = folder.resolve("no_bias_before_batch_norm.npz");
      model.importWeights(zeroBiases(zeros), ImportOptions.byName().partial());
      assertSameOutputs(model::predict, reference("ad01_fp32.tflite"), energies);
    }
  }

  /** Zeros for the bias of every dense layer that has a batch norm behind it. */
  private static Path zeroBiases(Path file) throws IOException {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (String coder : List.of("encoder", "decoder")) {
      for (String layer : List.of("/1", "/2", "/3", "")) {
        sizes.put(coder + layer, 128);
      }
    }
    sizes.put("code", 8);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, Integer> layer : sizes.entrySet()) {
        String header =
            "{'descr': '<f4', 'fortran_order': False, 'shape': (" + layer.getValue() + ",), }\n";
        zip.putNextEntry(new ZipEntry(layer.getKey() + "/bias.npy"));
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        zip.write(new byte[] {(byte) header.length(), 0});
        zip.write(header.getBytes(StandardCharsets.US_ASCII));
        zip.write(new byte[Float.BYTES * layer.getValue()]);
        zip.closeEntry();
      }
    }
    return file;
  }

  private static void assertSameOutputs(
      UnaryOperator<float[]> model, Path file, List<float[]> inputs) {
    double difference = 0;
    float lowest = Float.POSITIVE_INFINITY;
    float highest = Float.NEGATIVE_INFINITY;
    try (TfliteInterpreter reference = TfliteInterpreter.open(file, Kernels.BUILT_IN)) {
      for (float[] input : inputs) {
        float[] theirs = reference.run(new float[][] {input});
        float[] ours = model.apply(input);
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.length; i++) {
          difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
          lowest = Math.min(lowest, theirs[i]);
          highest = Math.max(highest, theirs[i]);
        }
      }
    }
    System.out.printf(
        "%s: largest difference %.3g of the range %g%n",
        file.getFileName(), difference / (highest - lowest), highest - lowest);
    assertThat(difference).isLessThan(TOLERANCE * (highest - lowest));
  }

  /** Some photographs of every class. */
  private static List<float[]> photographs(int count) {
    Dataset test = ImageFolder.loadTrainTest(shared("data/cifar10")).test();
    List<float[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] image = new float[32 * 32 * 3];
      test.features().read(i * (test.size() / count), image, 0);
      images.add(image);
    }
    return images;
  }

  /**
   * Five frames of 128 log energies, as the network takes them, of real speech: bands as wide as
   * each other where the published front end has mel bands.
   */
  private static List<float[]> energies(int count) throws IOException {
    List<float[]> examples = new ArrayList<>();
    try (ZipFile zip = new ZipFile(shared("data/spoken-digits/recordings.zip").toFile())) {
      var files =
          zip.stream().filter(entry -> entry.getName().endsWith(".wav")).limit(count).toList();
      for (var entry : files) {
        try (InputStream in = zip.getInputStream(entry)) {
          examples.add(energies(in.readAllBytes()));
        }
      }
    }
    return examples;
  }

  private static float[] energies(byte[] wav) {
    int header = 44;
    var samples = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).position(header).slice();
    samples.order(ByteOrder.LITTLE_ENDIAN);
    float[] energies = new float[5 * 128];
    for (int frame = 0; frame < 5; frame++) {
      for (int band = 0; band < 128; band++) {
        double real = 0;
        double imaginary = 0;
        for (int t = 0; t < 256; t++) {
          double sample = samples.getShort(2 * (128 * frame + t)) / 32768.0;
          double phase = 2 * Math.PI * (band + 0.5) * t / 256;
          real += sample * Math.cos(phase);
          imaginary += sample * Math.sin(phase);
        }
        energies[128 * frame + band] =
            (float) (10 * Math.log10(real * real + imaginary * imaginary + 1e-10));
      }
    }
    return energies;
  }
}
