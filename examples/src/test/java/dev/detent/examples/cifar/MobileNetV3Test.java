package dev.detent.examples.cifar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.verify.TfliteFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MobileNetV3Test {
  @TempDir private Path folder;

  @Test
  void needsNothingButWhatItsLayersSay() {
    try (MobileNetV3Model model = MobileNetV3Model.create(1)) {
      model.quantize(ResNet8Test.noise(4, 32, 10));
      TfliteModelInfo int8 = TfliteFile.info(model.exportInt8(folder.resolve("int8.tflite")));

      assertThat(int8.histogram())
          .isEqualTo(
              Map.of(
                  // the first, 6 that widen, 7 that narrow, 2 in each of 5 gates, the last
                  "CONV_2D", 25,
                  "DEPTHWISE_CONV_2D", 7,
                  "MEAN", 6,
                  // 5 gates, and a hard-sigmoid in each; 11 of hard-swish, which has one too
                  "MUL", 10 + 2 * 11,
                  // 3 shortcuts, and a hard-sigmoid in each gate and each hard-swish
                  "ADD", 8 + 11,
                  "FULLY_CONNECTED", 2));
    }
  }
}
