package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Reads real data where it is there; see {@code detent.shared} in the build. */
class RealDataTest {
  private static final Path DATA =
      Path.of(System.getProperty("detent.shared", "../../shared")).resolve("data");

  private static Path data(String name) {
    Path folder = DATA.resolve(name);
    String skipped = "SKIPPED: there is no real data at " + folder + " (-Ddetent.shared=DIR)";
    if (!Files.isDirectory(folder)) {
      System.out.println(skipped);
    }
    assumeTrue(Files.isDirectory(folder), skipped);
    return folder;
  }

  @Test
  void mnist() {
    TrainTest mnist = Idx.read(data("mnist-10k"));
    assertThat(mnist.train().features()).hasToString("8000 x [28, 28, 1] uint8");
    assertThat(mnist.test().size()).isEqualTo(1000);
    assertThat(mnist.train().labels().classCount()).isEqualTo(10);
    double sum = 0;
    float[] image = new float[784];
    for (int i = 0; i < 1000; i++) {
      mnist.test().scaled(1f / 255).features().read(i, image, 0);
      for (float value : image) {
        sum += value;
      }
    }
    // MNIST's published mean is 0.1307; 1,000 of its images are within 0.01 of it.
    assertThat(sum / 784_000).isBetween(0.12, 0.14);
  }

  @Test
  void cifar10() {
    TrainTest cifar = ImageFolder.loadTrainTest(data("cifar10"));
    assertThat(cifar.train().features()).hasToString("50000 x [32, 32, 3] uint8");
    assertThat(cifar.test().size()).isEqualTo(5000);
    assertThat(cifar.test().labels().classNames())
        .containsExactly(
            "airplane",
            "automobile",
            "bird",
            "cat",
            "deer",
            "dog",
            "frog",
            "horse",
            "ship",
            "truck");
    int[] classes = new int[10];
    long[] sums = new long[3];
    try (BatchIterator iterator = Batches.of(cifar.test(), 500).epoch(0)) {
      while (iterator.hasNext()) {
        Batch batch = iterator.next();
        for (int i = 0; i < batch.count(); i++) {
          classes[batch.classes(0)[i]]++;
        }
        for (int i = 0; i < batch.count() * 3072; i++) {
          sums[i % 3] += batch.bytes(0)[i] & 0xff;
        }
      }
    }
    assertThat(classes).containsOnly(500);
    // CIFAR-10's means are 125.3, 123.0 and 113.9 for red, green and blue.
    assertThat(sums[0] / 5_120_000.0).isBetween(122.0, 129.0);
    assertThat(sums[1] / 5_120_000.0).isBetween(120.0, 127.0);
    assertThat(sums[2] / 5_120_000.0).isBetween(110.0, 118.0);
  }
}
