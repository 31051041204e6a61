package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.Pair;
import java.util.List;
import java.util.Optional;

/**
 * A separable convolution is a convolution of each channel without bias and activation, and one of
 * each pixel after it.
 */
final class SeparableConvolutions {
  private static final Pair ONE = new Pair(1, 1);
  private static final String FIRST = "/depthwise";

  private SeparableConvolutions() {}

  /** Of an image. */
  static List<Operation> lower(ShapedLayer layer) {
    Attributes attributes = layer.declaration().attributes();
    Pair window = attributes.get(AttributeKey.KERNEL_SIZE);
    int in = layer.inputs().get(0).channels();
    int multiplier = attributes.get(AttributeKey.DEPTH_MULTIPLIER);
    String owner = attributes.get(AttributeKey.SHARED_WITH);
    Operation depthwise =
        Operation.of(
            OpCode.DEPTHWISE_CONV_2D,
            DerivedLayer.partOf(layer)
                .kind(OperationKind.DEPTHWISE_CONV_2D)
                .name(layer.name() + FIRST)
                .with(AttributeKey.USE_BIAS, false)
                .with(AttributeKey.SHARED_WITH, owner.isEmpty() ? "" : owner + FIRST)
                .kernel(Optional.of(Shape.of(window.height(), window.width(), in, multiplier)))
                .yielding(layer.output().withChannels(in * multiplier)));
    Operation pointwise =
        Operation.of(
            OpCode.CONV_2D,
            DerivedLayer.partOf(layer)
                .kind(OperationKind.CONV_2D)
                .with(AttributeKey.KERNEL_SIZE, ONE)
                .with(AttributeKey.STRIDES, ONE)
                .with(AttributeKey.DILATION_RATE, ONE)
                .with(
                    AttributeKey.KERNEL_INITIALIZER,
                    attributes.get(AttributeKey.POINTWISE_INITIALIZER))
                .with(AttributeKey.KERNEL_L1, attributes.get(AttributeKey.POINTWISE_L1))
                .with(AttributeKey.KERNEL_L2, attributes.get(AttributeKey.POINTWISE_L2))
                .reading(depthwise.name(), depthwise.output())
                .kernel(layer.kernel())
                .withBatchNormAndActivation()
                .yielding(layer.output()));
    return List.of(depthwise, pointwise);
  }
}
