package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * TensorFlow turns oneDNN on where the processor has AVX-512 and similar, and has other kernels
 * without it: what trains on one machine must train on the other.
 */
class OneDnnTest {

  @Test
  void trainsWithAndWithoutOneDnn() throws Exception {
    double with = loss("1");
    double without = loss("0");
    // Sums of at most 36 products in another order, in 16 steps: 1e-5 was seen.
    assertThat(without).isCloseTo(with, within(1e-4 * with));
  }

  private static double loss(String oneDnn) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-cp",
            System.getProperty("java.class.path"),
            OneDnn.class.getName());
    java.environment().put("TF_ENABLE_ONEDNN_OPTS", oneDnn);
    Process process = java.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return Double.parseDouble(said.strip());
  }
}
