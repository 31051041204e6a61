package dev.detent.examples.cifar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.verify.TfliteFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MobileNetV1Test {
  @TempDir private Path folder;

  @Test
  void isVisualWakeWords() {
    try (MobileNetV1Model model = MobileNetV1Model.create(1)) {
      // As MLPerf Tiny publishes it.
      assertThat(model.spec().parameters()).isEqualTo(221_794);

      model.quantize(ResNet8Test.noise(4, 96, 2));
      TfliteModelInfo int8 = TfliteFile.info(model.exportInt8(folder.resolve("int8.tflite")));

      assertThat(int8.histogram())
          .isEqualTo(
              Map.of(
                  "CONV_2D", 14,
                  "DEPTHWISE_CONV_2D", 13,
                  "AVERAGE_POOL_2D", 1,
                  "RESHAPE", 1,
                  "FULLY_CONNECTED", 1,
                  "SOFTMAX", 1));
    }
  }
}
