package dev.detent.examples.zoo;

import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A model of the zoo with one input and one output.
 *
 * @param name of the architecture
 * @param create makes it from a seed; the caller closes it
 */
public record Zoo(String name, LongFunction<DetentModel<Dataset>> create) {
  /** All of them, from small to large. */
  public static final List<Zoo> ALL =
      List.of(
          new Zoo("Autoencoder", AutoencoderModel::create),
          new Zoo("DS-CNN", DsCnnModel::create),
          new Zoo("MobileNet-0.25-32", MobileNetQuarterModel::create),
          new Zoo("MobileNetV2-0.35-32", MobileNetV2SmallModel::create),
          new Zoo("SqueezeNet", SqueezeNetModel::create),
          new Zoo("MobileNet", MobileNetModel::create),
          new Zoo("MobileNetV2", MobileNetV2Model::create),
          new Zoo("MobileNetV3-Small", MobileNetV3SmallModel::create),
          new Zoo("MobileNetV3-Small-split", MobileNetV3SmallSplitModel::create),
          new Zoo("EfficientNet-Lite0", EfficientNetLite0Model::create),
          new Zoo("U-Net", UNetModel::create),
          new Zoo("ResNet-18", ResNet18Model::create),
          new Zoo("ResNet-50", ResNet50Model::create));

  @Override
  public String toString() {
    return name;
  }
}
