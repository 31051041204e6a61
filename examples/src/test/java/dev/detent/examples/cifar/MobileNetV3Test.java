package dev.detent.examples.cifar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.verify.TfliteFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MobileNetV3Test {
  private static final String LAYERS =
      """
      Conv2D + BatchNorm + HardSwish, [32, 32, 16], 496 parameters, 442,368 MACs
      DepthwiseConv2D + BatchNorm + Relu, [16, 16, 16], 208 parameters, 36,864 MACs
      GlobalAveragePool2D, [1, 1, 16], 0 parameters, 0 MACs
      Conv2D + Relu, [1, 1, 8], 136 parameters, 128 MACs
      Conv2D + HardSigmoid, [1, 1, 16], 144 parameters, 128 MACs
      Multiply, [16, 16, 16], 0 parameters, 0 MACs
      Conv2D + BatchNorm, [16, 16, 16], 320 parameters, 65,536 MACs
      Conv2D + BatchNorm + Relu, [16, 16, 72], 1,440 parameters, 294,912 MACs
      DepthwiseConv2D + BatchNorm + Relu, [8, 8, 72], 936 parameters, 41,472 MACs
      Conv2D + BatchNorm, [8, 8, 24], 1,824 parameters, 110,592 MACs
      Conv2D + BatchNorm + Relu, [8, 8, 88], 2,464 parameters, 135,168 MACs
      DepthwiseConv2D + BatchNorm + Relu, [8, 8, 88], 1,144 parameters, 50,688 MACs
      Conv2D + BatchNorm, [8, 8, 24], 2,208 parameters, 135,168 MACs
      Add, [8, 8, 24], 0 parameters, 0 MACs
      Conv2D + BatchNorm + HardSwish, [8, 8, 96], 2,688 parameters, 147,456 MACs
      DepthwiseConv2D + BatchNorm + HardSwish, [8, 8, 96], 2,784 parameters, 153,600 MACs
      GlobalAveragePool2D, [1, 1, 96], 0 parameters, 0 MACs
      Conv2D + Relu, [1, 1, 24], 2,328 parameters, 2,304 MACs
      Conv2D + HardSigmoid, [1, 1, 96], 2,400 parameters, 2,304 MACs
      Multiply, [8, 8, 96], 0 parameters, 0 MACs
      Conv2D + BatchNorm, [8, 8, 40], 4,000 parameters, 245,760 MACs
      Conv2D + BatchNorm + HardSwish, [8, 8, 120], 5,280 parameters, 307,200 MACs
      DepthwiseConv2D + BatchNorm + HardSwish, [8, 8, 120], 3,480 parameters, 192,000 MACs
      GlobalAveragePool2D, [1, 1, 120], 0 parameters, 0 MACs
      Conv2D + Relu, [1, 1, 30], 3,630 parameters, 3,600 MACs
      Conv2D + HardSigmoid, [1, 1, 120], 3,720 parameters, 3,600 MACs
      Multiply, [8, 8, 120], 0 parameters, 0 MACs
      Conv2D + BatchNorm, [8, 8, 40], 4,960 parameters, 307,200 MACs
      Add, [8, 8, 40], 0 parameters, 0 MACs
      Conv2D + BatchNorm + HardSwish, [8, 8, 144], 6,336 parameters, 368,640 MACs
      DepthwiseConv2D + BatchNorm + HardSwish, [4, 4, 144], 4,176 parameters, 57,600 MACs
      GlobalAveragePool2D, [1, 1, 144], 0 parameters, 0 MACs
      Conv2D + Relu, [1, 1, 36], 5,220 parameters, 5,184 MACs
      Conv2D + HardSigmoid, [1, 1, 144], 5,328 parameters, 5,184 MACs
      Multiply, [4, 4, 144], 0 parameters, 0 MACs
      Conv2D + BatchNorm, [4, 4, 48], 7,104 parameters, 110,592 MACs
      Conv2D + BatchNorm + HardSwish, [4, 4, 192], 9,984 parameters, 147,456 MACs
      DepthwiseConv2D + BatchNorm + HardSwish, [4, 4, 192], 5,568 parameters, 76,800 MACs
      GlobalAveragePool2D, [1, 1, 192], 0 parameters, 0 MACs
      Conv2D + Relu, [1, 1, 48], 9,264 parameters, 9,216 MACs
      Conv2D + HardSigmoid, [1, 1, 192], 9,408 parameters, 9,216 MACs
      Multiply, [4, 4, 192], 0 parameters, 0 MACs
      Conv2D + BatchNorm, [4, 4, 48], 9,408 parameters, 147,456 MACs
      Add, [4, 4, 48], 0 parameters, 0 MACs
      Conv2D + BatchNorm + HardSwish, [4, 4, 288], 14,976 parameters, 221,184 MACs
      GlobalAveragePool2D, [288], 0 parameters, 0 MACs
      Dense + HardSwish, [128], 36,992 parameters, 36,864 MACs
      Dense, [10], 1,290 parameters, 1,280 MACs
      """;

  @TempDir private Path folder;

  @Test
  void blocksStandForTheLayersWrittenOut() {
    try (MobileNetV3Model model = MobileNetV3Model.create(1)) {
      assertThat(model.spec().layers())
          .extracting(layer -> layer.toString().replaceFirst(layer.name() + ": ", ""))
          .isEqualTo(LAYERS.lines().toList());
    }
  }

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
